import { h5pyWriter } from "./hdf5.js";
import { numpyWriter } from "./npy.js";
import { nrrdWriter } from "./nrrd.js";
import { tifffileWriter } from "./tiff.js";
import type { IndependentWriter } from "./writer.js";
import { zarrWriter } from "./zarr.js";

/** All formats that others write; a new one is a file beside and a name here. */
export const independentWriters: readonly IndependentWriter[] = [
  numpyWriter,
  h5pyWriter,
  zarrWriter,
  tifffileWriter,
  nrrdWriter,
];
