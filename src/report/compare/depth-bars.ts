import type { TopLevelSpec } from "vega-lite";
import type { CompareRecord } from "../../inference/compare/record.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

/** Mean of the column in slices of depth, with 95 % intervals. */
export function depthBars({ tables, column }: CompareRecord): TopLevelSpec {
  const values = tables.flatMap(({ name, depth }) =>
    (depth?.slices ?? []).map(({ from, to, mean, low, high }) => ({
      table: name,
      depth: (from + to) / 2,
      mean,
      low: Number.isFinite(low) && low !== null ? low : mean,
      high: Number.isFinite(high) && high !== null ? high : mean,
    })),
  );
  const unit = tables[0].unit === "um" ? "µm" : tables[0].unit;
  const color = {
    field: "table",
    type: "nominal",
    title: null,
    scale: { domain: tables.map(({ name }) => name), range: tables.map((_, k) => runColours[k]) },
  };
  const x = { field: "depth", type: quantitative, title: `Depth (${unit})` };
  return figure(`Points: mean of ${column} in slices of depth, one colour a table; lines: 95 % intervals.`, {
    data: { values },
    layer: [
      {
        mark: { type: "rule" },
        encoding: { x, y: { field: "low", type: quantitative, title: column }, y2: { field: "high" }, color },
      },
      {
        mark: { type: "point", filled: true, size: 45 },
        encoding: { x, y: { field: "mean", type: quantitative }, color },
      },
      { mark: { type: "line", strokeWidth: 1 }, encoding: { x, y: { field: "mean", type: quantitative }, color } },
    ],
  });
}
