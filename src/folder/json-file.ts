import { readFileSync } from "node:fs";
import { isPassing, machineFailure } from "./machine-failure.js";

/**
 * The object in a JSON file of the program's own; undefined where there is none, or another thing.
 * @throws MachineFailure where the machine cannot read it at present, so that nobody takes it for absent.
 */
export function jsonObjectIn(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : undefined;
  } catch (error) {
    if (isPassing(error)) throw machineFailure("Reading", path, error);
    return undefined;
  }
}
