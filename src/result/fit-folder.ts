import { join } from "node:path";
import { writeJson } from "../folder/json-file.js";
import type { FitRecord } from "../inference/fit/record.js";
import { fitFile } from "./result-files.js";
import { resultJson } from "./result-text.js";

/** @throws MachineFailure */
export function writeFit(folder: string, record: FitRecord): void {
  writeJson(join(folder, fitFile), record);
}

/** @throws Error when it is missing or broken; MachineFailure for what passes */
export function readFit(folder: string): FitRecord {
  return resultJson<FitRecord>(join(folder, fitFile));
}
