import type { Csr } from "./csr.js";

/** `ldlt` reads the lower triangle of a symmetric matrix; `lu` takes any matrix whose pattern is symmetric. */
export type FactorKind = "ldlt" | "lu";

export type FactorOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "zero pivot"; readonly unknown: number; readonly pivot: number };

/** A sparse direct solver: analysed once for a pattern, factored as often as the values change. */
export interface DirectSolver {
  readonly unknowns: number;
  /** Stored entries of the factor (of L; of L and U for `lu`). */
  readonly factorEntries: number;
  /** Multiply–add operations of one factorisation. */
  readonly flops: number;
  /** Factor the matrix with these values, in the order of the pattern's `value`. */
  factor(value: Float64Array): FactorOutcome;
  /** `solution = A⁻¹ rhs` with the latest factor; the two arrays may be the same. */
  solve(rhs: Float64Array, solution: Float64Array): void;
}

export interface DirectOptions {
  readonly kind: FactorKind;
  /** `[unknown][2]` where each unknown lives, for nested dissection; unknowns of one node share a point. */
  readonly points: Float64Array;
  /** Unknowns to eliminate last (dense rows, such as the collector's potential). */
  readonly last?: readonly number[];
}

export declare function directSolver(pattern: Csr, options: DirectOptions): DirectSolver;
