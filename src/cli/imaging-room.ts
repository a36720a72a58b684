import type { Command } from "commander";
import { fittingChunk, memoryNeed } from "../imaging/memory-need.js";
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
  const claimed = (shape: Shape, type: VoxelType) => checkNeed(shape, type, edge, most, terminal);
  if (edge === null) return { scratch: memory, slab: usualSlab, inParts: false, claimed, close: () => {} };
  const scratch = onDisk(out);
  return { scratch, slab: edge ** 3, inParts: true, claimed, close: scratch.close };
}

function checkNeed(shape: Shape, type: VoxelType, chunk: number | null, most: number, terminal: Terminal): void {
  const need = memoryNeed(shape, type, chunk);
  const millions = (voxelCount(shape) / 1e6).toFixed(1);
  const onDisk = need.disk > 0 ? ` and ${bytesText(need.disk)} on disk` : "";
  const said = `${millions} million voxels take about ${bytesText(need.memory)} of memory${onDisk}`;
  if (need.memory <= most) {
    terminal.err(`${said}.`);
    return;
  }
  const fits = fittingChunk(shape, type, most);
  const advice =
    fits === null || (chunk !== null && fits >= chunk)
      ? "Give more memory, or crop the volume."
      : `With --chunk ${fits} it takes about ${bytesText(memoryNeed(shape, type, fits).memory)}.`;
  throw new CommandFailed(2, `${said}; ${bytesText(most)} are allowed. ${advice}`);
}
