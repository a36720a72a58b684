import type { TopLevelSpec } from "vega-lite";
import type { DistanceFunction } from "../../inference/spatial/spatial.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

/** A function of distance, over the band that holds 95 % of random dealings of the marks. */
export function distanceFunction({ name, r, tests }: DistanceFunction, unit: string): TopLevelSpec {
  const values = r.flatMap((distance, k) => {
    const { observed, low, high } = tests[k];
    return [observed, low, high].every(Number.isFinite) ? [{ r: distance, observed, low, high }] : [];
  });
  const x = { field: "r", type: quantitative, title: `Distance (${unit === "um" ? "µm" : unit})` };
  return figure(`Line: ${name} against distance; shaded: the band of 95 % at random.`, {
    data: { values },
    layer: [
      {
        mark: { type: "area", color: "#9aa5b1", opacity: 0.35 },
        encoding: { x, y: { field: "low", type: quantitative, title: name }, y2: { field: "high" } },
      },
      { mark: { type: "line", color: runColours[1] }, encoding: { x, y: { field: "observed", type: quantitative } } },
    ],
  });
}
