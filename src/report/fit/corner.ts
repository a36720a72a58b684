import type { TopLevelSpec } from "vega-lite";
import { figure, quantitative, runColours } from "../figure/theme.js";
import { short } from "./fit-lines.js";
import { thinned } from "./thinned.js";

/** Draws of two parameters against each other. */
export function cornerPanel(
  draws: readonly (readonly number[])[],
  [a, b]: readonly [number, number],
  titles: readonly string[],
): TopLevelSpec {
  const values = thinned(draws).map((draw) => ({ x: short(draw[a]), y: short(draw[b]) }));
  const axis = (title: string) => ({
    type: quantitative,
    title,
    scale: { zero: false },
    axis: { format: "~g", tickCount: 5 },
  });
  return figure(`Points: draws of ${titles[a]} and ${titles[b]}.`, {
    height: 200,
    data: { values },
    mark: { type: "point", filled: true, size: 14, opacity: 0.45, color: runColours[0] },
    encoding: { x: { field: "x", ...axis(titles[a]) }, y: { field: "y", ...axis(titles[b]) } },
  });
}
