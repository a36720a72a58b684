import type { TopLevelSpec } from "vega-lite";
import type { AttributeSummary } from "../../inference/measured/attribute-summary.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { rounded } from "../../words/numbers.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

const shownUnits = { "[um]": "(µm)", "[um2]": "(µm²)", "[um3]": "(µm³)", "[deg]": "(°)", "[1/A3]": "(Å⁻³)" } as const;

/** Names as axes and tables show them. */
export function shownName(name: string): string {
  return Object.entries(shownUnits).reduce((shown, [written, sign]) => shown.replace(written, sign), name);
}

/** How one attribute is spread over the particles, with its mean and the 95 % interval of the mean. */
export function attributeHistogram(table: ParticleTable, { name, mean, interval }: AttributeSummary): TopLevelSpec {
  const values = [...columnOf(table, name)].filter(Number.isFinite).map((value) => ({ value: rounded(value) }));
  const [low, high] = interval;
  const band = [{ low: rounded(low ?? mean), high: rounded(high ?? mean), mean: rounded(mean) }];
  return figure(`Bars: number of particles against ${name}; line: mean, shaded: its 95 % interval.`, {
    width: 250,
    height: 130,
    layer: [
      {
        data: { values },
        mark: { type: "bar", color: "#1f7a8c" },
        encoding: {
          x: { field: "value", bin: { maxbins: 24 }, title: shownName(name) },
          y: { aggregate: "count", title: "Particles" },
        },
      },
      {
        data: { values: band },
        mark: { type: "rect", color: runColours[1], opacity: 0.35 },
        encoding: { x: { field: "low", type: quantitative }, x2: { field: "high" } },
      },
      {
        data: { values: band },
        mark: { type: "rule", color: runColours[1], strokeWidth: 1.5 },
        encoding: { x: { field: "mean", type: quantitative } },
      },
    ],
  });
}

/** One attribute against another, a point a particle. */
export function attributePair(table: ParticleTable, x: string, y: string): TopLevelSpec {
  const [across, up] = [columnOf(table, x), columnOf(table, y)];
  const values = [...across.keys()]
    .filter((k) => Number.isFinite(across[k]) && Number.isFinite(up[k]))
    .map((k) => ({ x: rounded(across[k]), y: rounded(up[k]) }));
  return figure(`Points: ${y} against ${x}, one a particle.`, {
    data: { values },
    mark: { type: "point", size: 14, opacity: 0.5, color: "#3b3f8f", filled: true },
    encoding: {
      x: { field: "x", type: quantitative, title: shownName(x), scale: { zero: false } },
      y: { field: "y", type: quantitative, title: shownName(y), scale: { zero: false } },
    },
  });
}
