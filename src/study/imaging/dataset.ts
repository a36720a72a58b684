import { type DatasetCard, sameVoxelSize, voxelSizeWords } from "../../imaging/dataset-card.js";
import { readPicture } from "../../imaging/volume/files.js";
import type { Reading } from "../../imaging/volume/format.js";
import { readStored, type StoredPicture } from "../../imaging/volume/stored-picture.js";
import { Unreadable } from "../../imaging/volume/unreadable.js";
import { rescaled, resizedNote, type Shape, type Volume, type VoxelSize } from "../../imaging/volume/volume.js";
import { cardBeside, readDatasetCard } from "../../scenario/imaging/dataset-card.js";
import { asInput, InputRefused } from "../input-refused.js";
import type { ImagingWork } from "./imaging-work.js";

/** A picture that is to be read. */
export interface PictureAsked {
  readonly path: string;
  /** µm, z, y, x; that of the file or its card unless it is given. */
  readonly voxelSize?: VoxelSize | undefined;
  /** Dataset card; the one beside the picture unless it is given. */
  readonly card?: string | undefined;
  /** Which array, channel and time of a file that holds several. */
  readonly which: Partial<Reading>;
}

/** A volume with what is known of it. */
export interface Dataset {
  readonly volume: Volume;
  readonly card: DatasetCard | null;
  /** Path of the card. */
  readonly cardFile: string | null;
}

/** The card that was named, or the one beside the volume. @throws InputFault when it cannot be used. */
function cardOf(path: string, named: string | undefined): Pick<Dataset, "card" | "cardFile"> {
  const cardFile = named ?? cardBeside(path);
  return { card: cardFile === null ? null : readDatasetCard(cardFile), cardFile };
}

/** The path of that card, if there is one. */
export function cardFileOf(path: string, named: string | undefined): readonly string[] {
  return [named ?? cardBeside(path)].filter((file) => file !== null);
}

/**
 * How large a voxel is: as given, else as the file says, else as the card says.
 * @throws InputRefused when file and card differ and nobody decides
 */
export function voxelSizeOf(
  path: string,
  given: VoxelSize | undefined,
  inFile: VoxelSize | null,
  { card, cardFile }: Pick<Dataset, "card" | "cardFile">,
): VoxelSize | undefined {
  if (given !== undefined) return given;
  const onCard = card?.voxelSize ?? null;
  if (inFile === null) return onCard ?? undefined;
  if (onCard === null || sameVoxelSize(inFile, onCard)) return undefined;
  throw new InputRefused(
    `Reading ${path}: its voxels are ${voxelSizeWords(inFile)} by the file and ${voxelSizeWords(onCard)} by ${cardFile}. Say which with --voxel-size.`,
  );
}

/** A picture of the same voxels as another. @throws InputRefused */
export function checkSameVoxels(path: string, shape: Shape, whole: Shape, what: string): void {
  if (shape.every((count, axis) => count === whole[axis])) return;
  const [found, due] = [shape.join(" × "), whole.join(" × ")];
  throw new InputRefused(`Reading ${path}: found ${found} voxels; ${what} ${due}. Both are one picture.`);
}

/** What a reader asks for is, of labels, an option of another name. */
export async function askedOfLabels<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const reason = error.reason.replaceAll(/--(dataset|channel|time)\b/g, "--labels-$1");
    throw new Unreadable(error.path, reason, { cause: error });
  }
}

/** A dataset whose voxels lie in a store. */
export interface StoredDataset extends Pick<Dataset, "card" | "cardFile"> {
  readonly picture: StoredPicture;
}

/**
 * As `readDataset`, into room that was made.
 * @param otherwise asked how large a voxel is when neither file nor card says so
 */
export async function storedDataset(
  { path, voxelSize: given, card: named, which }: PictureAsked,
  { reading, scratch }: Pick<ImagingWork, "reading" | "scratch">,
  otherwise: () => Promise<VoxelSize | null> = async () => null,
): Promise<StoredDataset> {
  const found = cardOf(path, named);
  const picture = await asInput(() => readStored(path, (pages) => ({ ...which, ...reading(pages) }), scratch));
  const voxelSize = voxelSizeOf(path, given, picture.voxelSize, found) ?? picture.voxelSize ?? (await otherwise());
  if (voxelSize === null) throw new InputRefused(new Unreadable(path, noVoxelSize).message);
  const provenance = voxelSize === picture.voxelSize ? [] : [resizedNote(voxelSize, picture.voxelSize)];
  return { picture: { ...picture, voxelSize, provenance: [...picture.provenance, ...provenance] }, ...found };
}

/** Reads a volume with its card. @throws InputRefused, or InputFault for the card */
export async function readDataset({ path, voxelSize: given, card: named, which }: PictureAsked): Promise<Dataset> {
  const found = cardOf(path, named);
  const picture = await asInput(() => readPicture(path, which));
  const size = voxelSizeOf(path, given, picture.voxelSize, found);
  if (size !== undefined) return { volume: rescaled(picture, size), ...found };
  if (picture.voxelSize !== null) return { volume: { ...picture, voxelSize: picture.voxelSize }, ...found };
  throw new InputRefused(new Unreadable(path, noVoxelSize).message);
}

const noVoxelSize =
  'found no voxel size in it, and none on a dataset card. Say how large a voxel is: --voxel-size "398 nm", or "400 nm, 398 nm, 398 nm" for z, y, x.';
