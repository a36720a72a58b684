import type { TopLevelSpec } from "vega-lite";
import type { RadialSummary } from "../../inference/measured/radial-summary.js";
import { rounded } from "../../words/numbers.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

const scales: Readonly<Record<string, string>> = {
  "Depth fraction": "Depth over inradius (0 surface, 1 centre)",
  "Depth [um]": "Depth below the surface (µm)",
};

/** A mean profile from the surface inward: shaded its 95 % interval, thin lines one standard deviation between particles. */
export function radialLines({ scale, column, shells }: RadialSummary): TopLevelSpec {
  const values = shells.map(({ at, mean, low, high, deviation }) => ({
    at: rounded(at),
    mean: rounded(mean),
    low: rounded(column === "Void fraction" ? Math.max(0, low) : low),
    high: rounded(high),
    less: rounded(column === "Void fraction" ? Math.max(0, mean - deviation) : mean - deviation),
    more: rounded(mean + deviation),
  }));
  const x = { field: "at", type: quantitative, title: scales[scale] ?? scale };
  const y = (field: string) => ({
    field,
    type: quantitative,
    title: column,
    scale: { zero: column === "Void fraction" },
  });
  const edge = (field: string) => ({
    mark: { type: "line", strokeWidth: 1, strokeDash: [3, 3], color: runColours[0] },
    encoding: { y: y(field) },
  });
  return figure(`Line: mean ${column} against depth; shaded: its 95 % interval; dashed: standard deviation.`, {
    data: { values },
    encoding: { x },
    layer: [
      {
        mark: { type: "area", opacity: 0.25, color: runColours[0] },
        encoding: { y: y("low"), y2: { field: "high" } },
      },
      edge("less"),
      edge("more"),
      {
        mark: { type: "line", color: runColours[0], point: { size: 30, color: runColours[0] } },
        encoding: { y: y("mean") },
      },
    ],
  });
}
