/** Symmetric matrices with three diagonals, as many as there are systems side by side: one sweep runs over all of them. */
export interface Tridiagonals {
  /** `[row][system]` */
  readonly diagonal: Float64Array;
  /** `[row − 1][system]` what stands beside the diagonal. */
  readonly next: Float64Array;
}

/** Matrices to be filled, and their factor; positive definite ones need no pivoting. */
export interface TridiagonalSolver {
  readonly matrices: Tridiagonals;
  /** Factor what the matrices hold, L D Lᵀ from the first row to the last. */
  factor(): void;
  /** `out = A⁻¹ rhs` by the latest factor, `[row][system]`; both may be the same. */
  solve(rhs: Float64Array, out: Float64Array): void;
}

export function tridiagonals(rows: number, systems = 1): Tridiagonals {
  return { diagonal: new Float64Array(rows * systems), next: new Float64Array((rows - 1) * systems) };
}

/** A solver of `rows` unknowns in each of the systems. */
export function tridiagonalSolver(rows: number, systems = 1): TridiagonalSolver {
  const n = systems;
  const matrices = tridiagonals(rows, systems);
  const { diagonal, next } = matrices;
  const [multiplier, inverse] = [new Float64Array((rows - 1) * n), new Float64Array(rows * n)];
  const last = (rows - 1) * n;
  return {
    matrices,
    factor: () => {
      for (let at = 0; at < rows * n; at++) {
        inverse[at] = 1 / (diagonal[at] - (at < n ? 0 : multiplier[at - n] * next[at - n]));
        if (at < last) multiplier[at] = next[at] * inverse[at];
      }
    },
    solve: (rhs, out) => {
      if (out !== rhs) out.set(rhs);
      for (let at = n; at < rows * n; at++) out[at] -= multiplier[at - n] * out[at - n];
      for (let at = last; at < rows * n; at++) out[at] *= inverse[at];
      for (let at = last - 1; at >= 0; at--) out[at] = out[at] * inverse[at] - multiplier[at] * out[at + n];
    },
  };
}

/** `out += A s`, `[row][system]`. */
export function addProducts({ diagonal, next }: Tridiagonals, s: Float64Array, out: Float64Array): void {
  const systems = diagonal.length - next.length;
  for (let at = 0; at < diagonal.length; at++) out[at] += diagonal[at] * s[at];
  for (let at = 0; at < next.length; at++) {
    out[at] += next[at] * s[at + systems];
    out[at + systems] += next[at] * s[at];
  }
}

/** `[system]` sums of the sizes of all entries. */
export function entrySizes({ diagonal, next }: Tridiagonals): Float64Array {
  const sum = new Float64Array(diagonal.length - next.length);
  for (let at = 0; at < diagonal.length; at++) {
    sum[at % sum.length] += Math.abs(diagonal[at]) + (at < next.length ? 2 * Math.abs(next[at]) : 0);
  }
  return sum;
}
