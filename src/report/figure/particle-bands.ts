import { byCoverage } from "../../inference/synchronisation.js";
import { mean } from "../../statistics/mean.js";
import { quantiles } from "../../statistics/quantile.js";
import type { Run } from "../measured-run.js";
import type { Courses } from "./courses.js";
import { round } from "./round.js";
import { coverageRange, ink, muted, quantitative } from "./theme.js";

const fifths = ["best covered fifth", "worst covered fifth"] as const;

/**
 * Courses of many particles, `y[row][particle]`: between which values nine tenths and half of them lie, their median, and the
 * means of the best and the worst covered fifth.
 */
export function particleBands(run: Run, { x, y, axes }: Courses): object {
  const order = byCoverage(run.measured.coverage);
  const each = Math.max(1, Math.round(order.length / 5));
  const groups = [order.slice(0, each), order.slice(-each)];
  const at = (field: string) => ({ field, type: quantitative, ...axes.y });
  const bands = x.map((place, row) => {
    const [q05, q25, q50, q75, q95] = quantiles(y[row], [0.05, 0.25, 0.5, 0.75, 0.95]).map(round);
    return { x: round(place), q05, q25, q50, q75, q95 };
  });
  const means = fifths.flatMap((group, g) =>
    x.map((place, row) => ({ x: round(place), group, y: round(mean(groups[g].map((k) => y[row][k]))) })),
  );
  const across = { field: "x", type: quantitative, ...axes.x };
  const area = (low: string, high: string) => ({
    mark: { type: "area", color: muted, opacity: 0.22 },
    encoding: { x: across, y: at(low), y2: { field: high } },
  });
  return {
    layer: [
      {
        data: { values: bands },
        layer: [
          area("q05", "q95"),
          area("q25", "q75"),
          { mark: { type: "line", color: ink, strokeWidth: 1.5 }, encoding: { x: across, y: at("q50") } },
        ],
      },
      {
        data: { values: means },
        mark: { type: "line" },
        encoding: {
          x: across,
          y: at("y"),
          color: {
            field: "group",
            type: "nominal",
            title: null,
            scale: { domain: fifths, range: [coverageRange[2], coverageRange[0]] },
          },
        },
      },
    ],
  };
}
