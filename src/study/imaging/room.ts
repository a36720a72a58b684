import { getHeapStatistics } from "node:v8";
import { fittingChunk, heapNeed, memoryNeed } from "../../imaging/memory-need.js";
import { onDisk } from "../../imaging/volume/disk-store.js";
import type { Reading } from "../../imaging/volume/format.js";
import { usualSlab } from "../../imaging/volume/slab.js";
import { memory, type Scratch } from "../../imaging/volume/store.js";
import { type Shape, type VoxelType, voxelCount } from "../../imaging/volume/volume.js";
import { bytesText } from "../../quantity/bytes.js";
import { InputRefused } from "../input-refused.js";

/** How much room a work on pictures may take. */
export interface RoomAsked {
  /** Edge in voxels of the cubes that are worked on at once while voxels lie on disk; null for all in memory. */
  readonly chunk: number | null;
  /** Bytes; the most memory to take. */
  readonly memory: number;
}

/** Where voxels are kept, and how many are worked on at once. */
export interface Room {
  readonly scratch: Scratch;
  /** voxels */
  readonly slab: number;
  /** Says what a picture takes before it is read. @throws InputRefused when that is too much */
  readonly claimed: NonNullable<Reading["claimed"]>;
  /** Asks for the tables of so many particles before they are made. @throws InputRefused when that is too much */
  readonly tables: (shape: Shape, type: VoxelType, particles: number) => void;
  close(): void;
}

/**
 * Opens room as it was asked for.
 * @param folder of the results, which is there: voxels on disk lie in it
 */
export function openRoom({ chunk, memory: most }: RoomAsked, folder: string, say: (text: string) => void): Room {
  const asked = {
    claimed: (shape: Shape, type: VoxelType) => say(checkNeed(shape, type, chunk, most, 0)),
    tables: (shape: Shape, type: VoxelType, particles: number) => {
      checkNeed(shape, type, chunk, most, particles);
      checkHeap(particles);
    },
  };
  if (chunk === null) return { scratch: memory, slab: usualSlab, ...asked, close: () => {} };
  const scratch = onDisk(folder);
  return { scratch, slab: chunk ** 3, ...asked, close: scratch.close };
}

/** What it takes, in words. @throws InputRefused when that is more than there is */
function checkNeed(shape: Shape, type: VoxelType, chunk: number | null, most: number, particles: number): string {
  const need = memoryNeed(shape, type, chunk, particles);
  const millions = (voxelCount(shape) / 1e6).toFixed(1);
  const onDisk = need.disk > 0 ? ` and ${bytesText(need.disk)} on disk` : "";
  const what = particles > 0 ? `${millions} million voxels with ${particles} particles` : `${millions} million voxels`;
  const said = `${what} take about ${bytesText(need.memory)} of memory${onDisk}`;
  if (need.memory <= most) return `${said}.`;
  const fits = fittingChunk(shape, type, most, particles);
  const advice =
    fits === null || (chunk !== null && fits >= chunk)
      ? `Give more memory${particles > 0 ? fewer : ", or crop the volume."}`
      : `With --chunk ${fits} it takes about ${bytesText(memoryNeed(shape, type, fits, particles).memory)}.`;
  throw new InputRefused(`${said}; ${bytesText(most)} are allowed. ${advice}`);
}

const fewer =
  ", crop the volume, or have fewer particles: segment --least-voxels drops small ones, and labels of single voxels are mostly noise.";

/** The engine ends the program where its own heap is full, however much memory there is. @throws InputRefused */
function checkHeap(particles: number): void {
  const [need, most] = [heapNeed(particles), getHeapStatistics().heap_size_limit];
  if (need <= most) return;
  throw new InputRefused(
    `The tables of ${particles} particles take about ${bytesText(need)} of the heap; Node allows ${bytesText(most)}. Set NODE_OPTIONS=--max-old-space-size=${Math.ceil((1.3 * need) / 2 ** 20)} (MiB)${fewer}`,
  );
}
