/**
 * `synchrode`: the core, and what needs a machine with files: scenario files, runs into results folders, reports.
 */

export * from "./core.js";
export { OutputRefused } from "./folder/refused.js";
export { disk } from "./scenario/disk.js";
export type { InputFile } from "./scenario/input-file.js";
export { type LoadedScenario, loadScenario, readScenario } from "./scenario/load.js";

/**
 * Writes one self-contained page about the results in the first folder, with those in the others beside it. Figures are loaded when it is called.
 * @param folders results folders of runs, at least one, each with at least one finished charge.
 * @param out path of the HTML file.
 * @throws Error, RangeError when a folder's files are missing, broken, or have no finished charge.
 */
export async function buildReport(folders: readonly string[], out: string): Promise<void> {
  const report = await import("./report/run-report.js");
  await report.buildReport(folders, out);
}
