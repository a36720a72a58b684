import type { TopLevelSpec } from "vega-lite";
import type { SevereFindings } from "../../inference/spatial/spatial.js";
import { rounded } from "../../words/numbers.js";
import { figure, namesDown, quantitative, runColours } from "../figure/theme.js";

const measures = {
  nearest: "to the nearest",
  meanOfThree: "to three nearest",
  nearestInside: "to the nearest, edges left out",
} as const;

/** Distances between severely damaged particles, over the band that holds 95 % of dealings of the marks at random. */
export function severeDistance(severe: readonly SevereFindings[]): TopLevelSpec {
  const values = severe.flatMap((found) =>
    (Object.keys(measures) as (keyof typeof measures)[]).flatMap((key) => {
      const { observed, low, high, expected } = found[key];
      if (![observed, low, high, expected].every((value) => value !== null && Number.isFinite(value))) return [];
      const row = `${found.definition}: ${measures[key]}`;
      return [
        { row, observed: rounded(observed), low: rounded(low), high: rounded(high), expected: rounded(expected) },
      ];
    }),
  );
  const y = namesDown(
    "row",
    values.map(({ row }) => row),
    330,
  );
  const x = (field: string) => ({ field, type: quantitative, title: "Mean distance (µm)", scale: { zero: false } });
  return figure("Points: distances between severely damaged particles; bars: 95 % at random; ticks: mean at random.", {
    width: 640,
    height: 34 * values.length + 30,
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: "bar", height: 14, color: "#9aa5b1", opacity: 0.45 },
        encoding: { x: x("low"), x2: { field: "high" } },
      },
      { mark: { type: "tick", thickness: 1.5, size: 18, color: "#5b6672" }, encoding: { x: x("expected") } },
      { mark: { type: "point", filled: true, size: 80, color: runColours[1] }, encoding: { x: x("observed") } },
    ],
  });
}
