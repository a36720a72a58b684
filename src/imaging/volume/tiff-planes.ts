import { chosenPlane, type NamedAxis, type PlaneChoice, placedByName, stridesOf } from "./axes.js";
import { sampleOf, type TiffContent, type TiffPlanes } from "./tiff-content.js";
import { omePlanes } from "./tiff-ome.js";
import type { TiffPage } from "./tiff-page.js";
import { imageJ, type Shaped, shaped } from "./tiff-scale.js";
import { Unreadable } from "./unreadable.js";

/**
 * Finds the slices of a volume among the pages, by what ImageJ, OME or tifffile describe; else each page is one.
 * @throws Unreadable for several channels or times of which none is chosen, and for pages that do not fit the description
 */
export function tiffPlanes(content: TiffContent, choice: PlaneChoice): TiffPlanes {
  const { path, description, pages, page } = content;
  const lines = imageJ(description);
  if (lines !== null) return imageJPlanes(content, lines, choice);
  if (/<(?:\w+:)?OME[\s>]/.test(description.text)) return omePlanes(content, choice);
  const shape = shaped(path, description);
  if (shape !== null) return shapedPlanes(content, shape, choice);
  if (choice.time !== undefined) chosenPlane(path, "time", 1, choice.time);
  return { pages: counted(pages), behind: false, ...sampleOf(path, page, choice) };
}

const counted = (count: number) => Array.from({ length: count }, (_, k) => k);

/** The planes of a hyperstack: channels run fastest, then slices, then times. */
function imageJPlanes(
  content: TiffContent,
  lines: ReadonlyMap<string, string>,
  { channel, time }: PlaneChoice,
): TiffPlanes {
  const { path, pages, page } = content;
  const whole = (name: string, absent: number) => {
    const count = lines.has(name) ? Number(lines.get(name)) : absent;
    if (Number.isSafeInteger(count) && count >= 1) return count;
    throw new Unreadable(path, `its description says ${name}=${lines.get(name)}; a whole number above 0 is due.`);
  };
  const images = whole("images", 1);
  const [given, frames] = [whole("channels", 1), whole("frames", 1)];
  // Colours of a pixel are not channels of the stack where ImageJ says both.
  const channels = page.samples > 1 && given === page.samples && images < given * frames ? 1 : given;
  const slices = whole("slices", Math.max(1, Math.floor(images / (channels * frames))));
  if (channels * slices * frames !== images)
    throw new Unreadable(
      path,
      `its description says ${images} images as ${channels} channels × ${slices} slices × ${frames} frames; these do not agree.`,
    );
  const order = lines.get("order") ?? "czt";
  if (order !== "czt" && channels * frames > 1)
    throw new Unreadable(path, `its description says order=${order}; channels, slices, frames (czt) is allowed.`);
  const behind = behindFirst(content, images);
  if (!behind && images !== pages)
    throw new Unreadable(path, `its description says ${images} images; found ${pages} pages.`);
  const sample =
    page.samples > 1 || channels === 1
      ? sampleOf(path, page, channels === 1 ? { ...(channel !== undefined && { channel }) } : {})
      : { sample: 0, note: null };
  const c = channels === 1 ? 0 : chosenPlane(path, "channel", channels, channel);
  const t = chosenTime(path, slices, frames, time);
  const words = [
    ...(channels > 1 ? [`channel ${c + 1} of ${channels}`] : []),
    ...(frames > 1 ? [`time ${t + 1} of ${frames}`] : []),
  ];
  return {
    pages: counted(slices).map((z) => (t * slices + z) * channels + c),
    behind,
    sample: sample.sample,
    note: words.length > 0 ? words.join(", ") : sample.note,
  };
}

/** Slices that ImageJ took for times are the usual case where there is one slice and many times. */
function chosenTime(path: string, slices: number, frames: number, time: number | undefined): number {
  if (time === undefined && slices === 1 && frames > 1)
    throw new Unreadable(
      path,
      `found ${frames} times of one slice; a volume has one time. If they are slices, say so in ImageJ (Image > Properties: Slices ${frames}, Frames 1) and save again; else choose one: --time 1 to --time ${frames}.`,
    );
  return chosenPlane(path, "time", frames, time);
}

/** Whether planes that are described, more than there are pages, lie behind the first one. */
function behindFirst({ pages, page }: TiffContent, planes: number): boolean {
  return pages === 1 && planes > 1 && page.compression === 1 && page.predictor === 1 && !page.blocks.tiled;
}

/** An array as tifffile describes it: its axes from the slowest on, the last two (and samples) of a page. */
function shapedPlanes(content: TiffContent, { shape, axes }: Shaped, choice: PlaneChoice): TiffPlanes {
  const { path, pages, page } = content;
  const words = shape.join(" × ");
  const own = pageAxes(page, shape);
  if (own === null)
    throw new Unreadable(
      path,
      `its description says the shape ${words}; its pages are ${page.height} × ${page.width}${page.samples > 1 ? ` of ${page.samples} samples` : ""}.`,
    );
  const outer = shape.slice(0, shape.length - own);
  const planes = outer.reduce((product, count) => product * count, 1);
  const behind = planes !== pages && behindFirst(content, planes);
  if (planes !== pages && !behind)
    throw new Unreadable(
      path,
      `its description says the shape ${words}, ${planes} pages; found ${pages}. The file is cut short, or holds several pictures.`,
    );
  if (page.samples > 1) return { ...slicesByPlace(content, outer, shape), behind, ...sampleOf(path, page, choice) };
  if (axes === null || axes.length !== shape.length)
    return { ...slicesByPlace(content, outer, shape), behind, sample: 0, note: null };
  const placed = placedByName(path, namedAxes(axes, shape), choice);
  if (placed.places[1] !== outer.length || placed.places[2] !== outer.length + 1)
    throw new Unreadable(path, `found the axes ${axes} of ${words}; y and x come last in a page.`);
  const strides = stridesOf(outer);
  const start = placed.at.slice(0, outer.length).reduce((sum, at, k) => sum + at * (strides[k] as number), 0);
  const z = placed.places[0];
  const step = z === null || z >= outer.length ? 0 : (strides[z] as number);
  return { pages: counted(placed.shape[0]).map((k) => start + k * step), behind, sample: 0, note: placed.note };
}

/** Axes before those of a page that have no names: one of them may be longer than 1. */
function slicesByPlace({ path }: TiffContent, outer: readonly number[], shape: readonly number[]) {
  const long = outer.filter((count) => count > 1);
  if (long.length > 1)
    throw new Unreadable(
      path,
      `its description says the shape ${shape.join(" × ")} and does not name the axes; three are allowed (z, y, x), or two for a single slice. Write it with names, metadata={"axes": "TZYX"} in tifffile, or the part that counts alone.`,
    );
  return { pages: counted(long[0] ?? 1) };
}

const namedAxes = (axes: string, shape: readonly number[]): NamedAxis[] =>
  shape.map((length, k) => ({ name: axes[k] as string, length }));

/** How many axes at the end are those of a page; null when they do not fit it. */
function pageAxes({ height, width, samples, apart }: TiffPage, shape: readonly number[]): number | null {
  const ends = (...due: number[]) =>
    due.length <= shape.length && due.every((count, k) => shape[shape.length - due.length + k] === count);
  if (samples > 1) return ends(...(apart ? [samples, height, width] : [height, width, samples])) ? 3 : null;
  if (ends(height, width)) return 2;
  return ends(height, width, 1) ? 3 : null;
}
