import type { TopLevelSpec } from "vega-lite";
import type { FitRecord, SeriesRecord } from "../../inference/fit/record.js";
import { figure, muted, quantitative, runColours } from "../figure/theme.js";
import { bracketless, short } from "./fit-lines.js";
import { thinned } from "./thinned.js";

/** Predicted less measured, one line a series. */
export function residualLines({ shown }: FitRecord, series: readonly SeriesRecord[]): TopLevelSpec {
  const values = series.flatMap(({ name, x, measured, predicted }) => {
    const known = predicted.flatMap((value, k) => (value === null ? [] : [{ x: x[k], off: value - measured[k] }]));
    return thinned(known.sort((a, b) => a.x - b.x)).map((at) => ({
      series: name,
      x: short(at.x),
      off: short(at.off),
    }));
  });
  const range = series.map((_, k) => runColours[k % runColours.length]);
  return figure(`Lines: predicted less measured ${shown.y} against ${shown.x}.`, {
    layer: [
      {
        data: { values: [{ off: 0 }] },
        mark: { type: "rule", color: muted },
        encoding: { y: { field: "off", type: quantitative } },
      },
      {
        data: { values },
        mark: { type: "line", strokeWidth: 1.4 },
        encoding: {
          x: { field: "x", type: quantitative, title: bracketless(shown.x), scale: { zero: false } },
          y: { field: "off", type: quantitative, title: `Residual, ${bracketless(shown.y)}` },
          color: {
            field: "series",
            type: "nominal",
            title: null,
            scale: { domain: series.map(({ name }) => name), range },
          },
        },
      },
    ],
  });
}
