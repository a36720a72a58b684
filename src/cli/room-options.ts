import type { Command } from "commander";
import type { RoomAsked } from "../study/imaging/room.js";
import { countOption } from "./given-value.js";
import { memoryOption } from "./memory-option.js";

/** Words of the command line about memory. */
export interface RoomOptions {
  readonly chunk?: string;
  readonly memory?: string;
}

export function withRoomOptions(command: Command): Command {
  return command
    .option("--chunk <voxels>", "keep voxels on disk and work on about a cube of this edge at once; the same result")
    .option("--memory <size>", 'most memory to take, such as "2 GB" (default: what the machine has free)');
}

/** The words as what is asked for. @throws CommandFailed with status 2 */
export function roomAsked({ chunk, memory }: RoomOptions): RoomAsked {
  return { chunk: chunk === undefined ? null : countOption(chunk, "--chunk"), memory: memoryOption(memory) };
}
