/**
 * Diffusion into a sphere or a long cylinder of radius R under a constant flux from a uniform start.
 *
 *   Θ = (c − c0) D / (j R),   τ = D t / R²,   x = r/R,   j mol/(m² s) into the body
 *   sphere    Θ = 3τ + x²/2 − 3/10 − (2/x) Σ sin(q x) / (q² sin q) e^(−q²τ),   tan q = q
 *   cylinder  Θ = 2τ + x²/2 − 1/4 − 2 Σ J0(a x) / (a² J0(a)) e^(−a²τ),         J1(a) = 0
 *
 * Source: Crank, The Mathematics of Diffusion, 2nd ed. (1975), eqs. 5.45 and 6.45.
 */
import { besselJ01 } from "./bessel.js";

/** Dimensionless response to a constant flux. */
export interface ConstantFluxResponse {
  /** Θ at x in [0, 1] and τ > 0. */
  value(x: number, tau: number): number;
  /** Mean of Θ over the body. */
  mean(tau: number): number;
  /** Θ(1) − mean Θ as τ → ∞. */
  readonly finalGap: number;
}

/** Terms below e^−45 of the first are left out. */
const LAST_EXPONENT = 45;

/** Positive roots of tan q = q in ascending order, to the last bit or two. */
export function sphereRoots(count: number): Float64Array {
  const roots = new Float64Array(count);
  for (let n = 1; n <= count; n++) {
    const middle = (n + 0.5) * Math.PI;
    let q = middle - 1 / middle;
    // tan q = 1/tan(middle − q): a contraction by 1/(1 + q²) that keeps full precision.
    for (let step = 0; step < 60; step++) {
      const next = middle - Math.atan(1 / q);
      if (next === q) break;
      q = next;
    }
    roots[n - 1] = q;
  }
  return roots;
}

/** Positive roots of J1(a) = 0 in ascending order. */
export function cylinderRoots(count: number): Float64Array {
  const roots = new Float64Array(count);
  for (let n = 1; n <= count; n++) {
    const beta = (n + 0.25) * Math.PI;
    let a = beta - 3 / (8 * beta);
    for (let step = 0; step < 4; step++) {
      const [j0, j1] = besselJ01(a);
      a -= j1 / (j0 - j1 / a);
    }
    roots[n - 1] = a;
  }
  return roots;
}

/** Sphere. `terms` roots serve τ ≥ 45/(π terms)²: 200 for τ ≥ 1.2e-4; throws RangeError for an earlier τ. */
export function sphereUnderFlux(terms = 200): ConstantFluxResponse {
  const roots = sphereRoots(terms);
  const ratio = (q: number, x: number) => (x < 1e-8 ? q / Math.sin(q) : Math.sin(q * x) / (x * Math.sin(q)));
  return {
    value: (x, tau) => 3 * tau + (x * x) / 2 - 3 / 10 - 2 * transient(roots, tau, (q) => ratio(q, x)),
    mean: (tau) => 3 * tau,
    finalGap: 1 / 5,
  };
}

/** Long cylinder; `terms` as for the sphere. */
export function cylinderUnderFlux(terms = 200): ConstantFluxResponse {
  const roots = cylinderRoots(terms);
  return {
    value: (x, tau) =>
      2 * tau + (x * x) / 2 - 1 / 4 - 2 * transient(roots, tau, (a) => besselJ01(a * x)[0] / besselJ01(a)[0]),
    mean: (tau) => 2 * tau,
    finalGap: 1 / 4,
  };
}

/** Σ shape(q) e^(−q²τ) / q² */
function transient(roots: Float64Array, tau: number, shape: (root: number) => number): number {
  const last = roots[roots.length - 1];
  if (!(last * last * tau >= LAST_EXPONENT))
    throw new RangeError(
      `constant-flux series at τ = ${tau}: ${roots.length} terms reach down to τ = ${LAST_EXPONENT / last ** 2}; ask for more terms.`,
    );
  let sum = 0;
  for (const q of roots) {
    const exponent = q * q * tau;
    if (exponent > LAST_EXPONENT) break;
    sum += (shape(q) * Math.exp(-exponent)) / (q * q);
  }
  return sum;
}
