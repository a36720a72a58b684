import { inMemory, type VoxelStore } from "./store.js";
import type { Shape, Volume, VoxelSize } from "./volume.js";

/** A picture whose voxels lie in a store. */
export interface StoredPicture {
  readonly data: VoxelStore;
  readonly shape: Shape;
  /** µm, `[z, y, x]` */
  readonly voxelSize: VoxelSize;
  /** Where it comes from and what was done to it, oldest first. */
  readonly provenance: readonly string[];
}

/** A volume in memory as a store. */
export function storedVolume({ data, shape, voxelSize, provenance }: Volume): StoredPicture {
  return { data: inMemory(data, shape), shape, voxelSize, provenance };
}
