import { type MatterSettings, usualMatter } from "../imaging/attribute/matter-map.js";
import { type SegmentSettings, usualSegment } from "../imaging/segmentation/segment.js";
import { Unreadable } from "../imaging/volume/unreadable.js";
import type { VoxelSize } from "../imaging/volume/volume.js";
import { toSi } from "../scenario/units.js";
import { CommandFailed } from "./failure.js";

/** A length as text in µm. @throws CommandFailed with status 2 */
export function micrometres(text: string, option: string): number {
  const converted = toSi(text, "length");
  if (converted.ok && converted.value >= 0) return Number((1e6 * converted.value).toPrecision(12));
  const reason = converted.ok ? "a negative length" : converted.reason;
  throw new CommandFailed(
    2,
    `${option}: found ${text} (${reason}); allowed: a length with its unit, such as "398 nm".`,
  );
}

/** `398 nm`, or three lengths for z, y, x. */
export function voxelSizeOption(text: string): VoxelSize {
  const edges = text.split(",").map((part) => micrometres(part.trim(), "--voxel-size"));
  if ((edges.length !== 1 && edges.length !== 3) || edges.some((edge) => edge === 0)) {
    throw new CommandFailed(
      2,
      `--voxel-size: found ${text}; allowed: one length above 0, such as "398 nm", or three for z, y, x: "400 nm, 398 nm, 398 nm".`,
    );
  }
  return edges.length === 1 ? [edges[0]!, edges[0]!, edges[0]!] : [edges[0]!, edges[1]!, edges[2]!];
}

/** A plain number. @throws CommandFailed with status 2 */
export function numberOption(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new CommandFailed(2, `${option}: found ${text}; allowed: a number.`);
}

/** Pictures that cannot be used, and settings that do not fit them, are bad input. */
export async function asInput<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) throw new CommandFailed(2, error.message);
    throw error;
  }
}

/** Words of the command line that choose how particles are found. */
export interface SegmentOptions {
  readonly active: string;
  readonly binder: string;
  readonly threshold?: string;
  readonly closing?: string;
  readonly smoothing?: string;
  readonly separation?: string;
  readonly depth: string;
  readonly neckRatio?: string;
  readonly chunk?: string;
}

/** The words as settings. @throws CommandFailed with status 2 */
export function segmentSettings(options: SegmentOptions): SegmentSettings {
  const { closing, smoothing, separation, neckRatio, chunk } = options;
  return {
    ...usualSegment,
    ...matterSettings(options),
    depth: micrometres(options.depth, "--depth"),
    ...(closing !== undefined && { closing: micrometres(closing, "--closing") }),
    ...(smoothing !== undefined && { smoothing: micrometres(smoothing, "--smoothing") }),
    ...(separation !== undefined && { separation: micrometres(separation, "--separation") }),
    ...(neckRatio !== undefined && { neckRatio: numberOption(neckRatio, "--neck-ratio") }),
    ...(chunk !== undefined && { chunk: numberOption(chunk, "--chunk") }),
  };
}

/** Words that say which voxels are what. */
export function matterSettings(options: Pick<SegmentOptions, "active" | "binder" | "threshold">): MatterSettings {
  return {
    ...usualMatter,
    active: numberOption(options.active, "--active"),
    binder: options.binder === "none" ? null : numberOption(options.binder, "--binder"),
    threshold: options.threshold === undefined ? null : numberOption(options.threshold, "--threshold"),
  };
}
