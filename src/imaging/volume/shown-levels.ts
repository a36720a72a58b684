import type { Levels } from "./format.js";
import { Unreadable } from "./unreadable.js";
import type { Voxels } from "./volume.js";
import { typeFor, type Words } from "./voxel-words.js";

/** How the stored numbers of a picture are shown. */
export interface Shown {
  /** Whether 0 is white. */
  readonly whiteIsZero: boolean;
  /** Red, green and blue of each number, one list behind the other, of 8 or 16 bits; null without a palette. */
  readonly palette: readonly number[] | null;
  readonly bits: number;
  readonly kind: Words["kind"];
}

/** Makes shown numbers of stored ones, in place; null where they are the same. */
export type Showing = ((data: Voxels) => void) | null;

/**
 * What stored numbers become. Numbers that are shown turned over or in colours may be labels, or grey levels: the user says.
 * @throws Unreadable which says how to choose
 */
export function showing(path: string, shown: Shown, levels: Levels | undefined): Showing {
  if (levels === "stored") return null;
  const { palette, whiteIsZero } = shown;
  if (palette !== null) return ofPalette(path, palette, levels);
  if (!whiteIsZero) return null;
  if (levels === undefined)
    throw new Unreadable(
      path,
      "found 0 shown as white (WhiteIsZero). Say what counts: --levels shown turns grey levels over, so that brighter is higher; --levels stored takes the numbers as they are (labels, and masks of ImageJ).",
    );
  const type = typeFor(path, { kind: shown.kind, bytes: Math.ceil(shown.bits / 8) });
  if (type !== "u8" && type !== "u16")
    throw new Unreadable(
      path,
      `found ${shown.bits}-bit ${shown.kind} numbers with 0 shown as white; only those of up to 16 bits without a sign are turned over. --levels stored takes them as they are.`,
    );
  const top = 2 ** shown.bits - 1;
  return (data) => {
    for (let k = 0; k < data.length; k++) data[k] = top - (data[k] as number);
  };
}

function ofPalette(path: string, palette: readonly number[], levels: Levels | undefined): Showing {
  const count = palette.length / 3;
  const isGrey = Array.from({ length: count }, (_, k) => k).every(
    (k) => palette[k] === palette[count + k] && palette[k] === palette[2 * count + k],
  );
  const narrow = palette.every((value) => value < 256);
  const grey = Uint16Array.from(palette.slice(0, count), (value) => (narrow ? value : value >> 8));
  if (isGrey && grey.every((value, k) => value === k)) return null;
  const stored = "--levels stored takes the number of each colour (labels, phases)";
  if (!isGrey)
    throw new Unreadable(
      path,
      `found colours from a palette, which are no grey levels: ${stored}; else save it in grey: in ImageJ Image > Type > 8-bit.`,
    );
  if (levels === undefined)
    throw new Unreadable(
      path,
      `found grey levels from a palette, in another order than their numbers: ${stored}; --levels shown takes the grey.`,
    );
  return (data) => {
    for (let k = 0; k < data.length; k++) data[k] = grey[data[k] as number] as number;
  };
}
