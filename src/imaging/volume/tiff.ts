import type { VolumeFormat } from "./format.js";
import { readTiff } from "./tiff-reader.js";
import { writeTiff } from "./tiff-writer.js";

/** TIFF and BigTIFF stacks, ImageJ's and OME's scale included. */
export const tiff: VolumeFormat = {
  name: "TIFF",
  looks: "*.tif, *.tiff",
  recognises: (path, head, folder) =>
    !folder &&
    (/\.tiff?$/i.test(path) ||
      (head[0] === head[1] && (head[0] === 0x49 || head[0] === 0x4d) && [42, 43].includes(head[2] || head[3]))),
  read: readTiff,
  write: async (path, volume) => writeTiff(path, volume),
};
