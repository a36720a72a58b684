import type { ControlName } from "../../inference/controls.js";
import { controlsFolder } from "../../result/control-runs.js";
import { scenarioHash } from "../../result/manifest.js";
import { readLayered } from "../../scenario/base.js";
import { disk } from "../../scenario/disk.js";
import { InputFault } from "../../scenario/faults.js";
import { resolveLayered } from "../../scenario/read.js";
import type { Scenario } from "../../scenario/scenario.js";
import { type Cost, costOf } from "../cost.js";
import { type Job, jobOf } from "../sweep/job.js";
import { type Setting, withSettings } from "../sweep/setting.js";
import { type Change, controlChanges } from "./change.js";

/** A control that is to be run. */
export interface PlannedControl {
  readonly name: ControlName;
  /** What it is, a few words. */
  readonly words: string;
  /** With a place in the folder of the run. */
  readonly job: Job & { readonly place: string };
  readonly cost: Cost;
}

/** The controls of a scenario. */
export interface ControlPlan {
  readonly runs: readonly PlannedControl[];
  /** Those that the scenario does not have, with the reason. */
  readonly absent: readonly { readonly name: ControlName; readonly reason: string }[];
}

/**
 * Every control of a scenario, resolved and found right. What cannot be made of the scenario is absent, with the reason.
 * @param permutations of the coverages, at most.
 * @throws InputFault when the file cannot be read.
 */
export function planControls(file: string, scenario: Scenario, permutations: number): ControlPlan {
  const layered = readLayered(disk, file);
  const changes = controlChanges(layered.value as Readonly<Record<string, unknown>>, scenario, permutations);
  const planned = changes.map((change) => {
    if ("reason" in change) return change;
    const settings = settingsOf(change, file, scenario);
    try {
      const { scenario: own } = resolveLayered(disk, withSettings(layered, settings), file);
      return plannedOf(change, file, settings, own);
    } catch (error) {
      if (!(error instanceof InputFault)) throw error;
      const [{ key, found, allowed }] = error.faults;
      return { name: change.name, reason: `it cannot be made: ${key}: found ${found}; allowed: ${allowed}` };
    }
  });
  return {
    runs: planned.filter((one) => "job" in one),
    absent: planned.filter((one) => "reason" in one),
  };
}

type Made = Extract<Change, { readonly values: unknown }>;

function plannedOf({ name, folder, words }: Made, file: string, settings: Setting[], own: Scenario): PlannedControl {
  const job = jobOf({ hash: scenarioHash(own), settings }, file);
  return { name, words, job: { ...job, place: `${controlsFolder}/${folder}`, name: words }, cost: costOf(own) };
}

/** Fields of controls are not kept: they change nothing, and nobody looks at them. */
function settingsOf({ values, words }: Made, file: string, { title }: Scenario): Setting[] {
  const all = {
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${title}`,
    "outputs.fieldCycles": [],
    ...values,
  };
  return Object.entries(all).map(([key, value]) => ({ key, value, places: new Map([["", { file }]]) }));
}
