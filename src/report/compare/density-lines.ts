import type { TopLevelSpec } from "vega-lite";
import { betaDensity } from "../../inference/compare/beta-fit.js";
import type { CompareRecord } from "../../inference/compare/record.js";
import { rounded } from "../../words/numbers.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

/** Densities mirrored at 0 as lines, and the fitted Beta densities dashed. */
export function densityLines({ tables, column }: CompareRecord): TopLevelSpec {
  const values = tables.flatMap(({ name, density, beta }) => {
    const x = Object.values(density.x);
    const kernel = Object.values(density.density).map((y, k) => ({ table: name, kind: "density", x: x[k], y }));
    const fitted = beta.ok
      ? x
          .filter((at) => at > 0.002 && at < 1)
          .map((at) => ({ table: name, kind: "Beta fit", x: at, y: betaDensity(at, beta) }))
      : [];
    return [...kernel, ...fitted].map((row) => ({ ...row, x: rounded(row.x, 5), y: rounded(row.y, 5) }));
  });
  const top = Math.max(...values.filter(({ kind }) => kind === "density").map(({ y }) => y));
  return figure(
    `Lines: density of ${column} in each table, kernels mirrored at zero, with fitted Beta densities dashed.`,
    {
      data: { values: values.filter(({ y }) => y <= 1.3 * top) },
      mark: { type: "line" },
      encoding: {
        x: { field: "x", type: quantitative, title: column },
        y: { field: "y", type: quantitative, title: "Density" },
        color: {
          field: "table",
          type: "nominal",
          title: null,
          scale: { domain: tables.map(({ name }) => name), range: tables.map((_, k) => runColours[k]) },
        },
        strokeDash: {
          field: "kind",
          type: "nominal",
          title: null,
          scale: {
            domain: ["density", "Beta fit"],
            range: [
              [1, 0],
              [4, 3],
            ],
          },
        },
      },
    },
  );
}
