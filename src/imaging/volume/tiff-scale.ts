import { edge } from "./length-unit.js";
import { elementsOf } from "./ome-xml.js";
import { Unreadable } from "./unreadable.js";
import type { VoxelSize } from "./volume.js";

/** What the first page of a TIFF file says about the whole. */
export interface TiffDescription {
  readonly text: string;
  /** Pixels per unit along x and y; NaN when absent. */
  readonly resolution: readonly [number, number];
}

/** The lines `key=value` that ImageJ writes into the description, or null when another program wrote it. */
export function imageJ({ text }: TiffDescription): ReadonlyMap<string, string> | null {
  if (!text.startsWith("ImageJ=")) return null;
  const pairs = text.split("\n").map((line) => line.split("=", 2) as [string, string | undefined]);
  return new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key.trim(), value.trim()]])));
}

/** An array as tifffile describes it. */
export interface Shaped {
  readonly shape: readonly number[];
  /** A letter for each axis, where the writer named them. */
  readonly axes: string | null;
  /** Slice spacing and its unit, as ImageJ's lines. */
  readonly lines: ReadonlyMap<string, string>;
}

/**
 * What tifffile writes into the description: `{"shape": [50, 512, 512], "axes": "ZYX"}`, before 2016 `shape=(50, 512, 512)`;
 * null when another program wrote it.
 * @throws Unreadable for such a description that cannot be understood
 */
export function shaped(path: string, { text }: TiffDescription): Shaped | null {
  const old = /^shape=\(([\d,\s]*)\)/.exec(text);
  if (old !== null)
    return {
      shape: lengths(
        path,
        (old[1] as string).split(",").filter((word) => word.trim() !== ""),
      ),
      axes: null,
      lines: new Map(),
    };
  if (!(text.trimStart().startsWith("{") && text.includes('"shape"'))) return null;
  let said: Record<string, unknown>;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Unreadable(
      path,
      `found the description ${text.slice(0, 80)}, which is no whole JSON; the file is damaged.`,
    );
  }
  const lines = ["unit", "yunit", "zunit", "spacing"].flatMap((key) =>
    typeof said[key] === "string" || typeof said[key] === "number" ? [[key, String(said[key])] as const] : [],
  );
  return {
    shape: lengths(path, said.shape),
    axes: typeof said.axes === "string" ? said.axes : null,
    lines: new Map(lines),
  };
}

function lengths(path: string, shape: unknown): number[] {
  const found = Array.isArray(shape) ? shape.map(Number) : [];
  if (found.length > 0 && found.every((count) => Number.isSafeInteger(count) && count >= 1)) return found;
  throw new Unreadable(
    path,
    `its description says the shape ${JSON.stringify(shape)?.slice(0, 80)}; whole numbers above 0 are due.`,
  );
}

/**
 * Voxel size from ImageJ's lines, tifffile's or an OME block; null when none says it. The resolution tags alone are not
 * taken: many programs write 72 dots per inch into them without a meaning.
 */
export function tiffVoxelSize(path: string, description: TiffDescription, slices: number): VoxelSize | null {
  const lines = imageJ(description) ?? shaped(path, description)?.lines ?? null;
  if (lines !== null) return imageJSize(lines, description.resolution, slices);
  return omeSize(description.text, slices);
}

function imageJSize(
  lines: ReadonlyMap<string, string>,
  [perX, perY]: readonly [number, number],
  slices: number,
): VoxelSize | null {
  const unit = lines.get("unit") ?? "";
  const x = edge(1 / perX, unit);
  const y = edge(1 / perY, lines.get("yunit") ?? unit);
  const spacing = lines.get("spacing");
  const z = spacing === undefined ? null : edge(Math.abs(Number(spacing)), lines.get("zunit") ?? unit);
  return complete(z, y, x, slices);
}

/** By the attributes of the first `Pixels` element; µm when a unit is left out, as OME has it. */
function omeSize(text: string, slices: number): VoxelSize | null {
  const [pixels] = elementsOf(text, "Pixels");
  if (pixels === undefined) return null;
  const along = (axis: string) => {
    const value = pixels.get(`PhysicalSize${axis}`);
    return value === undefined ? null : edge(Number(value), pixels.get(`PhysicalSize${axis}Unit`) ?? "um");
  };
  return complete(along("Z"), along("Y"), along("X"), slices);
}

/** A single slice is taken to be as thick as its pixels are wide when nothing is said. */
function complete(z: number | null, y: number | null, x: number | null, slices: number): VoxelSize | null {
  if (x === null || y === null) return null;
  if (z === null) return slices === 1 ? [x, y, x] : null;
  return [z, y, x];
}
