import { cos } from "../../elementary/elementary.js";
import type { Packing } from "../../space/packing.js";

/** Particles with the share of their surface that high-conductivity carbon/binder covers, and where. */
export interface CoveredPacking extends Packing {
  /** [particle], 0 … 1 */
  readonly coverage: Float64Array;
  /** Unit vector to the middle of the covered patch, [particle][3]. */
  readonly patch: Float64Array;
}

/**
 * Cosine of the angle from the middle of a patch to its edge: an arc covers its angle's share of a circle, a cap its
 * height's share of a sphere (Archimedes).
 */
export function edgeCosine(dimension: 2 | 3, coverage: number): number {
  return dimension === 2 ? cos(Math.PI * coverage) : 1 - 2 * coverage;
}

/** Whether a direction from the particle's centre, of any length, meets its covered patch. */
export function meetsPatch(packing: CoveredPacking, particle: number, way: ArrayLike<number>): boolean {
  const { patch, coverage, dimension } = packing;
  const k = 3 * particle;
  const length = Math.hypot(way[0], way[1], way[2]);
  const along = patch[k] * way[0] + patch[k + 1] * way[1] + patch[k + 2] * way[2];
  return along >= length * edgeCosine(dimension, coverage[particle]) - 1e-12 * length;
}
