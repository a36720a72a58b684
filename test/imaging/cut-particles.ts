import type { Labels } from "../../src/imaging/segmentation/particles.js";
import { type CutSettings, maskScale, storedParticles, usualCut } from "../../src/imaging/segmentation/particles.js";
import { finished } from "../../src/imaging/steps/steps.js";
import { usualSlab } from "../../src/imaging/volume/slab.js";
import { inMemory, memory } from "../../src/imaging/volume/store.js";
import type { Shape, VoxelSize } from "../../src/imaging/volume/volume.js";

/** As `storedParticles`, in memory. */
export function cutParticles(
  inside: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  settings?: CutSettings,
  slab = usualSlab,
): Labels {
  const mask = inMemory(inside, shape);
  const height = memory.store("f32", shape);
  const scale = () => finished(maskScale(mask, height, voxelSize, slab));
  const chosen = settings ?? usualCut(scale(), shape, voxelSize);
  const label = memory.store("i32", shape);
  const { count } = finished(storedParticles(mask, height, label, voxelSize, chosen, slab));
  return { data: label.whole!, count };
}
