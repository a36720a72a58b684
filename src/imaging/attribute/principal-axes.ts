import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** A symmetric 3 × 3 matrix as xx, yy, zz, xy, xz, yz. */
export type Symmetric = readonly [number, number, number, number, number, number];

export interface PrincipalAxes {
  /** From the largest down. */
  readonly values: readonly [number, number, number];
  /** Direction of the largest as x, y, z; its first component that is not 0 is positive. */
  readonly longest: readonly [number, number, number];
  /** All three directions, in the order of the values. */
  readonly directions: readonly (readonly [number, number, number])[];
}

export function principalAxes([xx, yy, zz, xy, xz, yz]: Symmetric): PrincipalAxes {
  const matrix = new Matrix([
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ]);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = [0, 1, 2].sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const directions = order.map((k) => upright(eigenvectorMatrix.getColumn(k)));
  const values = order.map((k) => realEigenvalues[k]) as [number, number, number];
  return { values, longest: directions[0], directions };
}

function upright(vector: number[]): readonly [number, number, number] {
  const first = vector.find((value) => Math.abs(value) > 1e-12) ?? 1;
  const [x, y, z] = vector.map((value) => (first < 0 ? -value : value));
  return [x, y, z];
}
