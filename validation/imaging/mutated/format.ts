import type { Reading } from "../../../src/imaging/volume/format.js";
import type { Draws } from "./draws.js";

/** A file, or a folder of files, that a format reads. */
export interface Seed {
  /** What is opened, below the folder: `a.tif`, `a.zarr`. */
  readonly open: string;
  /** Content of each file by its path below the folder. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** What the user says beside, where the sound file needs it: a channel, an array. */
  readonly reading?: Partial<Reading>;
}

/** One kind of file that is damaged on purpose. */
export interface MutatedFormat {
  readonly name: string;
  /** How many damaged files are read. */
  readonly count: number;
  /** Sound files of many dialects, small; each is damaged in turn. */
  seeds(): readonly Seed[] | Promise<readonly Seed[]>;
  /** Damage that only this format knows, such as an entry of a directory; null where it finds none to do. */
  readonly own?: (bytes: Uint8Array, draws: Draws) => Uint8Array | null;
}
