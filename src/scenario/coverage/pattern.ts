import { sections } from "../../fem/coordinates/coordinates.js";
import { evenPatches, facingArc, randomPatches, sphereBand } from "../../fem/mesh/coverage.js";
import type { Arc, Geometry } from "../../fem/mesh/geometry.js";
import type { Side } from "../../fem/mesh/mesh.js";

/** What the patches of a particle are drawn from. */
interface Drawing {
  /** Share of the outline that is covered. */
  readonly fraction: number;
  /** rad from +x, to the middle of the first patch. */
  readonly angle: number;
  readonly patches: number;
  readonly seed: number;
}

/** How the high-conductivity carbon/binder lies on a particle: one patch, several, or patches at random. */
export const patterns = {
  arc: ({ fraction, angle }) => facingArc(fraction, angle),
  patches: ({ fraction, angle, patches }) => evenPatches(fraction, patches, angle),
  random: ({ fraction, patches, seed }) => randomPatches(fraction, patches, seed),
} as const satisfies Readonly<Record<string, (drawing: Drawing) => Arc[]>>;

/** The name of a pattern. */
export type Pattern = keyof typeof patterns;

/** The only one of spheres on an axis and of particles in a network. */
export const onePatch: Pattern = "arc";

/** How the carbon/binder lies on a particle. */
export interface CoveragePattern {
  readonly pattern: Pattern;
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
  return patterns[pattern]({ fraction, angle: patchAngles[facing], patches, seed });
}
