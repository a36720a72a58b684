import type { TopLevelSpec } from "vega-lite";
import type { TableRecord } from "../../inference/learn/record.js";
import { labelHeights } from "../figure/label-heights.js";
import { figure, quantitative } from "../figure/theme.js";
import { textWidth } from "../text-width.js";
import { groupScale } from "./group-colour.js";

/** About what the axes leave of the figure, px. */
const plot = { width: 290, height: 190 };
const lineHeight = 13;

/** |Pearson's r| with the target against mean |SHAP|: what a straight line sees, and what the forest uses. */
export function pearsonScatter({ attributes }: TableRecord, target: string): TopLevelSpec {
  const values = attributes.flatMap(({ name, group, meanAbsShap, pearson }) =>
    meanAbsShap === null || pearson === undefined ? [] : [{ name, group, shap: meanAbsShap, r: Math.abs(pearson) }],
  );
  const first = [...values].sort((a, b) => b.shap - a.shap).slice(0, 5);
  const [mostR, mostShap] = [Math.max(...values.map(({ r }) => r)), first[0]?.shap ?? 1];
  const labels = first.map((each) => {
    const [at, wide, left] = [each.r / mostR, textWidth({}, each.name) / plot.width, each.r > mostR / 2];
    const across = left ? ([at - wide, at] as const) : ([at, at + wide] as const);
    return { ...each, left, across, height: each.shap / mostShap };
  });
  const heights = labelHeights(labels, lineHeight / plot.height);
  const written = labels.map(({ name, r, left }, k) => ({ name, r, left, height: heights[k] * mostShap }));
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
        ...[true, false].map((left) => ({
          data: { values: written.filter((each) => each.left === left) },
          mark: { type: "text", align: left ? "right" : "left", dx: left ? -7 : 7, dy: -5 },
          encoding: { y: { field: "height", type: quantitative }, text: { field: "name" } },
        })),
      ],
    },
  );
}
