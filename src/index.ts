/**
 * `synchrode`: the core, and what needs a machine with files: scenario files, runs into results folders, reports.
 */

export * from "./core.js";
export { OutputRefused } from "./folder/refused.js";
export { buildReport } from "./report/report.js";
export { disk } from "./scenario/disk.js";
export type { InputFile } from "./scenario/input-file.js";
export { type LoadedScenario, loadScenario, readScenario } from "./scenario/load.js";
