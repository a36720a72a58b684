import type { Shape, Volume, VoxelSize, Voxels } from "../volume/volume.js";

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

/** The labels of a volume with its matter; grey levels count where matter was not given as phases. */
export function specimenOf(
  volume: Volume,
  labels: { readonly data: Int32Array; readonly count: number },
  map: { readonly matter: Uint8Array; readonly phases: unknown },
): Specimen {
  const { shape, voxelSize, data } = volume;
  const grey = map.phases === null ? data : null;
  return { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey };
}

/** A part of a specimen whose voxels are counted, with at least one voxel more on every side that has one. */
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

/** A specimen as one piece. */
export function wholePiece(specimen: Specimen): Piece {
  const { shape } = specimen;
  return { specimen, origin: [0, 0, 0], whole: shape, from: [0, 0, 0], to: shape };
}
