import type { TopLevelSpec } from "vega-lite";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { rounded } from "../../words/numbers.js";
import { figure, grid, quantitative } from "../figure/theme.js";
import { shownName } from "./figures.js";

/** Where the particles lie along two axes, coloured by damage, their areas as seen; the most damaged on top. */
export function damageMap(table: ParticleTable, damage: string, across: string, up: string): TopLevelSpec {
  const [x, y, mark, radius] = [across, up, damage, "Particle radius [um]"].map((name) => columnOf(table, name));
  const values = [...x.keys()]
    .filter((k) => [x, y, mark].every((column) => Number.isFinite(column[k])))
    .sort((a, b) => mark[a] - mark[b])
    .map((k) => ({ x: rounded(x[k]), y: rounded(y[k]), damage: rounded(mark[k]), radius: rounded(radius[k] ** 2) }));
  const depth = up.startsWith("z");
  return figure(`Circles: particles by ${across} and ${up}, coloured by damage.`, {
    height: 320,
    data: { values },
    mark: { type: "circle", stroke: grid, strokeWidth: 0.5, opacity: 0.85 },
    encoding: {
      x: { field: "x", type: quantitative, title: shownName(across), scale: { zero: false, nice: false, padding: 12 } },
      y: {
        field: "y",
        type: quantitative,
        title: shownName(up),
        scale: { zero: false, nice: false, padding: 12, reverse: depth },
      },
      size: { field: "radius", type: quantitative, legend: null, scale: { range: [10, 260] } },
      color: { field: "damage", type: quantitative, title: "Damage", scale: { scheme: "yelloworangered" } },
    },
  });
}
