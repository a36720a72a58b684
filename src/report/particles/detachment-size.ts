import type { TopLevelSpec } from "vega-lite";
import type { SizeRelation } from "../../inference/measured/size-relation.js";
import { deviation, mean } from "../../statistics/mean.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { rounded } from "../../words/numbers.js";
import { figure, quantitative, runColours } from "../figure/theme.js";

/** Detachment against size: a point a particle; per bin of size the mean, and one standard deviation to either side. */
export function detachmentSize(table: ParticleTable, { bins }: SizeRelation): TopLevelSpec {
  const [radius, detachment] = [columnOf(table, "Particle radius [um]"), columnOf(table, "Detachment")];
  const points = [...radius.keys()]
    .filter((k) => Number.isFinite(detachment[k]))
    .map((k) => ({ radius: rounded(radius[k]), detachment: rounded(detachment[k]) }));
  const steps = bins.map(({ from, to, mean, deviation }) => ({
    from: rounded(from),
    to: rounded(to),
    middle: rounded((from + to) / 2),
    mean: rounded(mean),
    low: rounded(mean - deviation),
    high: rounded(mean + deviation),
  }));
  const x = { field: "radius", type: quantitative, title: "Particle radius (µm)", scale: { zero: false } };
  const y = (field: string) => ({ field, type: quantitative, title: "Detachment" });
  return figure("Points: detachment against radius; steps: mean in bins of size, shaded one standard deviation.", {
    layer: [
      {
        data: { values: points },
        mark: { type: "point", filled: true, size: 14, opacity: 0.45, color: "#3b3f8f" },
        encoding: { x, y: y("detachment") },
      },
      {
        data: { values: steps },
        mark: { type: "rect", opacity: 0.22, color: runColours[1] },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y: y("low"), y2: { field: "high" } },
      },
      {
        data: { values: steps },
        mark: { type: "rule", color: runColours[1], strokeWidth: 2 },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y: y("mean") },
      },
    ],
  });
}

/** Spread of detachment at each size, with its 95 % interval. */
export function detachmentSpread({ bins }: SizeRelation): TopLevelSpec {
  const values = bins.map(({ from, to, deviation, deviationInterval: [low, high] }) => ({
    radius: rounded((from + to) / 2),
    deviation: rounded(deviation),
    low: rounded(low ?? deviation),
    high: rounded(high ?? deviation),
  }));
  const x = { field: "radius", type: quantitative, title: "Particle radius (µm)", scale: { zero: false } };
  const y = (field: string) => ({ field, type: quantitative, title: "Standard deviation of detachment" });
  return figure("Points: standard deviation of detachment in bins of size; bars: 95 % intervals.", {
    data: { values },
    encoding: { x },
    layer: [
      { mark: { type: "rule", color: runColours[1] }, encoding: { y: y("low"), y2: { field: "high" } } },
      { mark: { type: "point", filled: true, size: 50, color: runColours[1] }, encoding: { y: y("deviation") } },
    ],
  });
}

/** Mean detachment of the faces that look each way. */
export function detachmentWays(table: ParticleTable): TopLevelSpec {
  const ways = ["-x", "+x", "-y", "+y", "-z", "+z"];
  const values = ways.flatMap((way) => {
    const known = (table.columns.get(`Detachment towards ${way}`) ?? new Float64Array()).filter(Number.isFinite);
    if (known.length < 2) return [];
    const centre = mean(known);
    const half = (1.96 * deviation(known)) / Math.sqrt(known.length);
    return [{ way, mean: rounded(centre), low: rounded(centre - half), high: rounded(centre + half) }];
  });
  const y = (field: string) => ({ field, type: quantitative, title: "Mean detachment" });
  return figure("Bars: mean detachment of faces that look each way; lines: 95 % intervals.", {
    data: { values },
    encoding: { x: { field: "way", type: "nominal", title: "Faces towards", sort: ways, axis: { labelAngle: 0 } } },
    layer: [
      { mark: { type: "bar", color: "#1f7a8c", width: { band: 0.6 } }, encoding: { y: y("mean") } },
      { mark: { type: "rule" }, encoding: { y: y("low"), y2: { field: "high" } } },
    ],
  });
}
