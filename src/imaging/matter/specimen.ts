import type { Box } from "../volume/box.js";
import { type Slab, withHalo } from "../volume/slab.js";
import { inMemory, type VoxelStore } from "../volume/store.js";
import type { Shape, VoxelSize, Voxels } from "../volume/volume.js";

/** What a voxel is made of. */
export const matter = { pore: 0, active: 1, binder: 2 } as const;

/** A labelled picture with what is known of its voxels; every array is `[z][y][x]`. */
export interface Specimen {
  readonly shape: Shape;
  /** µm, `[z, y, x]` */
  readonly voxelSize: VoxelSize;
  /** Particle of each voxel from 1 on, cracks and voids inside included; 0 elsewhere. */
  readonly labels: Int32Array;
  readonly count: number;
  /** `matter` of each voxel. */
  readonly matter: Uint8Array;
  /** Grey levels where there are any. */
  readonly grey: Voxels | null;
}

/** A specimen whose voxels lie in stores. */
export interface StoredSpecimen {
  readonly shape: Shape;
  /** µm, `[z, y, x]` */
  readonly voxelSize: VoxelSize;
  readonly labels: VoxelStore<Int32Array>;
  readonly count: number;
  readonly matter: VoxelStore<Uint8Array>;
  readonly grey: VoxelStore | null;
}

export function storedSpecimen(specimen: Specimen): StoredSpecimen {
  const { shape, labels, matter: made, grey } = specimen;
  return {
    ...specimen,
    labels: inMemory(labels, shape),
    matter: inMemory(made, shape),
    grey: grey === null ? null : inMemory(grey, shape),
  };
}

/** A copy of a box of a specimen. */
export function specimenIn({ voxelSize, labels, count, matter: made, grey }: StoredSpecimen, box: Box): Specimen {
  const { shape } = box;
  return { shape, voxelSize, count, labels: labels.box(box), matter: made.box(box), grey: grey?.box(box) ?? null };
}

/** A part of a specimen whose voxels are counted, with three voxels more on every side that has them. */
export interface Piece {
  readonly specimen: Specimen;
  /** First voxel of the piece in the whole, `[z, y, x]`. */
  readonly origin: Shape;
  /** Shape of the whole. */
  readonly whole: Shape;
  /** First voxel that is counted and the one after the last, within the piece. */
  readonly from: Shape;
  readonly to: Shape;
}

/** Slices on either side of a slab that its counts depend on. */
const halo = 3;

/**
 * Makes pieces of a specimen, a slab each; what a piece of a store on disk holds is gone when the next is made.
 */
export function pieceMaker({ shape, voxelSize, labels, count, matter: made, grey }: StoredSpecimen) {
  let [label, matters, levels]: [Int32Array?, Uint8Array?, Voxels?] = [];
  return (core: Slab): Piece => {
    const seen = withHalo(core, shape, halo);
    label = labels.slices(seen.from, seen.count, label);
    matters = made.slices(seen.from, seen.count, matters);
    levels = grey?.slices(seen.from, seen.count, levels);
    const part: Shape = [seen.count, shape[1], shape[2]];
    const first = core.from - seen.from;
    return {
      specimen: { shape: part, voxelSize, labels: label, count, matter: matters, grey: levels ?? null },
      origin: [seen.from, 0, 0],
      whole: shape,
      from: [first, 0, 0],
      to: [first + core.count, shape[1], shape[2]],
    };
  };
}
