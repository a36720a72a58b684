import { Matrix, SingularValueDecomposition } from "ml-matrix";

/** The directions of largest variance of standardised columns. */
export interface PrincipalComponents {
  /** Orthonormal columns. [attribute][component] */
  readonly directions: readonly (readonly number[])[];
  /** 1 − squared error of the reconstruction over the sum of squares. */
  readonly r2: number;
}

/** @param rows standardised, [row][attribute] */
export function principalComponents(rows: readonly (readonly number[])[], count: number): PrincipalComponents {
  const data = new Matrix(rows as number[][]);
  const cross = data.transpose().mmul(data);
  const found = new SingularValueDecomposition(cross, { autoTranspose: true });
  const variances = found.diagonal;
  const total = variances.reduce((sum, value) => sum + value, 0);
  const kept = variances.slice(0, count).reduce((sum, value) => sum + value, 0);
  return {
    directions: found.leftSingularVectors.to2DArray().map((row) => row.slice(0, count)),
    r2: total === 0 ? 1 : kept / total,
  };
}
