import { getHeapStatistics } from "node:v8";
import type { Command } from "commander";
import { fittingChunk, heapNeed, memoryNeed } from "../imaging/memory-need.js";
import { onDisk } from "../imaging/volume/disk-store.js";
import type { Reading } from "../imaging/volume/format.js";
import { usualSlab } from "../imaging/volume/slab.js";
import { memory, type Scratch } from "../imaging/volume/store.js";
import { type Shape, type VoxelType, voxelCount } from "../imaging/volume/volume.js";
import { CommandFailed } from "./failure.js";
import { countOption } from "./given-value.js";
import { bytesOption, bytesText, machineMemory } from "./machine-memory.js";
import type { Terminal } from "./terminal.js";

/** Words of the command line about memory. */
export interface RoomOptions {
  readonly chunk?: string;
  readonly memory?: string;
  readonly out: string;
}

/** Where a command keeps its voxels, and how many it works on at once. */
export interface Room {
  readonly scratch: Scratch;
  /** voxels */
  readonly slab: number;
  /** Whether voxels lie on disk. */
  readonly inParts: boolean;
  /** Says what a picture takes before it is read. @throws CommandFailed with status 2 when that is too much */
  readonly claimed: NonNullable<Reading["claimed"]>;
  /** Asks for the tables of so many particles before they are made. @throws CommandFailed with status 2 when that is too much */
  readonly tables: (shape: Shape, type: VoxelType, particles: number) => void;
  close(): void;
}

export function withRoomOptions(command: Command): Command {
  return command
    .option("--chunk <voxels>", "keep voxels on disk and work on about a cube of this edge at once; the same result")
    .option("--memory <size>", 'most memory to take, such as "2 GB" (default: what the machine has free)');
}

/** Opens room as it was asked for; on disk in the folder of the results, which is there. */
export function openRoom({ chunk, memory: limit, out }: RoomOptions, terminal: Terminal): Room {
  const edge = chunk === undefined ? null : countOption(chunk, "--chunk");
  const most = limit === undefined ? machineMemory() : bytesOption(limit, "--memory");
  const asked = {
    claimed: (shape: Shape, type: VoxelType) => terminal.err(checkNeed(shape, type, edge, most, 0)),
    tables: (shape: Shape, type: VoxelType, particles: number) => {
      checkNeed(shape, type, edge, most, particles);
      checkHeap(particles);
    },
  };
  if (edge === null) return { scratch: memory, slab: usualSlab, inParts: false, ...asked, close: () => {} };
  const scratch = onDisk(out);
  return { scratch, slab: edge ** 3, inParts: true, ...asked, close: scratch.close };
}

/** What it takes, in words. @throws CommandFailed with status 2 when that is more than there is */
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
  throw new CommandFailed(2, `${said}; ${bytesText(most)} are allowed. ${advice}`);
}

const fewer =
  ", crop the volume, or have fewer particles: segment --least-voxels drops small ones, and labels of single voxels are mostly noise.";

/** The engine ends the program where its own heap is full, however much memory there is. @throws CommandFailed with status 2 */
function checkHeap(particles: number): void {
  const [need, most] = [heapNeed(particles), getHeapStatistics().heap_size_limit];
  if (need <= most) return;
  throw new CommandFailed(
    2,
    `The tables of ${particles} particles take about ${bytesText(need)} of the heap; Node allows ${bytesText(most)}. Set NODE_OPTIONS=--max-old-space-size=${Math.ceil((1.3 * need) / 2 ** 20)} (MiB)${fewer}`,
  );
}
