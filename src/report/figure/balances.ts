import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../run.js";
import { thin } from "../thin.js";
import { figure, mostPoints, quantitative, runColours } from "./theme.js";

/** Largest relative violation of each balance that a run may show. */
export const balanceLimits = { lithium: 1e-10, charge: 1e-9, momentum: 1e-10 } as const;

/** Drawn where a balance is exact, which a logarithmic axis cannot show. */
const floor = 1e-18;

/** Relative violation of the balances in every step, against the hard limits (dashed, in the same colour). */
export function balances(run: Run): TopLevelSpec {
  const names = Object.keys(balanceLimits) as (keyof typeof balanceLimits)[];
  const values = names.flatMap((name) => {
    const column = run.clock.balances[name];
    return thin(column, mostPoints)
      .filter((row) => Number.isFinite(column[row]!))
      .map((row) => ({
        name,
        time: Number((run.clock.time[row]! / run.tau).toPrecision(6)),
        value: Number(Math.max(Math.abs(column[row]!), floor).toPrecision(3)),
      }));
  });
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
    axis: { format: ".0e", tickCount: 6 },
  };
  return figure(
    "Lines: relative violation of the lithium, charge and momentum balances against time; dashed: hard limits.",
    {
      layer: [
        {
          data: { values },
          mark: { type: "line", strokeWidth: 1 },
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
