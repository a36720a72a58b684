import type { PlaneChoice } from "./axes.js";
import type { PageMaker } from "./pages.js";
import type { Picture, Shape, Volume, VoxelType } from "./volume.js";

/** Numbers as they are stored (labels, phases), or as they are shown (grey levels). */
export type Levels = "stored" | "shown";

/** What a reader may need to know beside the file. */
export interface Reading extends PlaneChoice {
  /** bytes; what one picture may take in memory */
  readonly capacity: number;
  /** Told what a file claims to hold before room is made for it; may throw. */
  readonly claimed?: (shape: Shape, type: VoxelType) => void;
  /** Where slices go as they are read; in memory when left out. Formats that are read whole ask for none. */
  readonly pages?: PageMaker;
  /** Which array of a file that holds several (HDF5, NPZ, OME-Zarr). */
  readonly dataset?: string;
  /** Which numbers count where a picture is shown in others: turned over, or in colours of a palette. */
  readonly levels?: Levels;
  /** Places without a number (NaN) are what they say: maps have them outside particles. Elsewhere they are refused. */
  readonly gaps?: true;
  /** The layout of a file without a header. */
  readonly layout?: RawLayout;
}

/** Plain numbers without a header. */
export interface RawLayout {
  readonly shape: Shape;
  readonly type: VoxelType;
  readonly littleEndian: boolean;
  /** Bytes before the first voxel. */
  readonly skip: number;
  /** µm, `[z, y, x]` */
  readonly voxelSize: readonly [number, number, number] | null;
}

/** One kind of file or folder that holds a volume. */
export interface VolumeFormat {
  readonly name: string;
  /** How paths of it look, for people. */
  readonly looks: string;
  /** Whether a path is of this kind, by its name and first bytes. `head` is empty for a folder. */
  recognises(path: string, head: Uint8Array, folder: boolean): boolean;
  /** @throws Unreadable */
  read(path: string, reading: Reading): Promise<Picture>;
  /** Absent for kinds that are only read. */
  write?(path: string, volume: Volume): Promise<void>;
}
