import { createHash } from "node:crypto";
import { fileBytes } from "../folder/read-file.js";

/** A file that went into a scenario. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function inputFile(path: string): InputFile {
  const bytes = fileBytes(path);
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
