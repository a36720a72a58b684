import { type MatterSettings, usualMatter } from "../imaging/matter/matter-map.js";
import { type SegmentSettings, usualSegment } from "../imaging/segmentation/segment.js";
import type { VoxelSize } from "../imaging/volume/volume.js";
import { CommandFailed } from "./failure.js";
import { countOption, micrometres, numberOption } from "./given-value.js";
import { filterOption, thresholdOption } from "./grey-options.js";

/** `398 nm`, or three lengths for z, y, x. */
function voxelSizeOption(text: string): VoxelSize {
  const edges = text.split(",").map((part) => micrometres(part.trim(), "--voxel-size"));
  if ((edges.length !== 1 && edges.length !== 3) || edges.some((edge) => edge === 0)) {
    throw new CommandFailed(
      2,
      `--voxel-size: found ${text}; allowed: one length above 0, such as "398 nm", or three for z, y, x: "400 nm, 398 nm, 398 nm".`,
    );
  }
  return edges.length === 1 ? [edges[0], edges[0], edges[0]] : [edges[0], edges[1], edges[2]];
}

/** `--voxel-size`, where it is given. @throws CommandFailed with status 2 */
export function voxelSizeGiven({ voxelSize }: { readonly voxelSize?: string }): { readonly voxelSize?: VoxelSize } {
  return voxelSize === undefined ? {} : { voxelSize: voxelSizeOption(voxelSize) };
}

/** Words of the command line that choose how particles are found. */
export interface SegmentOptions {
  readonly active: string;
  readonly binder: string;
  readonly threshold?: string;
  readonly filter?: string;
  readonly closing?: string;
  readonly smoothing?: string;
  readonly separation?: string;
  readonly depth: string;
  readonly neckRatio?: string;
  readonly leastVoxels?: string;
}

/** The words as settings. @throws CommandFailed with status 2 */
export function segmentSettings(options: SegmentOptions): SegmentSettings {
  const { closing, smoothing, separation, neckRatio, leastVoxels } = options;
  return {
    ...usualSegment,
    ...matterSettings(options),
    depth: micrometres(options.depth, "--depth"),
    ...(closing !== undefined && { closing: micrometres(closing, "--closing") }),
    ...(smoothing !== undefined && { smoothing: micrometres(smoothing, "--smoothing") }),
    ...(separation !== undefined && { separation: micrometres(separation, "--separation") }),
    ...(neckRatio !== undefined && { neckRatio: numberOption(neckRatio, "--neck-ratio") }),
    ...(leastVoxels !== undefined && { leastVoxels: countOption(leastVoxels, "--least-voxels") }),
  };
}

/** Options that say which voxels are what. */
export type MatterOption = "active" | "binder" | "threshold" | "filter";

/** Words that say which voxels are what. */
export function matterSettings(options: Pick<SegmentOptions, MatterOption>): MatterSettings {
  return {
    ...usualMatter,
    active: numberOption(options.active, "--active"),
    binder: options.binder === "none" ? null : numberOption(options.binder, "--binder"),
    threshold: options.threshold === undefined ? null : thresholdOption(options.threshold),
    ...(options.filter !== undefined && { filters: filterOption(options.filter) }),
  };
}
