import type { TopLevelSpec } from "vega-lite";
import type { CompareRecord } from "../../inference/compare/record.js";
import { figure, muted, quantitative, runColours } from "../figure/theme.js";

/** Quantiles of one table against those of the one before, with the line on which they would lie if alike. */
export function quantilePlot({ tables, column }: CompareRecord, at = 1): TopLevelSpec {
  const [first, second] = [tables[at - 1], tables[at]];
  const values = first.quantiles.map((x, k) => ({ x, y: second.quantiles[k] }));
  const most = Math.max(...values.flatMap(({ x, y }) => [x, y]));
  const least = Math.min(0, ...values.flatMap(({ x, y }) => [x, y]));
  return figure(`Points: quantiles of ${column} in ${second.name} against those in ${first.name}.`, {
    layer: [
      {
        data: {
          values: [
            { x: least, y: least },
            { x: most, y: most },
          ],
        },
        mark: { type: "line", color: muted, strokeDash: [4, 3] },
        encoding: { x: { field: "x", type: quantitative }, y: { field: "y", type: quantitative } },
      },
      {
        data: { values },
        mark: { type: "point", filled: true, size: 22, color: runColours[0] },
        encoding: {
          x: { field: "x", type: quantitative, title: `${column}, ${first.name}` },
          y: { field: "y", type: quantitative, title: `${column}, ${second.name}` },
        },
      },
    ],
  });
}
