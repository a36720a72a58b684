/**
 * A sparse matrix by compressed rows; the columns of a row ascend.
 * `rowStart` `[rows + 1]`, `column` and `value` `[rowStart[rows]]`.
 */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** `out = A x`, or `out += scale · A x` when `scale` is given. */
export function multiply(a: Csr, x: Float64Array, out: Float64Array, scale?: number): void {
  const { rowStart, column, value } = a;
  for (let row = 0; row < a.rows; row++) {
    let sum = 0;
    for (let p = rowStart[row]; p < rowStart[row + 1]; p++) sum += value[p] * x[column[p]];
    out[row] = scale === undefined ? sum : out[row] + scale * sum;
  }
}
