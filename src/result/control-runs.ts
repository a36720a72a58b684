import { join } from "node:path";
import { type ControlName, isControl } from "../inference/controls.js";
import { readManifest, type Status } from "./manifest.js";

/** The folder in that of a run which holds the runs of its controls. */
export const controlsFolder = "controls";

/** How a control of a run stands. */
export interface ControlStanding {
  readonly name: ControlName;
  /** Its results, from the folder of the run; null where there is no such control. */
  readonly folder: string | null;
  readonly scenarioSha256: string | null;
  /** `absent`: this scenario has none; `message` says why. */
  readonly status: Exclude<Status, "running"> | "absent";
  readonly message?: string;
}

/** A control with results to judge by. */
export interface ControlRun {
  readonly name: ControlName;
  readonly folder: string;
}

/** Summaries may come from anybody: nothing else is looked at. */
const ownFolder = /^controls\/[a-z0-9-]+$/;

const whole: readonly Status[] = ["done", "ended-by-limit"];

/** The controls of a run that came to their end and are still what they were. @throws MachineFailure */
export function finishedControls(folder: string, standings: readonly ControlStanding[]): ControlRun[] {
  return standings.flatMap(({ name, folder: own, scenarioSha256 }) => {
    if (own === null || !ownFolder.test(own) || !isControl(name)) return [];
    const path = join(folder, own);
    const manifest = readManifest(path);
    const same = manifest !== undefined && manifest.scenarioSha256 === scenarioSha256;
    return same && whole.includes(manifest.status) ? [{ name, folder: path }] : [];
  });
}

/** Why controls are not at hand, by name. */
export function absentControls(standings: readonly ControlStanding[]): Readonly<Partial<Record<ControlName, string>>> {
  const words = { done: "", "ended-by-limit": "", stopped: "it was stopped", failed: "it failed", absent: "" };
  const found: { [name in ControlName]?: string } = {};
  for (const { name, status, message } of standings) {
    if (status === "done" || status === "ended-by-limit") continue;
    found[name] ??= [words[status], message].filter((part) => part !== undefined && part !== "").join(": ");
  }
  return found;
}
