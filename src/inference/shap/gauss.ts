/** Points in (0, 1) and weights summing to 1; exact for polynomials up to degree 2 · count − 1. */
export interface GaussRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss and Legendre's rule on [0, 1]: zeros of the Legendre polynomial by Newton's method, to rounding. */
export function gaussRule(count: number): GaussRule {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let x = -Math.cos((Math.PI * (k + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let round = 0; round < 8; round++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      x -= value / derivative;
    }
    points[k] = (1 + x) / 2;
    weights[k] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

function legendre(degree: number, x: number): { readonly value: number; readonly derivative: number } {
  let [before, value] = [1, x];
  for (let n = 2; n <= degree; n++) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return { value, derivative: (degree * (x * value - before)) / (x * x - 1) };
}
