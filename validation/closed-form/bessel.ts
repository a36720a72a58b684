/**
 * Bessel functions J0 and J1 of the first kind for x ≥ 0, by Miller's backward recurrence normalised with
 * J0 + 2 Σ J_2k = 1 (Abramowitz & Stegun 9.1.46, 9.12). Absolute error about 1e-15; cost grows with x.
 */

/** [J0(x), J1(x)]. */
export function besselJ01(x: number): readonly [j0: number, j1: number] {
  if (x === 0) return [1, 0];
  const start = 2 * Math.ceil((x + 15 * Math.cbrt(x) + 30) / 2);
  let above = 0;
  let here = 1e-300;
  let sum = 0;
  for (let n = start; n > 0; n--) {
    if (n % 2 === 0) sum += 2 * here;
    const below = ((2 * n) / x) * here - above;
    above = here;
    here = below;
    if (Math.abs(here) > 1e200) {
      here *= 1e-200;
      above *= 1e-200;
      sum *= 1e-200;
    }
  }
  sum += here;
  return [here / sum, above / sum];
}
