import type { Csr } from "./csr.js";
import { positionOf } from "./pattern.js";

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

/** Analyses `pattern` (structurally symmetric) for repeated factorisation. Envelope storage, ordered by position. */
export function directSolver(pattern: Csr, options: DirectOptions): DirectSolver {
  const n = pattern.rows;
  const { points } = options;
  const late = new Uint8Array(n);
  for (const unknown of options.last ?? []) late[unknown] = 1;
  const order = Int32Array.from({ length: n }, (_, u) => u).sort(
    (a, b) => late[a] - late[b] || points[2 * a] - points[2 * b] || points[2 * a + 1] - points[2 * b + 1] || a - b,
  );
  const position = new Int32Array(n);
  for (let k = 0; k < n; k++) position[order[k]] = k;
  const low = new Int32Array(n);
  const base = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    low[i] = i;
    for (let p = pattern.rowStart[order[i]]; p < pattern.rowStart[order[i] + 1]; p++) {
      low[i] = Math.min(low[i], position[pattern.column[p]]);
    }
    base[i + 1] = base[i] + i - low[i];
  }
  const lower = new Float64Array(base[n]);
  const upper = new Float64Array(base[n]);
  const diagonal = new Float64Array(n);
  const work = new Float64Array(n);

  function gather(value: Float64Array): void {
    lower.fill(0);
    upper.fill(0);
    diagonal.fill(0);
    for (let u = 0; u < n; u++) {
      for (let p = pattern.rowStart[u]; p < pattern.rowStart[u + 1]; p++) {
        const v = pattern.column[p];
        const i = position[u];
        const j = position[v];
        if (i === j) diagonal[i] = value[p];
        else if (i > j) lower[base[i] + j - low[i]] = value[p];
        else upper[base[j] + i - low[j]] = value[p];
        if (options.kind === "ldlt" && u > v) {
          if (i > j) upper[base[i] + j - low[i]] = value[p];
          else lower[base[j] + i - low[j]] = value[p];
        } else if (options.kind === "ldlt" && u < v) {
          const mirror = positionOf(pattern, v, u);
          if (i > j) lower[base[i] + j - low[i]] = value[mirror];
          else upper[base[j] + i - low[j]] = value[mirror];
        }
      }
    }
  }

  function factor(value: Float64Array): FactorOutcome {
    gather(value);
    for (let i = 0; i < n; i++) {
      const scale = Math.abs(diagonal[i]);
      for (let j = low[i]; j < i; j++) {
        let l = lower[base[i] + j - low[i]];
        let u = upper[base[i] + j - low[i]];
        for (let k = Math.max(low[i], low[j]); k < j; k++) {
          l -= lower[base[i] + k - low[i]] * upper[base[j] + k - low[j]];
          u -= upper[base[i] + k - low[i]] * lower[base[j] + k - low[j]];
        }
        lower[base[i] + j - low[i]] = l / diagonal[j];
        upper[base[i] + j - low[i]] = u;
        diagonal[i] -= (l / diagonal[j]) * u;
      }
      if (!(Math.abs(diagonal[i]) > 1e-14 * scale)) {
        return { ok: false, reason: "zero pivot", unknown: order[i], pivot: diagonal[i] };
      }
    }
    return { ok: true };
  }

  function solve(rhs: Float64Array, solution: Float64Array): void {
    for (let i = 0; i < n; i++) {
      let sum = rhs[order[i]];
      for (let k = low[i]; k < i; k++) sum -= lower[base[i] + k - low[i]] * work[k];
      work[i] = sum;
    }
    for (let i = n - 1; i >= 0; i--) {
      work[i] /= diagonal[i];
      for (let k = low[i]; k < i; k++) work[k] -= upper[base[i] + k - low[i]] * work[i];
    }
    for (let i = 0; i < n; i++) solution[order[i]] = work[i];
  }

  return { unknowns: n, factorEntries: 2 * base[n] + n, flops: 0, factor, solve };
}
