import type { TopLevelSpec } from "vega-lite";
import type { Correlations } from "../../inference/measured/findings.js";
import { figure, quantitative } from "../figure/theme.js";
import { shownName } from "./figures.js";

/** Rank correlations (Spearman) of attributes with one another. */
export function correlationMatrix({ names, rho }: Correlations): TopLevelSpec {
  const shown = names.map(shownName);
  const values = rho.flatMap((row, k) =>
    row.flatMap((value, j) => (value === null ? [] : [{ a: shown[k], b: shown[j], rho: Number(value.toFixed(3)) }])),
  );
  const axis = { type: "nominal", sort: shown, title: null };
  const edge = 17 * names.length;
  return figure("Squares: rank correlation of each pair of attributes.", {
    width: edge,
    height: edge,
    autosize: { type: "pad" },
    data: { values },
    mark: "rect",
    encoding: {
      x: { field: "a", ...axis, axis: { labelAngle: -60, labelLimit: 240, labelFlush: false } },
      y: { field: "b", ...axis, axis: { labelLimit: 240, labelFlush: false } },
      color: { field: "rho", type: quantitative, title: "ρ", scale: { scheme: "redblue", domain: [-1, 1] } },
    },
  });
}
