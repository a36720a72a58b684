import { type Command, Option } from "commander";
import type { Levels, Reading } from "../imaging/volume/format.js";
import type { PictureAsked } from "../study/imaging/dataset.js";
import { countOption } from "./given-value.js";
import { voxelSizeGiven } from "./imaging-options.js";

/** Words of the command line that say which voxels of a file are meant. */
export interface PictureOptions {
  readonly dataset?: string;
  readonly channel?: string;
  readonly time?: string;
  readonly levels?: Levels;
}

export function withPictureOptions(command: Command): Command {
  return command
    .option("--dataset <name>", "which array of an HDF5, NPZ, OME-Zarr or AmiraMesh file")
    .option("--channel <number>", "which of several channels of a file, from 1")
    .option("--time <number>", "which of several times of a file, from 1")
    .addOption(
      new Option(
        "--levels <which>",
        "numbers as they are stored, or as they are shown, where a TIFF or PNG shows 0 as white or has a palette",
      ).choices(["stored", "shown"]),
    );
}

/** The words as what a reader is told. @throws CommandFailed with status 2 */
function pictureReading({ dataset, channel, time, levels }: PictureOptions): Partial<Reading> {
  return {
    ...(dataset !== undefined && { dataset }),
    ...(channel !== undefined && { channel: countOption(channel, "--channel") }),
    ...(time !== undefined && { time: countOption(time, "--time") }),
    ...(levels !== undefined && { levels }),
  };
}

/** Words that say which numbers of a file of labels are meant. */
interface LabelOptions {
  readonly labelsDataset?: string;
  readonly labelsChannel?: string;
  readonly labelsTime?: string;
}

function withLabelOptions(command: Command): Command {
  return command
    .option("--labels-dataset <name>", "which array of the file of labels")
    .option("--labels-channel <number>", "which of its channels, from 1")
    .option("--labels-time <number>", "which of its times, from 1");
}

/** The same for labels: their numbers count as they are stored, whatever colours they are shown in. */
function labelReading({ labelsDataset, labelsChannel, labelsTime }: LabelOptions): Partial<Reading> {
  return {
    levels: "stored",
    ...(labelsDataset !== undefined && { dataset: labelsDataset }),
    ...(labelsChannel !== undefined && { channel: countOption(labelsChannel, "--labels-channel") }),
    ...(labelsTime !== undefined && { time: countOption(labelsTime, "--labels-time") }),
  };
}

/** Words of commands that take a picture and the labels of its particles. */
export interface LabelledOptions extends PictureOptions, LabelOptions, VoxelOptions {}

export function withLabelledOptions(command: Command): Command {
  return withVoxelOptions(withLabelOptions(withPictureOptions(command)));
}

/** The words as what is to be read. @throws CommandFailed with status 2 */
export function labelledAsked(path: string, labelPath: string, options: LabelledOptions) {
  return { picture: pictureAsked(path, options), labels: { path: labelPath, which: labelReading(options) } };
}

/** The words about a picture as what is to be read. @throws CommandFailed with status 2 */
export function pictureAsked(path: string, options: PictureOptions & VoxelOptions): PictureAsked {
  return { path, card: options.card, which: pictureReading(options), ...voxelSizeGiven(options) };
}

/** Words about how large a voxel is, and of what a picture is. */
export interface VoxelOptions {
  readonly voxelSize?: string;
  readonly card?: string;
}

export function withVoxelOptions(command: Command): Command {
  return command
    .option("--voxel-size <lengths>", 'edge of a voxel, such as "398 nm", or three for z, y, x')
    .option("--card <file>", "dataset card (default: NAME.card.yaml or card.yaml beside the volume)");
}
