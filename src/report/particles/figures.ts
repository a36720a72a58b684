import type { TopLevelSpec } from "vega-lite";
import { spearman } from "../../inference/trend.js";
import { columnOf, type ParticleTable } from "../../network/particle-table.js";
import { figure, quantitative } from "../figure/theme.js";

/** Columns of a table that say something: finite for at least three particles, and not all alike. */
export function tellingColumns(table: ParticleTable): string[] {
  const dull = new Set(["Particle", "Touches edge"]);
  return table.names.filter((name) => {
    const values = columnOf(table, name).filter(Number.isFinite);
    return !dull.has(name) && values.length >= 3 && values.some((value) => value !== values[0]);
  });
}

/** How one attribute is spread over the particles. */
export function attributeHistogram(table: ParticleTable, name: string): TopLevelSpec {
  const values = [...columnOf(table, name)]
    .filter(Number.isFinite)
    .map((value) => ({ value: Number(value.toPrecision(4)) }));
  return figure(`Bars: number of particles against ${name}.`, {
    width: 210,
    height: 130,
    data: { values },
    mark: { type: "bar", color: "#1f7a8c" },
    encoding: {
      x: { field: "value", bin: { maxbins: 24 }, title: name },
      y: { aggregate: "count", title: "Particles" },
    },
  });
}

/** One attribute against another, a point a particle. */
export function attributePair(table: ParticleTable, x: string, y: string): TopLevelSpec {
  const [across, up] = [columnOf(table, x), columnOf(table, y)];
  const values = [...across.keys()]
    .filter((k) => Number.isFinite(across[k]) && Number.isFinite(up[k]))
    .map((k) => ({ x: Number(across[k]!.toPrecision(4)), y: Number(up[k]!.toPrecision(4)) }));
  return figure(`Points: ${y} against ${x}, one a particle.`, {
    data: { values },
    mark: { type: "point", size: 14, opacity: 0.5, color: "#3b3f8f", filled: true },
    encoding: {
      x: { field: "x", type: quantitative, title: x, scale: { zero: false } },
      y: { field: "y", type: quantitative, title: y, scale: { zero: false } },
    },
  });
}

/** Rank correlations (Spearman) of attributes with one another, over the particles for which both are known. */
export function attributeCorrelations(table: ParticleTable, names: readonly string[]): TopLevelSpec {
  const values = names.flatMap((a) =>
    names.map((b) => ({ a, b, rho: Number(rankCorrelation(columnOf(table, a), columnOf(table, b)).toFixed(3)) })),
  );
  const axis = { type: "nominal", sort: [...names], title: null };
  const edge = Math.max(240, 17 * names.length);
  return figure("Squares: rank correlation of each pair of attributes.", {
    width: edge,
    height: edge,
    autosize: { type: "pad" },
    data: { values },
    mark: "rect",
    encoding: {
      x: { field: "a", ...axis, axis: { labelAngle: -60 } },
      y: { field: "b", ...axis },
      color: { field: "rho", type: quantitative, title: "ρ", scale: { scheme: "redblue", domain: [-1, 1] } },
    },
  });
}

/** Spearman's ρ over the pairs that are numbers; NaN where it cannot be told. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const both = Array.from({ length: a.length }, (_, k) => k).filter(
    (k) => Number.isFinite(a[k]) && Number.isFinite(b[k]),
  );
  const of = (column: ArrayLike<number>) => both.map((k) => column[k]!);
  return spearman(of(a), of(b)).rho ?? Number.NaN;
}
