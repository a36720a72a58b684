import { throwPassing } from "./machine-failure.js";
import { fileText } from "./read-file.js";

/**
 * The object in a JSON file of the program's own; undefined where there is none, or another thing.
 * @throws MachineFailure where the machine cannot read it at present, so that nobody takes it for absent.
 */
export function jsonObjectIn(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(fileText(path));
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : undefined;
  } catch (error) {
    throwPassing("Reading", path, error);
    return undefined;
  }
}
