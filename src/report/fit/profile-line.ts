import type { TopLevelSpec } from "vega-lite";
import type { Estimate } from "../../inference/fit/estimate.js";
import type { ProfileRecord } from "../../inference/fit/record.js";
import { figure, muted, quantitative, runColours } from "../figure/theme.js";
import { short } from "./fit-lines.js";

/** How much worse the best fit becomes as one parameter is moved, with the level that leaves 95 % below it. */
export function profileLine(
  { value, excess, threshold }: ProfileRecord,
  { name, unit, bounds }: Estimate,
): TopLevelSpec {
  const scale = bounds[0] > 0 && bounds[1] > 20 * bounds[0] ? { type: "log" } : { zero: false };
  const top = 2.5 * threshold;
  const values = value.map((x, k) => {
    if (excess[k] <= top) return { x: short(x), y: short(excess[k]) };
    const inner = x < value[excess.indexOf(0)] ? k + 1 : k - 1;
    return { x: short(reaching(top, [value[inner], excess[inner]], [x, excess[k]])), y: short(top) };
  });
  return figure(`Line: increase of chi-squared against ${name}; dashed: the level of 95 %.`, {
    height: 170,
    layer: [
      {
        data: { values: [{ y: short(threshold) }] },
        mark: { type: "rule", color: muted, strokeDash: [4, 3] },
        encoding: { y: { field: "y", type: quantitative } },
      },
      {
        data: { values },
        mark: { type: "line", point: { size: 18 }, strokeWidth: 1.5, color: runColours[0] },
        encoding: {
          x: {
            field: "x",
            type: quantitative,
            title: unit === "" ? name : `${name} (${unit})`,
            scale,
            axis: { format: "~g", tickCount: 5 },
          },
          y: { field: "y", type: quantitative, title: "Increase of χ²" },
        },
      },
    ],
  });
}

/** Where a profile comes to a level between two of its points: its root is straight for a parabola. */
function reaching(
  level: number,
  [a, low]: readonly [place: number, excess: number],
  [b, high]: readonly [place: number, excess: number],
): number {
  const root = (excess: number) => Math.sqrt(Math.max(0, excess));
  return a + ((b - a) * (root(level) - root(low))) / (root(high) - root(low));
}
