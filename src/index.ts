/**
 * `synchrode`: the core, and what needs a machine with files: scenario files, runs into results folders, reports.
 */

import type { ParticlesFound } from "./result/particle-folder.js";
import type { ImagingWatch } from "./study/imaging/imaging-work.js";
import type { Measuring } from "./study/imaging/measure.js";
import type { Segmenting } from "./study/imaging/segment.js";

export * from "./core.js";
export { OutputRefused } from "./folder/refused.js";
export type { Fusion } from "./imaging/fusion/probability.js";
export type { MatterSettings } from "./imaging/matter/matter-map.js";
export type { Part } from "./imaging/steps/steps.js";
export type { ParticlesFound } from "./result/particle-folder.js";
export { disk } from "./scenario/disk.js";
export type { InputFile } from "./scenario/input-file.js";
export { type LoadedScenario, loadScenario, readScenario } from "./scenario/load.js";
export type { PictureAsked } from "./study/imaging/dataset.js";
export type { ImagingWatch } from "./study/imaging/imaging-work.js";
export { StoppedKeeping } from "./study/imaging/kept-results.js";
export type { Measuring, MeasuringSettings } from "./study/imaging/measure.js";
export type { RoomAsked } from "./study/imaging/room.js";
export type { Segmenting } from "./study/imaging/segment.js";
export type { ProbabilityFusion, ViewFile, ViewsSeen } from "./study/imaging/views.js";
export { InputRefused } from "./study/input-refused.js";

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

/**
 * Finds the particles in a tomogram and measures them, into a folder, as `synchrode segment` does. What it needs is loaded when it is called.
 * @returns the headline of `summary.json`
 * @throws InputRefused for pictures and settings that cannot be used; OutputRefused; StoppedKeeping after the signal
 */
export async function segmentTomogram(asked: Segmenting, watch: ImagingWatch): Promise<ParticlesFound> {
  const { segment } = await import("./study/imaging/segment.js");
  return segment(asked, watch);
}

/**
 * Measures labelled particles into a folder, as `synchrode measure` does. What it needs is loaded when it is called.
 * @returns the headline of `summary.json`
 * @throws InputRefused for pictures and settings that cannot be used; OutputRefused; StoppedKeeping after the signal
 */
export async function measureParticles(asked: Measuring, watch: ImagingWatch): Promise<ParticlesFound> {
  const { measure } = await import("./study/imaging/measure.js");
  return measure(asked, watch);
}
