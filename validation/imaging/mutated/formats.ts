import { mutatedAmira } from "./amira.js";
import type { MutatedFormat } from "./format.js";
import { mutatedHdf5 } from "./hdf5.js";
import { mutatedNpy } from "./npy.js";
import { mutatedNrrd } from "./nrrd.js";
import { mutatedPng } from "./png.js";
import { mutatedTiff } from "./tiff.js";
import { mutatedZarr } from "./zarr.js";

/** All formats that are damaged; a new one is a file beside and a name here. */
export const mutatedFormats: readonly MutatedFormat[] = [
  mutatedTiff,
  mutatedPng,
  mutatedNrrd,
  mutatedNpy,
  mutatedAmira,
  mutatedZarr,
  mutatedHdf5,
];
