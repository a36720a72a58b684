/**
 * Functions of composition that the law is made of, without a constant: shifted Legendre polynomials less their
 * value at 0, so that columns of a fit are far from parallel.
 *
 *   X      –   composition, share of lithium
 *   σ      –   standard deviation of the noise in X
 *   h_j        X, X² − σ², X³ − 3σ²X: their mean over the noise is the power of the true X (Hermite polynomials)
 *   q_k        Σ_j t_kj h_j
 */

export const mostDegree = 3;

/** `[k − 1][j − 1]` t_kj, from the shifted Legendre polynomials of degree 1 to 3. */
export const legendre: readonly (readonly number[])[] = [
  [2, 0, 0],
  [-6, 6, 0],
  [12, -30, 20],
];

/** h_j(X) for j = 1 … 3. */
function cleanPower(j: number, X: number, sigma: number): number {
  if (j === 1) return X;
  if (j === 2) return X * X - sigma * sigma;
  return X * X * X - 3 * sigma * sigma * X;
}

/** q_k at every composition. */
export function basisField(k: number, composition: Float64Array, sigma: number): Float64Array {
  const t = legendre[k - 1];
  return composition.map((X) => t.reduce((sum, weight, j) => sum + weight * cleanPower(j + 1, X, sigma), 0));
}

/**
 * From factors of q_1 … q_degree to factors of X, X², X³. With `sigma` 0 the powers of the true composition; with the
 * noise's, those of the measured one.
 */
export function powersOf(factors: readonly number[], sigma: number): number[] {
  const powers = factors.map((_, j) => factors.reduce((sum, factor, k) => sum + factor * legendre[k][j], 0));
  if (powers.length === 3) powers[0] -= 3 * sigma * sigma * powers[2];
  return powers;
}
