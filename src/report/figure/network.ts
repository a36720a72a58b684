import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../measured-run.js";
import { thin } from "../thin.js";
import { formLines } from "./cycle-lines.js";
import { round } from "./round.js";
import { coverageRange, figure, ink, mostPoints, quantitative } from "./theme.js";

const later = ["#e59a6b", "#b9502f", "#5f2a5a"];
const bins = 25;

/** Damage of the particles at the end of charge of one cycle. */
export interface DamageMoment {
  readonly cycle: number;
  /** First, in step, or last. */
  readonly name: string;
  readonly damage: readonly number[];
}

/** The first cycle, the one of falling into step if there is one, and the last. */
export function damageMoments(run: Run): readonly DamageMoment[] {
  const last = run.record.cycles.length;
  const sync = run.measured.syncCycle;
  const cycles = [...new Set([1, ...(sync === null ? [] : [sync]), last])].sort((a, b) => a - b);
  return cycles.map((cycle) => ({
    cycle,
    name: cycle === sync ? `cycle ${cycle}, in step` : `cycle ${cycle}`,
    damage: run.record.cycles[cycle - 1].damage,
  }));
}

/** The particles that are drawn one by one: all, or every so many, as their order is by chance. */
export function drawnParticles(count: number): number[] {
  const step = Math.ceil(count / mostPoints);
  return Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
}

/** How damage is spread over the particles at some moments: their share by bins of equal width. */
export function damageHistogram(moments: readonly DamageMoment[]): TopLevelSpec {
  const values = moments.flatMap(({ name, damage }) => {
    const share = new Array<number>(bins).fill(0);
    for (const d of damage) share[Math.min(bins - 1, Math.max(0, Math.floor(d * bins)))] += 1 / damage.length;
    return share.map((part, k) => ({ moment: name, from: k / bins, to: (k + 1) / bins, share: round(part) }));
  });
  return figure("Steps: share of the particles against damage, one line a moment.", {
    data: { values },
    mark: { type: "area", interpolate: "step-after", line: { strokeWidth: 1.5 }, fillOpacity: 0.2 },
    encoding: {
      x: { field: "from", type: quantitative, title: "Damage D", scale: { domain: [0, 1] } },
      y: { field: "share", type: quantitative, title: "Share of particles", stack: null },
      color: momentColour(moments),
    },
  });
}

/** Damage against an attribute, a point a particle and moment. */
export function damageAgainst(
  moments: readonly DamageMoment[],
  attribute: { readonly title: string; readonly values: ArrayLike<number> },
): TopLevelSpec {
  const shown = moments.length > 1 ? [moments[0], moments[moments.length - 1]] : moments;
  const values = shown.flatMap(({ name, damage }) =>
    drawnParticles(damage.length).map((k) => ({
      moment: name,
      x: round(attribute.values[k]),
      damage: round(damage[k]),
    })),
  );
  return figure(`Points: damage against ${attribute.title}, one a particle and moment.`, {
    data: { values },
    mark: { type: "point", filled: true, size: 12, opacity: 0.55 },
    encoding: {
      x: { field: "x", type: quantitative, title: attribute.title, scale: { zero: false } },
      y: { field: "damage", type: quantitative, title: "Damage D", scale: { domain: [0, 1] } },
      color: momentColour(moments),
    },
  });
}

/** Particles from the side, as large as they are to each other: how much is covered, or how damaged they are. */
export function sideView(
  run: Run,
  place: { readonly x: ArrayLike<number>; readonly depth: ArrayLike<number> },
  shown: { readonly title: string; readonly values: ArrayLike<number> },
): TopLevelSpec {
  const { particles } = run.result.scenario.geometry;
  const values = drawnParticles(particles.length).map((k) => ({
    x: round(place.x[k]),
    depth: round(place.depth[k]),
    area: round((particles[k].radius * 1e6) ** 2),
    value: round(shown.values[k]),
  }));
  return figure(`Disks: particles from the side, coloured by ${shown.title}.`, {
    data: { values },
    mark: { type: "point", filled: true, opacity: 0.75 },
    encoding: {
      x: { field: "x", type: quantitative, title: "x (µm)" },
      y: { field: "depth", type: quantitative, title: "Depth from the collector (µm)" },
      size: { field: "area", type: quantitative, legend: null, scale: { range: [0, sizeOf(values.length)] } },
      color: {
        field: "value",
        type: quantitative,
        title: shown.title,
        scale: { domain: [0, 1], range: coverageRange, interpolate: "rgb" },
      },
    },
  });
}

/** Range and standard deviation of damage over the particles at the end of each charge. */
export function damageSpread(run: Run): TopLevelSpec {
  const { cycles, spreadMeasure } = run.measured;
  const kept = thin(
    cycles.map(({ damage }) => damage),
    mostPoints,
  );
  const forms = [spreadMeasure, "std. deviation", "mean"] as const;
  const values = kept.flatMap((k) => {
    const { cycle, damage, damageStd, meanDamage } = cycles[k];
    return [damage, damageStd, meanDamage].map((value, f) => ({ cycle, form: forms[f], value: round(value) }));
  });
  return figure(
    "Lines: spread, standard deviation and mean of damage over the particles against the cycle.",
    formLines(values, forms, "Damage D"),
  );
}

/** One distance among severely damaged particles, observed and with labels dealt at random. */
export interface DistanceAtRandom {
  readonly moment: string;
  readonly observed: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Distances between severely damaged particles at some moments, on the band that random labels leave. */
export function severeDistanceFigure(found: readonly DistanceAtRandom[]): TopLevelSpec {
  const values = found.map((one) => ({ ...one }));
  const y = { field: "moment", type: "nominal", title: null, sort: found.map(({ moment }) => moment) };
  const x = (field: string) => ({
    field,
    type: quantitative,
    title: "Nearest other severe particle (µm)",
    scale: { zero: false },
  });
  return figure(
    "Points: mean distance to the nearest severely damaged particle; bars: where 95 % of random labels lie.",
    {
      height: 40 + 40 * found.length,
      data: { values },
      layer: [
        {
          mark: { type: "bar", height: 12, opacity: 0.25, color: ink },
          encoding: { y, x: x("low"), x2: { field: "high" } },
        },
        { mark: { type: "tick", thickness: 2, size: 14, color: ink }, encoding: { y, x: x("expected") } },
        { mark: { type: "point", filled: true, size: 70, color: "#c8412b" }, encoding: { y, x: x("observed") } },
      ],
    },
  );
}

function momentColour(moments: readonly DamageMoment[]): object {
  const domain = moments.map(({ name }) => name);
  const range = domain.map((_, k) => later[domain.length === 1 ? 1 : Math.round((2 * k) / (domain.length - 1))]);
  return { field: "moment", type: "nominal", title: "End of charge", scale: { domain, range } };
}

/** Square points of the largest disk. */
function sizeOf(particles: number): number {
  return Math.max(20, 40_000 / particles);
}
