import { sections } from "../fem/coordinates/coordinates.js";
import { evenPatches, facingArc, randomPatches, sphereBand } from "../fem/mesh/coverage.js";
import type { Arc, Geometry } from "../fem/mesh/geometry.js";
import type { Side } from "../fem/mesh/mesh.js";

/** How the high-conductivity carbon/binder lies on a particle. */
export interface CoveragePattern {
  readonly pattern: "arc" | "patches" | "random";
  /** The side that the arc, or the first patch, faces. */
  readonly facing: Side;
  readonly patches: number;
}

/** rad, counter-clockwise from +x. */
export const patchAngles: Readonly<Record<Side, number>> = {
  bottom: -Math.PI / 2,
  right: 0,
  top: Math.PI / 2,
  left: Math.PI,
};

/** The patches that cover a share of a particle's surface: of its outline when plane, of its sphere when axisymmetric. */
export function highArcs(kind: Geometry["kind"], way: CoveragePattern, fraction: number, seed: number): Arc[] {
  const { pattern, facing, patches } = way;
  if (sections[kind].revolved) {
    return sphereBand(fraction, facing === "top" || facing === "bottom" ? facing : "wall");
  }
  if (pattern === "arc") return facingArc(fraction, patchAngles[facing]);
  if (pattern === "patches") return evenPatches(fraction, patches, patchAngles[facing]);
  return randomPatches(fraction, patches, seed);
}
