import { closeSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { writeAtomically } from "./atomic-file.js";
import { onFile } from "./machine-failure.js";
import { makeFolder } from "./make-folder.js";
import { OutputRefused } from "./refused.js";
import { sameFile } from "./same-file.js";

/** What makes a file one of a command's own. */
export interface FileKind {
  readonly command: string;
  /** Whether the command has written a file, by how it begins (8 KB). */
  readonly wrote: (head: string) => boolean;
}

/** Every kind of single file that this program writes. */
export const fileKinds = {
  networkScenario: {
    command: "synchrode network",
    wrote: (head) => /^# Particles of .*, SHA-256 [0-9a-f]{64}\.$/m.test(head) && /^fidelity: network$/m.test(head),
  },
  mesh: {
    command: "synchrode mesh",
    wrote: (head) =>
      /^\$PhysicalNames[\s\S]*"interface-(particle|binder)-\d/m.test(head) ||
      /^<VTKFile type="UnstructuredGrid"[\s\S]*<PointData>\s*<\/PointData>[\s\S]*Name="Region"/m.test(head),
  },
  model: { command: "synchrode train", wrote: (head) => /^\{\s*"format": "synchrode U-Net /.test(head) },
  page: { command: "synchrode", wrote: (head) => /^<!doctype html>[\s\S]* – Synchrode<\/title>/.test(head) },
} as const satisfies Readonly<Record<string, FileKind>>;

/**
 * The one rule for every command that writes a single file: nothing is there, or a file that the same command has written,
 * and it is none of the inputs. Nothing is written here.
 * @throws OutputRefused
 */
export function checkFile(path: string, { command, wrote }: FileKind, inputs: readonly string[]): void {
  const found = onFile("Looking at", path, () => statSync(path, { throwIfNoEntry: false }));
  if (found === undefined) return;
  const allowed = `allowed: a new file, or one that ${command} has written; give another --out`;
  if (found.isDirectory()) throw new OutputRefused(path, "a folder", allowed);
  if (!found.isFile()) throw new OutputRefused(path, "no ordinary file", allowed);
  const input = inputs.find((each) => sameFile(each, path));
  if (input !== undefined)
    throw new OutputRefused(path, `the input ${input}, which would be replaced`, "give another --out");
  if (found.size > 0 && !wrote(headOf(path)))
    throw new OutputRefused(path, `a file that ${command} has not written`, `${allowed}, or move the file away`);
}

/** Writes a single file under that rule, with the folders on the way to it. @throws OutputRefused, MachineFailure */
export function writeOutput(path: string, kind: FileKind, inputs: readonly string[], content: string | Uint8Array) {
  checkFile(path, kind, inputs);
  makeFolder(dirname(path));
  writeAtomically(path, content);
}

/** The first 8 KB of a file. @throws MachineFailure */
export function headOf(path: string): string {
  return onFile("Looking at", path, () => {
    const handle = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(8192);
      return bytes.toString("utf8", 0, readSync(handle, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(handle);
    }
  });
}
