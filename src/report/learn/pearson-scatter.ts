import type { TopLevelSpec } from "vega-lite";
import type { TableRecord } from "../../inference/learn/record.js";
import { figure, quantitative } from "../figure/theme.js";
import { groupScale } from "./group-colour.js";

/** |Pearson's r| with the target against mean |SHAP|: what a straight line sees, and what the forest uses. */
export function pearsonScatter({ attributes }: TableRecord, target: string): TopLevelSpec {
  const values = attributes.flatMap(({ name, group, meanAbsShap, pearson }) =>
    meanAbsShap === null || pearson === undefined ? [] : [{ name, group, shap: meanAbsShap, r: Math.abs(pearson) }],
  );
  const first = [...values].sort((a, b) => b.shap - a.shap).slice(0, 5);
  return figure(
    `Points: mean absolute SHAP value against the absolute Pearson correlation with ${target}, one an attribute.`,
    {
      data: { values },
      encoding: {
        x: { field: "r", type: quantitative, title: `|Pearson's r| with ${target}` },
        y: { field: "shap", type: quantitative, title: "Mean |SHAP|" },
      },
      layer: [
        {
          mark: { type: "point", filled: true, size: 55, opacity: 0.9 },
          encoding: {
            color: {
              field: "group",
              type: "nominal",
              title: null,
              scale: groupScale(values.map(({ group }) => group)),
            },
          },
        },
        {
          data: { values: first },
          mark: { type: "text", align: "left", dx: 6, dy: -5, limit: 130 },
          encoding: { text: { field: "name" } },
        },
      ],
    },
  );
}
