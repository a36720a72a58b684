import type { Level } from "../study/sweep/level.js";
import type { Sweep } from "../study/sweep/load.js";
import type { SweepCost } from "../study/sweep/sweep-cost.js";

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
