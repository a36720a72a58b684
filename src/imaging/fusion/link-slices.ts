import { overlaps } from "../segmentation/matching.js";
import type { Labels } from "../segmentation/particles.js";
import { type Shape, type Voxels, voxelCount } from "../volume/volume.js";

export interface LinkSettings {
  /** Least intersection over union of two outlines that belong to one particle. */
  readonly overlap: number;
  /** Or least share of the smaller inside the larger: near its ends a particle's outlines grow quickly. */
  readonly inside: number;
  /** Slices in which a particle may be missing between two that show it. */
  readonly gap: number;
}

export const usualLink: LinkSettings = { overlap: 0.25, inside: 0.95, gap: 2 };

/**
 * Joins the outlines of a stack of labelled slices to particles: each slice is matched with the one before it, pair by pair
 * from the largest overlap down, then what is left with the one before that, as far as the gap goes. Numbers count within
 * their slice only.
 * @param stack `[slice][row][column]`, 0 outside
 */
export function linkSlices(stack: Voxels, shape: Shape, settings: LinkSettings): Labels {
  const size = shape[1] * shape[2];
  const sliceAt = (s: number) => stack.subarray(s * size, (s + 1) * size);
  const data = new Int32Array(voxelCount(shape));
  /** Particle of each outline of the slices behind, the nearest first, and those that have no continuation yet. */
  const behind: { readonly particle: ReadonlyMap<number, number>; readonly open: Set<number> }[] = [];
  let count = 0;
  for (let s = 0; s < shape[0]; s++) {
    const slice = sliceAt(s);
    const particle = new Map<number, number>();
    for (const [back, earlier] of behind.entries()) {
      for (const [before, now] of candidates(sliceAt(s - back - 1), slice, settings)) {
        if (particle.has(now) || !earlier.open.has(before)) continue;
        particle.set(now, earlier.particle.get(before)!);
        earlier.open.delete(before);
      }
    }
    for (const outline of slice) if (outline > 0 && !particle.has(outline)) particle.set(outline, ++count);
    for (let k = 0; k < size; k++) if (slice[k] > 0) data[s * size + k] = particle.get(slice[k])!;
    behind.unshift({ particle, open: new Set(particle.keys()) });
    behind.length = Math.min(behind.length, settings.gap + 1);
  }
  return { data, count };
}

/** Outlines of two slices that may be one particle's, the largest overlap first. */
function candidates(
  before: Voxels,
  now: Voxels,
  { overlap, inside }: LinkSettings,
): readonly (readonly [number, number, number])[] {
  const { pairs, trueVoxels, predictedVoxels } = overlaps(before, now);
  return pairs.filter(([a, b, share]) => {
    const [some, others] = [trueVoxels.get(a)!, predictedVoxels.get(b)!];
    const shared = (share * (some + others)) / (1 + share);
    return share >= overlap || shared >= inside * Math.min(some, others);
  });
}
