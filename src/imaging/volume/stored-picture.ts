import { readVolume } from "./files.js";
import type { Reading } from "./format.js";
import { pagesIn } from "./pages.js";
import { inMemory, type Scratch, type VoxelStore } from "./store.js";
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

/**
 * Reads a volume into a store, a slice at a time; formats that are read whole pass through memory.
 * @param voxelSize µm, counts before the one in the file
 * @throws Unreadable
 */
export async function readStored(
  path: string,
  voxelSize: VoxelSize | undefined,
  reading: Partial<Reading>,
  scratch: Scratch,
): Promise<StoredPicture> {
  const kept: VoxelStore[] = [];
  const pages = pagesIn(scratch, (store) => kept.push(store));
  const { data, ...about } = await readVolume(path, voxelSize, { capacity: Infinity, ...reading, pages });
  const [store = copied(inMemory(data, about.shape), scratch)] = kept;
  return { ...about, data: store };
}

/** The same voxels in a store of a scratch. */
function copied(from: VoxelStore, scratch: Scratch): VoxelStore {
  const store = scratch.store(from.type, from.shape) as VoxelStore;
  store.putSlices(0, from.whole!);
  return store;
}
