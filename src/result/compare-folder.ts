import { join } from "node:path";
import { clearFolder } from "../folder/clear-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { writeJson } from "../folder/json-file.js";
import type { CompareRecord } from "../inference/compare/record.js";
import { compareFile } from "./result-files.js";
import { resultJson } from "./result-text.js";

/** In place of an earlier comparison. @param folder claimed @throws MachineFailure */
export function writeComparison(folder: string, record: CompareRecord): void {
  clearFolder(folder, folderKinds.compare, compareFile);
  writeJson(join(folder, compareFile), record);
}

/** @throws Error when it is missing or broken; MachineFailure for what passes */
export function readComparison(folder: string): CompareRecord {
  return resultJson<CompareRecord>(join(folder, compareFile));
}
