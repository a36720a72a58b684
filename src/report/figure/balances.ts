import type { TopLevelSpec } from "vega-lite";
import { rounded } from "../../words/numbers.js";
import type { Run } from "../measured-run.js";
import { round } from "./round.js";
import { figure, mostPoints, quantitative, runColours } from "./theme.js";

/** Largest relative violation of each balance that a run may show. */
export const balanceLimits = { lithium: 1e-10, charge: 1e-9, momentum: 1e-10 } as const;

/** Every other decade. */
const decades = Array.from({ length: 10 }, (_, k) => Number(`1e${-18 + 2 * k}`));

/** Drawn where a balance is exact, which a logarithmic axis cannot show. */
const floor = 1e-18;

/** Relative violation of the balances in every step, against the hard limits (dashed, in the same colour). */
export function balances(run: Run): TopLevelSpec {
  const names = Object.keys(balanceLimits) as (keyof typeof balanceLimits)[];
  const values = names.flatMap((name) => worstOf(run, name).map((row) => ({ name, ...row })));
  const color = {
    field: "name",
    type: "nominal",
    title: null,
    scale: { domain: names, range: runColours.slice(0, 3) },
  };
  const y = {
    field: "value",
    type: quantitative,
    title: "Relative violation",
    scale: { type: "log" },
    axis: { format: ".0e", values: decades },
  };
  return figure(
    "Lines: relative violation of the lithium, charge and momentum balances against time; dashed: hard limits.",
    {
      layer: [
        {
          data: { values },
          mark: { type: "line", strokeWidth: 1.5 },
          encoding: { x: { field: "time", type: quantitative, title: "Time t/τ", scale: { nice: false } }, y, color },
        },
        {
          data: { values: names.map((name) => ({ name, value: balanceLimits[name] })) },
          mark: { type: "rule", strokeDash: [5, 4], strokeWidth: 1.5 },
          encoding: { y, color },
        },
      ],
    },
  );
}

/** The largest violation in each of at most `mostPoints / 4` stretches of time. */
function worstOf(run: Run, name: keyof typeof balanceLimits): { readonly time: number; readonly value: number }[] {
  const column = run.steps.balances[name];
  const length = Math.ceil(column.length / (mostPoints / 4));
  return Array.from({ length: Math.ceil(column.length / length) }, (_, k) => {
    const rows = column.subarray(k * length, (k + 1) * length);
    const worst = rows.reduce((most, value) => Math.max(most, Math.abs(value)), floor);
    return { time: round(run.steps.time[k * length] / run.tau), value: rounded(worst, 3) };
  });
}
