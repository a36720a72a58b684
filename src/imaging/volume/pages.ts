import type { Scratch, VoxelStore } from "./store.js";
import { type Shape, type Voxels, type VoxelType, voxelCount, zeros } from "./volume.js";

/** Where a reader puts the slices of a picture, one after the other. */
export interface Pages {
  /** Room for a slice, to be filled. */
  at(z: number): Voxels;
  /** The slice is filled. */
  done(z: number): void;
  /** All slices, or none of them where they lie elsewhere. */
  readonly all: Voxels;
}

/** Makes the pages of a picture on the disk. */
export type PageMaker = (shape: Shape, type: VoxelType) => Pages;

/** Slices side by side in memory. */
export const pagesInMemory: PageMaker = (shape, type) => {
  const all = zeros(type, voxelCount(shape));
  const plane = shape[1] * shape[2];
  return { at: (z) => all.subarray(z * plane, (z + 1) * plane), done: () => {}, all };
};

/** Slices in a store; `kept` is told which. */
export function pagesIn(scratch: Scratch, kept: (store: VoxelStore) => void): PageMaker {
  return (shape, type) => {
    const store = scratch.store(type, shape) as VoxelStore;
    const page = zeros(type, shape[1] * shape[2]);
    kept(store);
    return { at: () => page, done: (z) => store.putSlices(z, page), all: zeros(type, 0) };
  };
}
