import type { TopLevelSpec } from "vega-lite";
import type { FitRecord, SeriesRecord } from "../../inference/fit/record.js";
import { rounded } from "../../words/numbers.js";
import { figure, quantitative, runColours } from "../figure/theme.js";
import { thinned } from "./thinned.js";

/** Measured numbers as points with the prediction as a line, one colour a series. */
export function fitLines({ shown }: FitRecord, series: readonly SeriesRecord[]): TopLevelSpec {
  const rows = series.flatMap((each) => {
    const order = thinned(each.x.map((_, k) => k).sort((a, b) => each.x[a] - each.x[b]));
    return order.map((k) => ({
      series: each.name,
      x: short(each.x[k]),
      y: short(each.measured[k]),
      fit: shortOr(each.predicted[k]),
    }));
  });
  const color = {
    field: "series",
    type: "nominal",
    title: null,
    scale: { domain: series.map(({ name }) => name), range: series.map((_, k) => runColours[k % runColours.length]) },
  };
  const x = { field: "x", type: quantitative, title: bracketless(shown.x), scale: { zero: false } };
  const y = { type: quantitative, title: bracketless(shown.y), scale: { zero: false } };
  return figure(`Points: measured ${shown.y} against ${shown.x}; lines: predicted.`, {
    data: { values: rows },
    layer: [
      {
        mark: { type: "point", filled: true, size: 9, opacity: 0.55 },
        encoding: { x, y: { ...y, field: "y" }, color },
      },
      {
        transform: [{ filter: "datum.fit !== null" }],
        mark: { type: "line", strokeWidth: 1.4 },
        encoding: { x, y: { ...y, field: "fit" }, color },
      },
    ],
  });
}

/** `Potential [V]` → `Potential (V)`. */
export function bracketless(name: string): string {
  return name.replace(/\[([^\]]+)\]$/, "($1)");
}

export function short(value: number): number {
  return rounded(value, 5);
}

function shortOr(value: number | null): number | null {
  return value === null ? null : short(value);
}
