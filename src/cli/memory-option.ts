import { bytesIn, byteUnits } from "../quantity/bytes.js";
import { machineMemory } from "../study/machine-memory.js";
import { CommandFailed } from "./failure.js";

/** `--memory`: the most bytes to take, or what the machine has free. @throws CommandFailed with status 2 */
export function memoryOption(text: string | undefined): number {
  if (text === undefined) return machineMemory();
  const bytes = bytesIn(text);
  if (bytes !== undefined) return bytes;
  throw new CommandFailed(
    2,
    `--memory: found ${text}; allowed: a number with one of ${Object.keys(byteUnits).join(", ")}, such as "2 GB".`,
  );
}
