import type { Reading } from "./format.js";
import { Unreadable } from "./unreadable.js";
import { type Shape, type VoxelType, voxelBytes, voxelCount } from "./volume.js";

/** How much may be read into memory at once, bytes. */
export const usualCapacity = 8 * 2 ** 30;

/** No lossless method used in images packs more tightly: Deflate reaches 1,032 to 1, LZW of 12 bits 1,370. */
const tightest = 1400;

/** What a file says about its voxels, before memory is asked for. */
export interface Claim {
  readonly path: string;
  readonly shape: Shape;
  readonly type: VoxelType;
  /** Bytes a voxel takes in the file, when it is not the type's own. */
  readonly bytesPerVoxel?: number;
  /** Bytes in the file that can hold voxels. */
  readonly stored: number;
  readonly packed: boolean;
  readonly reading: Pick<Reading, "capacity" | "claimed">;
}

/**
 * Lets a claim pass if the file can hold what its header says and memory can take it, and tells who asked for it.
 * @throws Unreadable
 */
export function checkClaim({ path, shape, type, bytesPerVoxel, stored, packed, reading }: Claim): void {
  const said = `a header that says ${shape.join(" × ")} voxels of ${type}`;
  if (shape.some((count) => !Number.isSafeInteger(count) || count < 1)) {
    throw new Unreadable(path, `found ${said}; each axis has at least one voxel.`);
  }
  const count = voxelCount(shape);
  if (count > 2 ** 31 - 1) throw new Unreadable(path, `found ${said}; at most 2,147,483,647 can be numbered.`);
  const needed = count * (bytesPerVoxel ?? voxelBytes[type]);
  if (needed > stored * (packed ? tightest : 1)) {
    throw new Unreadable(path, `found ${said}, but only ${stored} bytes of them; the file is cut short or damaged.`);
  }
  const { capacity, claimed } = reading;
  claimed?.(shape, type);
  const memory = count * voxelBytes[type];
  if (memory > capacity) {
    throw new Unreadable(
      path,
      `found ${said}, ${(memory / 2 ** 30).toFixed(1)} GiB; at most ${(capacity / 2 ** 30).toFixed(1)} GiB are read at once. Cut the volume into parts.`,
    );
  }
}
