import type { TopLevelSpec } from "vega-lite";
import type { DepthTrend } from "../../inference/compare/depth-trend.js";
import { rounded } from "../../words/numbers.js";
import { figure, quantitative, runColours } from "../figure/theme.js";
import { shownName } from "./figures.js";

/** Mean damage in slices along an axis with its 95 % interval. */
export function damageDepth({ slices }: DepthTrend, along: string): TopLevelSpec {
  const values = slices.map(({ from, to, mean, low, high }) => ({
    depth: (from + to) / 2,
    mean: rounded(mean),
    low: rounded(low ?? mean),
    high: rounded(high ?? mean),
  }));
  const x = { field: "depth", type: quantitative, title: `From the smallest ${shownName(along)}` };
  const y = (field: string) => ({ field, type: quantitative, title: "Mean damage" });
  return figure("Points: mean damage in slices of depth; bars: 95 % intervals.", {
    data: { values },
    encoding: { x },
    layer: [
      { mark: { type: "line", color: runColours[0], strokeWidth: 1 }, encoding: { y: y("mean") } },
      { mark: { type: "rule", color: runColours[0] }, encoding: { y: y("low"), y2: { field: "high" } } },
      { mark: { type: "point", filled: true, size: 45, color: runColours[0] }, encoding: { y: y("mean") } },
    ],
  });
}
