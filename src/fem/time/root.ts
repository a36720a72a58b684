/**
 * The root of f between a and b by the Illinois variant of regula falsi (Dowell & Jarratt, BIT 11 (1971) 168), where
 * f(a) < 0 ≤ f(b); three rounds that do not halve the bracket are followed by a bisection.
 * Ends with the smallest x found at which f(x) ≥ 0, within `width` of the root.
 */
export function crossing(
  f: (x: number) => number,
  bracket: { readonly a: number; readonly fa: number; readonly b: number; readonly fb: number },
  width: number,
): number {
  let { a, fa, b, fb } = bracket;
  let kept: "a" | "b" | null = null;
  let [goal, slow] = [(b - a) / 2, 0];
  for (let round = 0; round < 90 && b - a > width; round++) {
    const guess = fb === fa || slow === 3 ? (a + b) / 2 : b - (fb * (b - a)) / (fb - fa);
    const margin = Math.min(width / 2, (b - a) / 4);
    const x = Math.min(Math.max(guess, a + margin), b - margin);
    const fx = f(x);
    if (fx >= 0) {
      b = x;
      fb = fx;
      if (kept === "a") fa /= 2;
      kept = "a";
    } else {
      a = x;
      fa = fx;
      if (kept === "b") fb /= 2;
      kept = "b";
    }
    slow = b - a > goal ? slow + 1 : 0;
    if (slow === 0) goal = (b - a) / 2;
  }
  return b;
}
