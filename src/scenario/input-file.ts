import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A file that went into a scenario. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function inputFile(path: string): InputFile {
  const bytes = readFileSync(path);
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
