/** Where f changes sign: f(a) < 0 ≤ f(b). */
export interface Bracket {
  readonly a: number;
  readonly fa: number;
  readonly b: number;
  readonly fb: number;
}

/**
 * The root of f between a and b, where f(a) < 0 ≤ f(b), by inverse quadratic interpolation through the ends of the bracket
 * and the latest end left behind, or else by the secant of the ends (Brent, Algorithms for Minimization without Derivatives,
 * 1973, chapter 4); three rounds that do not halve the bracket are followed by a bisection.
 * Guesses aim just before the root, and just behind it once that is near. Ends with the smallest x found at which f(x) ≥ 0,
 * within `width` of the root.
 */
export function crossing(f: (x: number) => number, bracket: Bracket, width: number): number {
  let { a, fa, b, fb } = bracket;
  let left: readonly [x: number, fx: number] | null = null;
  let [goal, slow] = [(b - a) / 2, 0];
  for (let round = 0; round < 90 && b - a > width; round++) {
    const guess = slow === 3 ? (a + b) / 2 : interpolated({ a, fa, b, fb }, left);
    const aim = guess - a > 2 * width ? guess - width / 4 : guess + width / 4;
    const margin = Math.min(width / 2, (b - a) / 4);
    const x = Math.min(Math.max(aim, a + margin), b - margin);
    const fx = f(x);
    if (fx >= 0) [left, b, fb] = [[b, fb], x, fx];
    else [left, a, fa] = [[a, fa], x, fx];
    slow = b - a > goal ? slow + 1 : 0;
    if (slow === 0) goal = (b - a) / 2;
  }
  return b;
}

/** Where the inverse of f, as a parabola or a straight line, is at 0; between a and b. */
function interpolated({ a, fa, b, fb }: Bracket, left: readonly [x: number, fx: number] | null): number {
  const secant = fb === fa ? (a + b) / 2 : b - (fb * (b - a)) / (fb - fa);
  if (left === null) return secant;
  const [c, fc] = left;
  const parabola =
    (a * fb * fc) / ((fa - fb) * (fa - fc)) +
    (b * fa * fc) / ((fb - fa) * (fb - fc)) +
    (c * fa * fb) / ((fc - fa) * (fc - fb));
  return parabola > a && parabola < b ? parabola : secant;
}
