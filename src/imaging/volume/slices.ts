import { join } from "node:path";
import { namesIn } from "../../folder/read-file.js";
import { checkClaim } from "./capacity.js";
import type { Reading, VolumeFormat } from "./format.js";
import { pagesInMemory } from "./pages.js";
import { readPng } from "./png.js";
import { readTiff } from "./tiff-reader.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, voxelType } from "./volume.js";

/** Names that begin with a dot are hidden: what macOS keeps beside files is no slice. */
const picture = /^[^.].*\.(tiff?|png)$/i;

/** A folder of TIFF or PNG slices, in natural order: `slice2` comes before `slice10`. */
export const slices: VolumeFormat = {
  name: "folder of slices",
  looks: "a folder with *.tif or *.png",
  recognises: (path, _, folder) => folder && namesIn(path).some((name) => picture.test(name)),
  read: readSlices,
};

/** Names as people count them. */
export function naturalOrder(names: readonly string[]): string[] {
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return [...names].sort((a, b) => order.compare(a, b) || (a < b ? -1 : 1));
}

async function readSlices(path: string, reading: Reading): Promise<Picture> {
  const names = naturalOrder(namesIn(path).filter((name) => picture.test(name)));
  const endings = new Set(names.map((name) => name.replace(/^.*\./, "").toLowerCase().replace("tiff", "tif")));
  if (endings.size > 1) {
    throw new Unreadable(path, `found slices of several kinds (${[...endings].join(", ")}); one kind is allowed.`);
  }
  const first = await readSlice(join(path, names[0]), reading);
  const shape: Shape = [names.length, first.shape[1], first.shape[2]];
  const type = voxelType(first.data);
  checkClaim({ path, shape, type, stored: Infinity, packed: false, reading });
  const pages = (reading.pages ?? pagesInMemory)(shape, type);
  const put = (z: number, slice: Picture) => {
    pages.at(z).set(slice.data);
    pages.done(z);
  };
  put(0, first);
  for (let z = 1; z < names.length; z++) {
    const slice = await readSlice(join(path, names[z]), reading);
    const same = slice.shape[1] === shape[1] && slice.shape[2] === shape[2] && voxelType(slice.data) === type;
    if (!same) {
      const looks = ({ shape, data }: Picture) => `${shape[1]} × ${shape[2]} of ${voxelType(data)}`;
      throw new Unreadable(
        join(path, names[z]),
        `found ${looks(slice)}; the first slice, ${names[0]}, is ${looks(first)}.`,
      );
    }
    put(z, slice);
  }
  const voxelSize = names.length === 1 ? first.voxelSize : null;
  return {
    data: pages.all,
    shape,
    voxelSize,
    axes: usualAxes,
    provenance: [`read ${names.length} slices from ${path}`],
  };
}

async function readSlice(path: string, { capacity, levels, channel }: Reading): Promise<Picture> {
  const reading = { capacity, ...(levels !== undefined && { levels }), ...(channel !== undefined && { channel }) };
  const slice = /png$/i.test(path) ? await readPng(path, reading) : await readTiff(path, reading);
  if (slice.shape[0] === 1) return slice;
  throw new Unreadable(path, `found ${slice.shape[0]} pages in a folder of slices; each file holds one.`);
}
