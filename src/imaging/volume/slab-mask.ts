import type { Strides } from "../steps/steps.js";
import { slabsOf } from "./slab.js";
import type { VoxelStore } from "./store.js";
import type { Voxels } from "./volume.js";

/** A mask from each voxel's own value. */
export function* maskOf(
  data: VoxelStore,
  mask: VoxelStore<Uint8Array>,
  slab: number,
  of: (value: number) => number,
): Strides {
  let [slices, result]: [Voxels?, Uint8Array?] = [];
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    result = mask.slices(from, count, result);
    for (let i = 0; i < slices.length; i++) result[i] = of(slices[i]);
    mask.putSlices(from, result);
    yield (from + count) / data.shape[0];
  }
}
