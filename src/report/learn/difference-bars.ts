import type { TopLevelSpec } from "vega-lite";
import type { Difference } from "../../inference/learn/difference.js";
import { figure, ink, namesDown, quantitative } from "../figure/theme.js";
import { groupScale } from "./group-colour.js";

/** How each attribute's mean |SHAP| changed from the first state to the last: mean and standard deviation over the runs. */
export function differenceBars({ from, to, attributes }: Difference): TopLevelSpec {
  const values = [...attributes]
    .sort((a, b) => b.mean - a.mean)
    .map(({ name, group, mean, sd }) => ({ name, group, mean, low: mean - sd, high: mean + sd }));
  return figure(`Bars: change of mean absolute SHAP value of each attribute from ${from} to ${to}.`, {
    height: 95 + 19 * values.length,
    data: { values },
    encoding: {
      y: namesDown(
        "name",
        values.map(({ name }) => name),
        190,
      ),
    },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.72 } },
        encoding: {
          x: { field: "mean", type: quantitative, title: "Change of mean |SHAP|" },
          color: { field: "group", type: "nominal", title: null, scale: groupScale(values.map(({ group }) => group)) },
        },
      },
      {
        mark: { type: "rule", color: ink },
        encoding: { x: { field: "low", type: quantitative }, x2: { field: "high" } },
      },
    ],
  });
}
