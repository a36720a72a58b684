import type { SectionKind } from "../coordinates/coordinates.js";

/** A high-conductivity patch on a particle's outline: angles in rad, counter-clockwise from +x, `from < to ≤ from + 2π`. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

/** A disk, or a sphere on the axis, and the arcs of its surface that good carbon/binder touches. Lengths in m. */
export interface Circle {
  /** m; on the axis (0) when axisymmetric. */
  readonly x: number;
  /** m */
  readonly y: number;
  /** m */
  readonly radius: number;
  /** Patches touched by high-conductivity carbon/binder; the rest of the outline touches the low one. */
  readonly high: readonly Arc[];
}

/** Circles in a box: disks of unit depth (`plane`) or spheres on the axis x = 0 (`axisymmetric`). */
export interface Geometry {
  readonly kind: SectionKind;
  /** m; the box is [0, width] × [0, height]. */
  readonly width: number;
  readonly height: number;
  readonly particles: readonly Circle[];
}

/** How fine a mesh is. Lengths in m. */
export interface MeshSettings {
  readonly order: 1 | 2;
  /** m, edge length along the particles' surfaces. */
  readonly interfaceSize: number;
  /** Growth of the edge length per length away from the nearest surface. */
  readonly growth: number;
  /** m, no edge is longer. */
  readonly largestSize: number;
}
