import { edge } from "./length-unit.js";
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

/**
 * Voxel size from ImageJ's lines or an OME block; null when neither says it. The resolution tags alone are not taken:
 * many programs write 72 dots per inch into them without a meaning.
 */
export function tiffVoxelSize(description: TiffDescription, slices: number): VoxelSize | null {
  const lines = imageJ(description);
  if (lines !== null) return imageJSize(lines, description.resolution, slices);
  return description.text.includes("<OME") ? omeSize(description.text, slices) : null;
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

/** The attributes of the first `Pixels` element; a namespace before its name may stand. */
function omeSize(text: string, slices: number): VoxelSize | null {
  const pixels = /<(?:\w+:)?Pixels\s[^>]*>/.exec(text)?.[0];
  if (pixels === undefined) return null;
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(pixels)?.[1];
  const along = (axis: string) => {
    const value = attribute(`PhysicalSize${axis}`);
    return value === undefined ? null : edge(Number(value), decoded(attribute(`PhysicalSize${axis}Unit`)));
  };
  return complete(along("Z"), along("Y"), along("X"), slices);
}

/** `&#181;m` → `µm`; µm when the unit is left out, as OME has it. */
function decoded(unit: string | undefined): string {
  return (unit ?? "um").replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
    String.fromCodePoint(Number.parseInt(code, hex === "" ? 10 : 16)),
  );
}

/** A single slice is taken to be as thick as its pixels are wide when nothing is said. */
function complete(z: number | null, y: number | null, x: number | null, slices: number): VoxelSize | null {
  if (x === null || y === null) return null;
  if (z === null) return slices === 1 ? [x, y, x] : null;
  return [z, y, x];
}
