import type { TopLevelSpec } from "vega-lite";
import { figure, quantitative } from "../figure/theme.js";

/** Correlations of the parameters as a square of coloured cells with their numbers. */
export function correlationMap(names: readonly string[], correlation: readonly (readonly number[])[]): TopLevelSpec {
  const values = names.flatMap((a, i) =>
    names.map((b, j) => ({ a, b, r: Number(correlation[i][j].toFixed(3)), label: correlation[i][j].toFixed(2) })),
  );
  const axis = { type: "nominal", title: null, sort: [...names] } as const;
  const side = Math.min(420, Math.max(180, 34 * names.length));
  return figure("Cells: correlation of every two parameters.", {
    width: side + 120,
    height: side,
    data: { values },
    encoding: { x: { field: "a", ...axis, axis: { labelAngle: -40 } }, y: { field: "b", ...axis } },
    layer: [
      {
        mark: { type: "rect" },
        encoding: {
          color: {
            field: "r",
            type: quantitative,
            title: "Correlation",
            scale: { domain: [-1, 0, 1], range: ["#3b3f8f", "#f1f1ee", "#c8412b"] },
          },
        },
      },
      {
        mark: { type: "text", fontSize: names.length > 8 ? 8 : 10 },
        encoding: {
          text: { field: "label" },
          color: { condition: { test: "abs(datum.r) > 0.6", value: "#ffffff" }, value: "#1b2431" },
        },
      },
    ],
  });
}
