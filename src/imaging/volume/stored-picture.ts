import { readPicture } from "./files.js";
import type { Reading } from "./format.js";
import { type PageMaker, pagesIn } from "./pages.js";
import { inMemory, memory, type Scratch, type VoxelStore } from "./store.js";
import { type Shape, usualAxes, type Volume, type VoxelSize } from "./volume.js";

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

/** A stored picture whose file may not say how large a voxel is. */
export interface StoredFile extends Omit<StoredPicture, "voxelSize"> {
  readonly voxelSize: VoxelSize | null;
}

/**
 * Reads a picture into a store, a slice at a time; formats that are read whole pass through memory.
 * @param reading what else it asks for; its pages are told what comes, and leave it where it is
 * @throws Unreadable
 */
export async function readStored(
  path: string,
  reading: (pages: PageMaker) => Partial<Reading>,
  scratch: Scratch,
): Promise<StoredFile> {
  const kept: VoxelStore[] = [];
  const pages = pagesIn(scratch, (store) => kept.push(store));
  const { data, ...about } = await readPicture(path, { capacity: Infinity, ...reading(pages) });
  const [store = copied(inMemory(data, about.shape), scratch)] = kept;
  return { ...about, data: store };
}

/** A volume in memory of a picture that is. */
export function wholeVolume({ data, ...about }: StoredPicture): Volume {
  return { ...about, data: data.slices(0, data.shape[0]), axes: usualAxes };
}

/** The same voxels in a store of a scratch. */
function copied(from: VoxelStore, scratch: Scratch): VoxelStore {
  if (scratch === memory) return from;
  const store = scratch.store(from.type, from.shape) as VoxelStore;
  store.putSlices(0, from.whole!);
  return store;
}
