/**
 * What a coordinate system adds to a two-dimensional cell: the measure of a point and the strain out of the plane.
 * Strains and stresses have four components [11, 22, 33, 12]: x, y, z (plane strain) or r, z, θ (axisymmetric).
 */
export interface Coordinates {
  readonly name: string;
  /** Volume per area of the meridian plane at distance x1: 1 (per m of depth) or 2πr. */
  measure(x1: number): number;
  /** ε₃₃ = hoop(x1) · u₁: 0 or 1/r. */
  hoop(x1: number): number;
}

/** Plane strain, per metre of depth. */
export const plane: Coordinates = { name: "plane", measure: () => 1, hoop: () => 0 };

/** Bodies of revolution about x1 = 0. */
export const axisymmetric: Coordinates = {
  name: "axisymmetric",
  measure: (r) => 2 * Math.PI * r,
  hoop: (r) => 1 / r,
};
