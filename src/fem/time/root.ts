/**
 * The root of f between a and b by the Illinois variant of regula falsi (Dowell & Jarratt, BIT 11 (1971) 168), where
 * f(a) < 0 ≤ f(b). Ends with the smallest x found at which f(x) ≥ 0, within `width` of the root.
 */
export function crossing(
  f: (x: number) => number,
  bracket: { readonly a: number; readonly fa: number; readonly b: number; readonly fb: number },
  width: number,
): number {
  let { a, fa, b, fb } = bracket;
  for (let round = 0; round < 60 && b - a > width; round++) {
    const guess = fb === fa ? (a + b) / 2 : b - (fb * (b - a)) / (fb - fa);
    const margin = Math.min(width / 2, (b - a) / 4);
    const x = Math.min(Math.max(guess, a + margin), b - margin);
    const fx = f(x);
    if (fx >= 0) {
      b = x;
      fb = fx;
      fa /= 2;
    } else {
      a = x;
      fa = fx;
      fb /= 2;
    }
  }
  return b;
}
