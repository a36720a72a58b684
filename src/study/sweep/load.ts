import { createHash } from "node:crypto";
import { fileBytes } from "../../folder/read-file.js";
import { scenarioHash } from "../../result/manifest.js";
import type { Layered } from "../../scenario/base.js";
import { readLayered } from "../../scenario/base.js";
import { disk } from "../../scenario/disk.js";
import { readDocument } from "../../scenario/document.js";
import { readDocumentFile } from "../../scenario/document-file.js";
import { type Fault, InputFault } from "../../scenario/faults.js";
import { resolveLayered } from "../../scenario/read.js";
import { besides, note, type Reading, readAt } from "../../scenario/reading.js";
import type { Scenario } from "../../scenario/scenario.js";
import { type Axis, partPlaces, resolveAxis } from "./axis.js";
import { designPoints } from "./design.js";
import { keyFault } from "./known-key.js";
import type { Level } from "./level.js";
import { type RegimesFile, type SweepFile, sweepFile } from "./schema.js";
import { type Setting, withSettings } from "./setting.js";

/** One row of a sweep: a scenario with the values that it differs in. */
export interface SweepRun {
  /** Counted from 1 in the order of the design. */
  readonly run: number;
  readonly replicate: number;
  readonly seed: number;
  /** A level of each axis. */
  readonly levels: readonly Level[];
  readonly settings: readonly Setting[];
  /** Hash of the resolved scenario: where its results are kept. */
  readonly hash: string;
}

/** A sweep with every run resolved and found right. */
export interface Sweep {
  readonly title: string;
  readonly file: string;
  readonly sha256: string;
  readonly scenarioFile: string;
  readonly design: SweepFile["design"];
  readonly samples: number | undefined;
  readonly seed: number | undefined;
  readonly replicates: number;
  readonly metrics: readonly string[] | undefined;
  readonly regimes: RegimesFile | undefined;
  readonly axes: readonly Axis[];
  readonly runs: readonly SweepRun[];
}

/** Faults told at once; a wrong axis would repeat its own for every run. */
const mostFaults = 20;

/**
 * Reads and checks a sweep file, and every scenario it leads to.
 * @param see is shown each resolved scenario, in the order of the runs.
 * @throws InputFault with what is wrong in the sweep or in its scenarios.
 */
export function readSweep(path: string, see: (scenario: Scenario, run: SweepRun) => void = () => {}): Sweep {
  const { said: file, reading } = readDocumentFile(path, sweepFile, "sweep");
  const axes = Object.entries(file.axes).flatMap(([key, axis]) => resolveAxis(key, axis, reading) ?? []);
  const fixed = fixedSettings(file, reading);
  if (file.replicates > 1 && axes.some(({ key }) => key === "seed"))
    note(reading, ["replicates"], { allowed: "1 with an axis over seed: replicates differ in their seed" });
  checkRegimes(file, reading);
  const scenarioFile = besides(reading, ["scenario"], file.scenario);
  const layered = readAt(reading, ["scenario"], () => readLayered(disk, scenarioFile));
  const points = reading.faults.length === 0 ? designPoints(file, axes, reading) : [];
  if (reading.faults.length > 0 || !layered) throw new InputFault(reading.faults);
  const runs = resolveRuns({ file, axes, fixed, points, layered, scenarioFile, reading }, see);
  const { title = "Untitled", design, samples, seed, replicates, metrics, regimes } = file;
  const sha256 = createHash("sha256").update(fileBytes(path)).digest("hex");
  const made = { design, samples, seed, replicates, metrics, regimes };
  return { title, file: path, sha256, scenarioFile, ...made, axes, runs };
}

/** A map needs two different axes of a grid. */
function checkRegimes({ regimes, axes, design }: SweepFile, reading: Reading): void {
  if (regimes === undefined) return;
  for (const side of ["across", "up"] as const)
    if (!Object.hasOwn(axes, regimes[side]))
      note(reading, ["regimes", side], { allowed: `the key of an axis: ${Object.keys(axes).join(", ")}` });
  if (regimes.across === regimes.up) note(reading, ["regimes", "up"], { allowed: "another axis than across" });
  if (design !== "grid") note(reading, ["regimes"], { allowed: "a map in a design of kind grid" });
}

function fixedSettings(file: SweepFile, reading: Reading): Setting[] {
  return Object.entries(file.set).map(([key, value]) => {
    const wrong = keyFault(key);
    if (wrong) note(reading, ["set", key], wrong);
    if (Object.hasOwn(file.axes, key)) note(reading, ["set", key], { allowed: "keys that are no axis" });
    return { key, value, places: partPlaces(reading, ["set", key]) };
  });
}

interface Plan {
  readonly file: SweepFile;
  readonly axes: readonly Axis[];
  readonly fixed: readonly Setting[];
  readonly points: readonly (readonly Level[])[];
  readonly layered: Layered;
  readonly scenarioFile: string;
  readonly reading: Reading;
}

function resolveRuns(plan: Plan, see: (scenario: Scenario, run: SweepRun) => void): SweepRun[] {
  const { axes, fixed, points, layered, scenarioFile } = plan;
  const base = withSettings(layered, fixed);
  const faults = new Map<string, Fault>();
  const runs: SweepRun[] = [];
  for (const levels of points) {
    for (let replicate = 1; replicate <= plan.file.replicates; replicate++) {
      const varied = axes.map((axis, k) => settingOf(axis, levels[k]));
      const settings = [...varied, ...seedSettings(plan, replicate)];
      const resolved = resolveRun(withNoted(base, settings, faults), scenarioFile, faults);
      if (!resolved) continue;
      const { seed } = resolved;
      const own = { run: runs.length + 1, replicate, seed, levels, settings: [...fixed, ...settings] };
      runs.push({ ...own, hash: scenarioHash(resolved) });
      see(resolved, runs.at(-1)!);
    }
    if (faults.size >= mostFaults) break;
  }
  if (faults.size > 0) throw new InputFault([...faults.values()].slice(0, mostFaults));
  return runs;
}

function settingOf(axis: Axis, level: Level): Setting {
  return { key: axis.key, value: level.value, places: axis.places(level) };
}

/** Replicates have consecutive seeds, the same at every point, so that points are compared on equal draws. */
function seedSettings({ file, fixed, layered, reading }: Plan, replicate: number): Setting[] {
  if (file.replicates === 1) return [];
  const own = fixed.find(({ key }) => key === "seed")?.value ?? (layered.value as { seed?: unknown }).seed;
  const first = file.seed ?? (typeof own === "number" ? own : 1);
  const value = (first + replicate - 1) % 2 ** 32;
  return [{ key: "seed", value, places: partPlaces(reading, ["replicates"]) }];
}

function withNoted(base: Layered, settings: readonly Setting[], faults: Map<string, Fault>): Layered | undefined {
  return noting(faults, () => withSettings(base, settings));
}

function resolveRun(layered: Layered | undefined, file: string, faults: Map<string, Fault>): Scenario | undefined {
  return layered && noting(faults, () => resolveLayered(disk, layered, file).scenario);
}

/** A fault that many runs share is kept once. */
function noting<T>(faults: Map<string, Fault>, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    for (const fault of error.faults) {
      const what = [fault.key, fault.found, fault.allowed].join("\n");
      if (!faults.has(what)) faults.set(what, fault);
    }
    return undefined;
  }
}

/** Whether a file looks like a sweep rather than a scenario. */
export function isSweepFile(path: string): boolean {
  const { value } = readDocument(disk, path);
  if (typeof value !== "object" || value === null) return false;
  return Object.hasOwn(value, "axes") || (Object.hasOwn(value, "scenario") && !Object.hasOwn(value, "protocol"));
}
