/** Moduli of an isotropic linear elastic material. */

export interface Isotropic {
  /** Pa, Lamé's first parameter. */
  readonly lambda: number;
  /** Pa, shear modulus. */
  readonly mu: number;
  /** Pa, bulk modulus λ + 2μ/3. */
  readonly bulk: number;
  readonly poissonRatio: number;
}

/** From Young's modulus in Pa and Poisson's ratio. */
export function isotropic(youngModulus: number, poissonRatio: number): Isotropic {
  const mu = youngModulus / (2 * (1 + poissonRatio));
  const lambda = (youngModulus * poissonRatio) / ((1 + poissonRatio) * (1 - 2 * poissonRatio));
  return { lambda, mu, bulk: lambda + (2 * mu) / 3, poissonRatio };
}
