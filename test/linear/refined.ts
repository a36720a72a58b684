import { type Csr, multiply } from "../../src/fem/linear/csr.js";
import type { DirectSolver } from "../../src/fem/linear/direct.js";

/**
 * Improves `x` by `steps` of iterative refinement, `x += A⁻¹ (rhs − A x)` (Wilkinson, Rounding Errors in Algebraic Processes, 1963,
 * chapter 3).
 * @returns the 2-norm of the residual that remains over that of `rhs`; the norm itself when `rhs` is zero
 */
export function refined(a: Csr, solver: DirectSolver, rhs: Float64Array, x: Float64Array, steps: number): number {
  const residual = new Float64Array(rhs.length);
  for (let step = 0; ; step++) {
    residual.set(rhs);
    multiply(a, x, residual, -1);
    if (step >= steps) return Math.hypot(...residual) / (Math.hypot(...rhs) || 1);
    solver.solve(residual, residual);
    for (let i = 0; i < x.length; i++) x[i] += residual[i];
  }
}
