import type { TopLevelSpec } from "vega-lite";
import type { RankingRecord } from "../../inference/learn/record.js";
import { rounded } from "../../words/numbers.js";
import { figure, ink, muted, namesDown, quantitative } from "../figure/theme.js";
import { groupScale } from "./group-colour.js";

/** Attributes shown at most. */
const most = 24;

/** Mean |SHAP| by attribute, the largest first; bars to the mean over the runs, lines over the band of 95 % of them, dashed what noise reaches. */
export function attributeBars({ attributes, noiseFloor }: RankingRecord, target: string): TopLevelSpec {
  const values = attributes
    .filter(({ meanAbsShap }) => meanAbsShap !== null)
    .sort((a, b) => a.rank! - b.rank!)
    .slice(0, most)
    .map(({ name, group, meanAbsShap, band }) => ({
      name,
      group,
      mean: rounded(meanAbsShap!),
      low: rounded(band![0]),
      high: rounded(band![1]),
    }));
  const y = namesDown(
    "name",
    values.map(({ name }) => name),
    190,
  );
  return figure(`Bars: mean absolute SHAP value of each attribute for ${target}, largest first, coloured by group.`, {
    height: 95 + 19 * values.length,
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.72 } },
        encoding: {
          y,
          x: { field: "mean", type: quantitative, title: `Mean |SHAP| (in units of ${target})` },
          color: { field: "group", type: "nominal", title: null, scale: groupScale(values.map(({ group }) => group)) },
        },
      },
      {
        mark: { type: "rule", color: ink, strokeWidth: 1.2 },
        encoding: { y, x: { field: "low", type: quantitative }, x2: { field: "high" } },
      },
      {
        data: { values: noiseFloor === null ? [] : [{ floor: rounded(noiseFloor) }] },
        mark: { type: "rule", color: muted, strokeDash: [4, 3] },
        encoding: { x: { field: "floor", type: quantitative }, y: { value: 0 }, y2: { value: "height" } },
      },
    ],
  });
}
