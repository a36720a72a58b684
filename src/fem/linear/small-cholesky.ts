/**
 * Solves a small symmetric positive definite system by Cholesky's factor; both arguments are overwritten, `x` by the solution.
 * Where rounding leaves a pivot that is not positive, its unknown comes out 0.
 * @param a `[row][row]`, of which the lower triangle is read
 * @param x `[row]` the right-hand side
 */
export function solveSmall(a: readonly Float64Array[], x: Float64Array): Float64Array {
  const n = x.length;
  for (let row = 0; row < n; row++) {
    const own = a[row];
    for (let column = 0; column <= row; column++) {
      const other = a[column];
      let sum = own[column];
      for (let k = 0; k < column; k++) sum -= own[k] * other[k];
      own[column] = column < row ? sum / other[column] : Math.sqrt(sum);
    }
    if (!(own[row] > 0)) own.fill(0, 0, row).fill(Number.POSITIVE_INFINITY, row, row + 1);
    for (let k = 0; k < row; k++) x[row] -= own[k] * x[k];
    x[row] /= own[row];
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let below = row + 1; below < n; below++) x[row] -= a[below][row] * x[below];
    x[row] /= a[row][row];
  }
  return x;
}
