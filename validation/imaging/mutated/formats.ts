import type { MutatedFormat } from "./format.js";
import { mutatedPng } from "./png.js";
import { mutatedTiff } from "./tiff.js";

/** All formats that are damaged; a new one is a file beside and a name here. */
export const mutatedFormats: readonly MutatedFormat[] = [mutatedTiff, mutatedPng];
