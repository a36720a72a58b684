import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../measured-run.js";
import { thin } from "../thin.js";
import { particleCourses } from "./particle-lines.js";
import { figure, mostPoints } from "./theme.js";

const time = { title: "Time t/τ", scale: { nice: false } };

/** Lithium of each particle, as a share of the largest concentration, in the first charge (Li et al. 2022, Fig. 3B). */
export function lithiumFirstCharge(run: Run): TopLevelSpec {
  return figure(
    "Lines: mean stoichiometry of each particle against time in the first charge.",
    courses(run, run.record.firstCharge.meanStoichiometry, { title: "Lithium c/cₘₐₓ", scale: { zero: false } }),
  );
}

/** Damage of each particle in the first charge (Fig. 3D, its early part), with the moment at which it sets them apart. */
export function damageFirstCharge(run: Run): TopLevelSpec {
  const onset = run.measured.onset.time;
  const lines = courses(run, run.record.firstCharge.damage, { title: "Damage D" });
  const mark = {
    data: { values: onset === null ? [] : [{ x: onset / run.tau, label: "spread at a tenth" }] },
    layer: [
      { mark: { type: "rule", strokeDash: [2, 3] }, encoding: { x: { field: "x", type: "quantitative" } } },
      {
        mark: { type: "text", align: "right", dx: -5, y: 10 },
        encoding: { x: { field: "x", type: "quantitative" }, text: { field: "label" } },
      },
    ],
  };
  return figure("Lines: damage of each particle against time in the first charge.", { layer: [lines, mark] });
}

function courses(run: Run, rows: readonly (readonly number[])[], y: object): object {
  const steepest = rows.map((row) => row[0]);
  const kept = thin(steepest, mostPoints);
  const x = kept.map((row) => run.record.firstCharge.time[row] / run.tau);
  return particleCourses(run, { x, y: kept.map((row) => rows[row]), axes: { x: time, y } });
}
