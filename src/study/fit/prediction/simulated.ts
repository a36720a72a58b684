import * as z from "zod";
import type { FitParameter } from "../../../inference/fit/parameter.js";
import type { Outcome, Predict, PredictedValues } from "../../../inference/fit/problem.js";
import { scenarioHash } from "../../../result/manifest.js";
import { type Layered, readLayered } from "../../../scenario/base.js";
import { disk } from "../../../scenario/disk.js";
import { InputFault } from "../../../scenario/faults.js";
import { resolveLayered } from "../../../scenario/read.js";
import { besides, note, type Reading, readAt } from "../../../scenario/reading.js";
import { text } from "../../../schema/leaf.js";
import { partPlaces } from "../../sweep/axis.js";
import { type Job, jobOf, runFolder, runState } from "../../sweep/job.js";
import { keyFault } from "../../sweep/known-key.js";
import { rounded, writtenMagnitude } from "../../sweep/level.js";
import { type Setting, withSettings } from "../../sweep/setting.js";
import type { Tools } from "./contract.js";

/** What every prediction by a scenario has in its section. */
export const scenarioKeys = {
  scenario: text("the path of a scenario file, relative to this one"),
  set: z.record(z.string(), z.unknown(), { error: "a mapping of dotted scenario keys to values" }).default({}),
};

interface ScenarioFileKeys {
  readonly scenario: string;
  readonly set: Readonly<Record<string, unknown>>;
}

/** Notes parameters that are no keys of scenarios, or are held under `set` as well. */
export function checkKeys({ set }: ScenarioFileKeys, parameters: readonly FitParameter[], reading: Reading): void {
  for (const { name } of parameters) {
    const wrong = keyFault(name);
    if (wrong) note(reading, ["parameters", name], wrong);
    if (Object.hasOwn(set, name)) note(reading, ["predict", "set", name], { allowed: "keys that are not fitted" });
  }
  for (const key of Object.keys(set)) {
    const wrong = keyFault(key);
    if (wrong) note(reading, ["predict", "set", key], wrong);
  }
}

/** A scenario with everything set but the fitted parameters. */
export interface Simulated {
  readonly scenarioFile: string;
  /** With `fixed` laid over it. */
  readonly layered: Layered;
  readonly fixed: readonly Setting[];
  readonly parameters: readonly FitParameter[];
  readonly reading: Reading;
}

/**
 * Reads the scenario of a section, and resolves it at the start of the parameters once, so that what is wrong is told
 * before anything runs. Undefined when something was noted.
 * @param variants settings that tell the simulations of one evaluation apart
 */
export function simulatedBy(
  file: ScenarioFileKeys,
  parameters: readonly FitParameter[],
  variants: readonly (readonly Setting[])[],
  reading: Reading,
): Simulated | undefined {
  const path = ["predict", "scenario"];
  const scenarioFile = besides(reading, path, file.scenario);
  const layered = readAt(reading, path, () => readLayered(disk, scenarioFile));
  if (!layered) return undefined;
  const fixed = Object.entries(file.set).map(
    ([key, value]): Setting => ({ key, value, places: partPlaces(reading, ["predict", "set", key]) }),
  );
  const before = reading.faults.length;
  const simulated = readAt(reading, path, () => {
    const found = { scenarioFile, layered: withSettings(layered, fixed), fixed, parameters, reading };
    const starts = parameters.map(({ start }) => start);
    for (const variant of variants)
      resolveLayered(disk, withSettings(found.layered, settingsAt(found, starts, variant)), scenarioFile);
    reading.files.push(...layered.files);
    return found;
  });
  return reading.faults.length > before ? undefined : simulated;
}

function settingsAt(
  { parameters, reading }: Pick<Simulated, "parameters" | "reading">,
  values: readonly number[],
  variant: readonly Setting[],
): Setting[] {
  const own = parameters.map(({ name, unit }, k): Setting => {
    const value = writtenMagnitude({ number: rounded(values[k]), unit });
    return { key: name, value, places: partPlaces(reading, ["parameters", name]) };
  });
  return [...own, ...variant];
}

/** What one evaluation makes of the folders of its finished simulations, one a variant. */
export type ReadRuns = (folders: readonly string[]) => PredictedValues;

type Planned = { readonly job: Job } | { readonly reason: string };

/**
 * Predictions by simulation, every scenario in a folder by its hash: what is there, done or failed, is not computed
 * again. All simulations of a batch run in parallel.
 */
export function simulatedPredict(
  simulated: Simulated,
  variants: readonly (readonly Setting[])[],
  read: ReadRuns,
  { folder, engine, watch }: Tools,
): Predict {
  return async (points) => {
    const plans = points.map((values) => variants.map((variant) => planned(simulated, values, variant)));
    const jobs = new Map(plans.flat().flatMap((plan) => ("job" in plan ? [[plan.job.hash, plan.job] as const] : [])));
    const open = [...jobs.values()].filter(({ hash }) => runState(folder, hash).status === "open");
    const left = open.length === 0 ? new Map<string, string>() : await engine(open, watch);
    return plans.map((plan) => outcomeOf(plan, folder, left, read));
  };
}

function planned(simulated: Simulated, values: readonly number[], variant: readonly Setting[]): Planned {
  const { layered, fixed, scenarioFile } = simulated;
  const settings = settingsAt(simulated, values, variant);
  try {
    const { scenario } = resolveLayered(disk, withSettings(layered, settings), scenarioFile);
    return { job: jobOf({ hash: scenarioHash(scenario), settings: [...fixed, ...settings] }, scenarioFile) };
  } catch (error) {
    if (error instanceof InputFault) return { reason: error.message };
    throw error;
  }
}

function outcomeOf(
  plan: readonly Planned[],
  folder: string,
  left: ReadonlyMap<string, string>,
  read: ReadRuns,
): Outcome {
  const folders: string[] = [];
  for (const each of plan) {
    if ("reason" in each) return { ok: false, reason: each.reason };
    const { hash } = each.job;
    const { status, manifest } = runState(folder, hash);
    if (status !== "done") return { ok: false, reason: manifest?.message ?? left.get(hash) ?? "it was not computed" };
    folders.push(runFolder(folder, hash));
  }
  try {
    const found = read(folders);
    if (found.values.every(Number.isFinite)) return { ok: true, ...found };
    return { ok: false, reason: "what was simulated gives no number" };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
