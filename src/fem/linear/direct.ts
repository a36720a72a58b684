import type { Csr } from "./csr.js";
import { dissectionOrder } from "./dissection.js";
import { eliminationTree, leastEntries } from "./elimination-tree.js";
import { type Fronts, fronts } from "./fronts.js";
import { kernels } from "./kernels.js";
import { pointGraph } from "./point-graph.js";
import { workspace } from "./workspace.js";

/** `ldlt` reads the lower triangle of a symmetric matrix; `lu` takes any matrix whose pattern is symmetric. */
export type FactorKind = "ldlt" | "lu";

/** Whether a factor was found, or the row whose pivot cannot be used. */
export type FactorOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "zero pivot"; readonly unknown: number; readonly pivot: number };

/** A sparse direct solver: analysed once for a pattern, factored as often as the values change. */
export interface DirectSolver {
  readonly unknowns: number;
  /** Stored entries of the factor (of L; of L and U for `lu`). */
  readonly factorEntries: number;
  /** What they would be without the zeros that merging of fronts stores. */
  readonly leastEntries: number;
  /** Multiply–add operations of one factorisation. */
  readonly flops: number;
  /** Factor the matrix with these values, in the order of the pattern's `value`. */
  factor(value: Float64Array): FactorOutcome;
  /** `solution = A⁻¹ rhs` with the latest factor; the two arrays may be the same. */
  solve(rhs: Float64Array, solution: Float64Array): void;
}

/** How a matrix is ordered and factored. */
export interface DirectOptions {
  readonly kind: FactorKind;
  /** `[unknown][axis]` where each unknown lives, for nested dissection; unknowns of one node share a point. */
  readonly points: Float64Array;
  /** Unknowns to eliminate last (dense rows, such as the collector's potential). */
  readonly last?: readonly number[];
}

/**
 * Analyses `pattern` for multifrontal LDLᵀ or LU without pivoting, in WebAssembly. A pivot is refused when it is not
 * finite or below 1.4e-14 of its diagonal entry (of the largest in its row where the diagonal is zero).
 * Throws `RangeError` when the pattern is not square and symmetric or the options do not fit it.
 * Source: Duff & Reid, ACM Trans. Math. Softw. 9 (1983) 302.
 */
export function directSolver(pattern: Csr, options: DirectOptions): DirectSolver {
  if (pattern.rows !== pattern.columns) {
    throw new RangeError(`analyse a pattern: found ${pattern.rows} × ${pattern.columns}; give a square one`);
  }
  const graph = pointGraph(pattern, options.points, options.last);
  const tree = eliminationTree(graph, dissectionOrder(graph));
  const all = fronts(graph, tree);
  const space = workspace(pattern, options.kind, all);
  const { memory, factor, solve } = kernels(space.bytes);
  space.install(memory.buffer);
  const values = new Float64Array(memory.buffer, space.value, pattern.column.length);
  const scale = new Float64Array(memory.buffer, space.scale, all.slots);
  const side = new Float64Array(memory.buffer, space.side, pattern.rows);
  const { slotOf } = all;
  const diagonal = diagonalPositions(pattern);
  let factored = false;
  return {
    unknowns: pattern.rows,
    ...work(all, options.kind),
    leastEntries: (options.kind === "lu" ? 2 : 1) * leastEntries(tree),
    factor(value) {
      requireLength("factor", value, values.length, "values");
      values.set(value);
      pivotScales({ pattern, diagonal, slotOf }, value, scale);
      const slot = factor(space.header);
      factored = slot < 0;
      if (factored) return { ok: true };
      const pivot = new Float64Array(memory.buffer, space.pivotAt(slot), 1)[0];
      return { ok: false, reason: "zero pivot", unknown: all.unknownOf[slot], pivot };
    },
    solve(rhs, solution) {
      if (!factored) throw new Error("solve: no factor; call factor until it returns ok");
      requireLength("solve", rhs, slotOf.length, "right-hand sides");
      requireLength("solve", solution, slotOf.length, "places for the solution");
      side.set(rhs);
      solve(space.header);
      solution.set(side);
    },
  };
}

/** Sizes without padding, merged zeros included. */
function work(all: Fronts, kind: FactorKind): { factorEntries: number; flops: number } {
  let [entries, flops] = [0, 0];
  for (let f = 0; f < all.count; f++) {
    for (let k = 1; k <= all.width[f]; k++) {
      const below = all.width[f] - k + all.further[f].length;
      entries += kind === "lu" ? 2 * below + 1 : below + 1;
      flops += kind === "lu" ? below * (below + 1) : (below * (below + 3)) / 2;
    }
  }
  return { factorEntries: entries, flops };
}

/** `[row]` position of its diagonal entry, -1 where the pattern has none. */
function diagonalPositions({ rows, rowStart, column }: Csr): Int32Array {
  const positions = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++)
    for (let p = rowStart[row]; p < rowStart[row + 1]; p++) if (column[p] === row) positions[row] = p;
  return positions;
}

interface Placed {
  readonly pattern: Csr;
  readonly diagonal: Int32Array;
  readonly slotOf: Int32Array;
}

/** What each pivot is measured against: its diagonal entry, or the row's largest where that is zero. */
function pivotScales({ pattern, diagonal, slotOf }: Placed, value: Float64Array, scale: Float64Array): void {
  for (let row = 0; row < pattern.rows; row++) {
    let size = diagonal[row] < 0 ? 0 : Math.abs(value[diagonal[row]]);
    if (!(size > 0))
      for (let p = pattern.rowStart[row]; p < pattern.rowStart[row + 1]; p++) size = Math.max(size, Math.abs(value[p]));
    scale[slotOf[row]] = size;
  }
}

function requireLength(doing: string, array: Float64Array, length: number, what: string): void {
  if (array.length !== length) {
    throw new RangeError(`${doing}: found ${array.length} ${what}; allowed are ${length}, as the analysed pattern has`);
  }
}
