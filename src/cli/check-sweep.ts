import type { Level } from "../study/sweep/level.js";
import type { Sweep } from "../study/sweep/load.js";
import type { Cost } from "./check.js";

/** What a sweep would cost, to about a factor of two. */
export interface SweepCost {
  /** Different scenarios. */
  readonly scenarios: number;
  /** Of the largest. */
  readonly unknowns: number;
  readonly memoryMegabytes: number;
  /** Over all. */
  readonly steps: number;
}

/** @param costs of each different scenario. */
export function sweepCost(costs: readonly Cost[]): SweepCost {
  const most = (value: (cost: Cost) => number) => costs.reduce((largest, cost) => Math.max(largest, value(cost)), 0);
  return {
    scenarios: costs.length,
    unknowns: most(({ unknowns }) => unknowns),
    memoryMegabytes: most(({ memoryMegabytes }) => memoryMegabytes),
    steps: costs.reduce((sum, { steps }) => sum + steps, 0),
  };
}

export function toldSweep(sweep: Sweep, cost: SweepCost): string {
  const { file, title, scenarioFile, design, runs, replicates, axes } = sweep;
  const each = replicates > 1 ? `, each point with ${replicates} seeds` : "";
  const same = cost.scenarios < runs.length ? `, ${cost.scenarios} of them different` : "";
  return [
    `${file}: ${title}`,
    `${runs.length} runs of ${scenarioFile} (${design}${each})${same}`,
    ...axes.map(({ key, name, levels }, k) => {
      const own = levels ?? runs.map((run) => run.levels[k]);
      return `${name === key ? key : `${name} (${key})`}: ${spanned(own, levels !== null)}`;
    }),
    `about ${cost.steps} time steps in all; the largest run has ${cost.unknowns} unknowns and takes ${cost.memoryMegabytes} MB`,
  ].join("\n");
}

/** Up to ten levels one by one, others by their ends. */
function spanned(levels: readonly Level[], chosen: boolean): string {
  if (chosen && levels.length <= 10) return levels.map(({ label }) => label).join(" | ");
  const sorted = levels.every(({ number }) => number !== null)
    ? [...levels].sort((a, b) => a.number! - b.number!)
    : levels;
  return `${levels.length} ${chosen ? "levels" : "draws"} from ${sorted[0].label} to ${sorted.at(-1)!.label}`;
}
