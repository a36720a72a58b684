import { basename } from "node:path";
import { chosenPlane, type PlaneChoice } from "./axes.js";
import { type Attributes, elementsOf } from "./ome-xml.js";
import { sampleOf, type TiffContent, type TiffPlanes } from "./tiff-content.js";
import { Unreadable } from "./unreadable.js";

interface Sizes {
  readonly order: string;
  readonly z: number;
  readonly c: number;
  readonly t: number;
}

/** The planes of the one picture that an OME description tells of (OME-TIFF specification, TiffData and Pixels). */
export function omePlanes(content: TiffContent, choice: PlaneChoice): TiffPlanes {
  const { path, description, page } = content;
  const { text } = description;
  if (elementsOf(text, "BinaryOnly").length > 0)
    throw new Unreadable(path, "its OME description lies in another file; save the picture with its own.");
  const images = elementsOf(text, "Pixels");
  const [pixels] = images;
  if (pixels === undefined) throw new Unreadable(path, "its OME description tells of no picture (Pixels).");
  if (images.length > 1)
    throw new Unreadable(
      path,
      `its OME description tells of ${images.length} pictures; save the one that counts apart.`,
    );
  checkOneFile(path, text);
  const sizes = sizesOf(content, pixels);
  // Red, green and blue are one channel of three samples, or three channels.
  const channels = page.samples > 1 ? Math.ceil(sizes.c / page.samples) : sizes.c;
  if (page.samples > 1 && channels > 1)
    throw new Unreadable(path, `found ${channels} channels of ${page.samples} samples; one channel is allowed.`);
  const sample = page.samples > 1 ? sampleOf(path, page, choice) : { sample: 0, note: null };
  const c = page.samples > 1 ? 0 : chosenPlane(path, "channel", channels, choice.channel);
  const t = chosenPlane(path, "time", sizes.t, choice.time);
  const notes = [
    ...(channels > 1 ? [`channel ${c + 1} of ${channels}`] : []),
    ...(sizes.t > 1 ? [`time ${t + 1} of ${sizes.t}`] : []),
    ...(sample.note === null ? [] : [sample.note]),
  ];
  const pages = pagesOf(content, { ...sizes, c: channels }, c, t);
  return { pages, behind: false, sample: sample.sample, note: notes.length === 0 ? null : notes.join(", ") };
}

/** Planes may be spread over several files, each of which names the others. */
function checkOneFile(path: string, text: string): void {
  const names = new Set(elementsOf(text, "UUID").flatMap((uuid) => uuid.get("FileName") ?? []));
  if (names.size <= 1) return;
  const others = [...names].filter((name) => name !== basename(path));
  throw new Unreadable(
    path,
    `its OME description spreads the volume over ${names.size} files (${others.slice(0, 3).join(", ")} …); join them into one: in ImageJ Bio-Formats Importer, then File > Save As > Tiff.`,
  );
}

function sizesOf({ path, page, pages }: TiffContent, pixels: Attributes): Sizes {
  const size = (axis: string) => {
    const count = Number(pixels.get(`Size${axis}`) ?? Number.NaN);
    if (Number.isSafeInteger(count) && count >= 1) return count;
    // Some programs leave sizes out where the pages say them.
    if (!pixels.has(`Size${axis}`)) return axis === "X" ? page.width : axis === "Y" ? page.height : Number.NaN;
    throw new Unreadable(
      path,
      `its OME description says Size${axis} ${pixels.get(`Size${axis}`)}; a whole number above 0 is due.`,
    );
  };
  const [x, y] = [size("X"), size("Y")];
  if (x !== page.width || y !== page.height)
    throw new Unreadable(
      path,
      `its OME description says ${y} × ${x} pixels; its pages have ${page.height} × ${page.width}.`,
    );
  const [c, t] = [size("C") || 1, size("T") || 1];
  return {
    order: pixels.get("DimensionOrder") ?? "XYZCT",
    c,
    t,
    z: size("Z") || Math.max(1, Math.floor(pages / (c * t))),
  };
}

/** Page of each slice of a channel and time. */
function pagesOf(content: TiffContent, sizes: Sizes, c: number, t: number): number[] {
  const { path, description, pages } = content;
  const [z, total] = [sizes.z, sizes.z * sizes.c * sizes.t];
  if (total > 10_000_000) throw new Unreadable(path, `its OME description says ${total} planes; found ${pages} pages.`);
  const places = placesOf(path, sizes);
  const table = new Map<number, number>();
  for (const data of elementsOf(description.text, "TiffData")) addPlanes(content, data, sizes, places, table);
  if (table.size === 0) for (let k = 0; k < total; k++) table.set(k, k);
  return Array.from({ length: z }, (_, slice) => {
    const found = table.get(places.at(slice, c, t));
    if (found !== undefined && found < pages) return found;
    throw new Unreadable(
      path,
      `its OME description says ${z} slices, ${sizes.c} channels and ${sizes.t} times; found ${pages} pages, and none for slice ${slice + 1}. The file is cut short.`,
    );
  });
}

/** Place of a plane among all, by the order of the axes. */
function placesOf(path: string, { order, z, c, t }: Sizes) {
  const lengths: Readonly<Record<string, number>> = { Z: z, C: c, T: t };
  const axes = [...order].slice(2);
  if (!/^XY(?:ZCT|ZTC|CZT|CTZ|TZC|TCZ)$/.test(order))
    throw new Unreadable(
      path,
      `its OME description says the order ${order}; X and Y come first, then Z, C, T in any order.`,
    );
  const steps = new Map<string, number>();
  let step = 1;
  for (const axis of axes) {
    steps.set(axis, step);
    step *= lengths[axis] as number;
  }
  const along = (axis: string) => steps.get(axis) as number;
  return { at: (z: number, c: number, t: number) => z * along("Z") + c * along("C") + t * along("T") };
}

/** Pages of consecutive planes that one TiffData element tells of. */
function addPlanes(
  { path, pages }: TiffContent,
  data: Attributes,
  sizes: Sizes,
  places: ReturnType<typeof placesOf>,
  table: Map<number, number>,
): void {
  const number = (name: string, absent: number) => {
    const value = Number(data.get(name) ?? absent);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new Unreadable(path, `its OME description says ${name} ${data.get(name)}; a whole number is due.`);
  };
  const total = sizes.z * sizes.c * sizes.t;
  const first = number("IFD", 0);
  const count = number("PlaneCount", data.has("IFD") ? 1 : total);
  const start = places.at(number("FirstZ", 0), number("FirstC", 0), number("FirstT", 0));
  if (start + count > total || first + count > Math.max(pages, total))
    throw new Unreadable(
      path,
      `its OME description places ${count} planes from ${start} of ${total} on; found ${pages} pages.`,
    );
  for (let k = 0; k < count; k++) table.set(start + k, first + k);
}
