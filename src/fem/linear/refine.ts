import { type Csr, multiply } from "./csr.js";
import type { DirectSolver } from "./direct.js";

/**
 * Improves `x` by `steps` of iterative refinement, `x += A⁻¹ (rhs − A x)`, and returns the 2-norm of the residual that
 * remains over that of `rhs` (the norm itself when `rhs` is zero). `a` may be newer than the solver's factor.
 * Source: Wilkinson, Rounding Errors in Algebraic Processes (1963), chapter 3.
 */
export function refine(a: Csr, solver: DirectSolver, rhs: Float64Array, x: Float64Array, steps: number): number {
  const residual = new Float64Array(rhs.length);
  for (let step = 0; ; step++) {
    residual.set(rhs);
    multiply(a, x, residual, -1);
    if (step >= steps) return norm(residual) / (norm(rhs) || 1);
    solver.solve(residual, residual);
    for (let i = 0; i < x.length; i++) x[i] += residual[i];
  }
}

function norm(x: Float64Array): number {
  let sum = 0;
  for (const entry of x) sum += entry * entry;
  return Math.sqrt(sum);
}
