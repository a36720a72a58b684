import type { TopLevelSpec } from "vega-lite";
import type { CompareRecord } from "../../inference/compare/record.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

/** A measure of each state in order, with 95 % intervals by particle. */
export function stateLines({ tables, column }: CompareRecord, measure: string): TopLevelSpec {
  const values = tables.flatMap(({ name, estimates }) => {
    const found = estimates.find((each) => each.name === measure);
    if (!found || !Number.isFinite(found.value) || found.value === null) return [];
    const [low, high] = found.byParticle;
    const known = low !== null && Number.isFinite(low);
    return [{ state: name, value: found.value, low: known ? low : found.value, high: known ? high : found.value }];
  });
  const x = {
    field: "state",
    type: "nominal",
    title: null,
    sort: tables.map(({ name }) => name),
    axis: { labelAngle: 0, labelFlush: false },
  };
  const color = {
    field: "state",
    type: "nominal",
    legend: null,
    scale: { domain: tables.map(({ name }) => name), range: tables.map((_, k) => runColours[k]) },
  };
  const title = measure === "mean" ? `Mean of ${column}` : `${measure} of ${column}`;
  return figure(`Points: ${title} in each state, in order; lines: 95 % intervals.`, {
    data: { values },
    encoding: { x },
    layer: [
      { mark: { type: "line", strokeWidth: 1 }, encoding: { y: { field: "value", type: quantitative } } },
      {
        mark: { type: "rule" },
        encoding: { y: { field: "low", type: quantitative, title }, y2: { field: "high" }, color },
      },
      {
        mark: { type: "point", filled: true, size: 55, opacity: 1 },
        encoding: { y: { field: "value", type: quantitative }, color },
      },
    ],
  });
}
