import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../measured-run.js";
import { thin } from "../thin.js";
import { cycleAxis } from "./cycle-lines.js";
import { round } from "./round.js";
import { figure, mostPoints, quantitative, runColours } from "./theme.js";

/** Spread of lithium, S_c, of several runs. */
export function lithiumOverlay(runs: readonly Run[]): TopLevelSpec {
  return overlay(runs, "lithium", "Spread of lithium / mean Δs");
}

/** Spread of damage, S_D, of several runs. */
export function damageOverlay(runs: readonly Run[]): TopLevelSpec {
  return overlay(runs, "damage", "Spread of damage");
}

/** Titles of runs; where two are alike, their place and folder. */
export function runLabels(runs: readonly Run[]): string[] {
  return runs.map((run, k) =>
    runs.some((other, j) => j !== k && other.label === run.label) ? `${k + 1}: ${run.result.name}` : run.label,
  );
}

function overlay(runs: readonly Run[], field: "lithium" | "damage", title: string): TopLevelSpec {
  const names = runLabels(runs);
  const values = runs.flatMap(({ measured: { cycles } }, k) =>
    thin(
      cycles.map((cycle) => cycle[field] ?? 0),
      mostPoints,
    ).map((row) => ({ run: names[k], cycle: cycles[row].cycle, value: round(cycles[row][field] ?? Number.NaN) })),
  );
  const dashes = [
    [1, 0],
    [6, 3],
    [2, 3],
    [8, 3, 2, 3],
  ];
  return figure(`Lines: ${title} against the cycle, one line a run.`, {
    data: { values },
    mark: { type: "line" },
    encoding: {
      x: { field: "cycle", type: quantitative, ...cycleAxis },
      y: { field: "value", type: quantitative, title },
      color: {
        field: "run",
        type: "nominal",
        title: null,
        scale: { domain: names, range: names.map((_, k) => runColours[k % runColours.length]) },
        legend: { columns: 1, labelLimit: 330 },
      },
      strokeDash: {
        field: "run",
        type: "nominal",
        title: null,
        scale: { domain: names, range: names.map((_, k) => dashes[k % dashes.length]) },
      },
    },
  });
}
