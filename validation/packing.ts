import { readFileSync } from "node:fs";
import kstest from "@stdlib/stats-kstest";
import { neighbourhood } from "../src/network/neighbours/attributes.js";
import { deepestOverlap } from "../src/network/packing/overlap.js";
import { lognormalRadii, takeRadii } from "../src/network/packing/radius-distribution.js";
import { packAtRandom, packed } from "../src/network/packing/random-packing.js";
import { type Packing, solidFraction } from "../src/space/packing.js";
import { columnOf, type ParticleTable, readParticleTable } from "../src/table/particle-table.js";
import { measuredFile } from "./measured-data.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/**
 * Radii of the 1,256 whole particles of the NREL "NMC 1-CAL" cathode (Usseglio-Viretta et al., J. Electrochem. Soc. 165 (2018)
 * A3403; 398 nm voxels, watershed), fitted over r > 1 µm: ln(r/µm) of mean 1.3927 and standard deviation 0.3143.
 */
export const measuredCathode = {
  radii: lognormalRadii(Math.exp(1.3927) * 1e-6, 0.3143),
  /** µm */
  meanRadius: 4.212,
  /** µm */
  radiusDeviation: 1.286,
  solidFraction: 0.5,
  coordination: 4.757,
  /** µm, centre to centre, mean over the six nearest. */
  sixNearest: 9.132,
} as const;

/** Deeper than this into the packing, m, a particle's neighbours are not those at a wall. */
const FROM_WALLS = 15e-6;
/** Overlap that counts as none, over the smaller radius. */
const TOUCHING = 1e-9;

export interface PackingQuality {
  readonly overlap: number;
  readonly fractionError: number;
  /** Kolmogorov's largest distance between the radii's and the wanted distribution. */
  readonly radiiDistance: number;
  readonly sameBits: boolean;
  readonly seconds: number;
}

/** Packs lognormal spheres twice. */
export function packingQuality(count: number, fraction: number, periodic: boolean, seed: number): PackingQuality {
  const wanted = measuredCathode.radii;
  const make = () => {
    const radius = takeRadii(wanted, count, seed);
    return packed(packAtRandom({ dimension: 3, radius, solidFraction: fraction, periodic, seed }));
  };
  const began = performance.now();
  const packing = make();
  const seconds = (performance.now() - began) / 1000;
  const again = make();
  return {
    overlap: deepestOverlap(packing),
    fractionError: solidFraction(packing) / fraction - 1,
    radiiDistance: kstest(packing.radius, "lognormal", 1.3927 + Math.log(1e-6), 0.3143).statistic,
    sameBits: packing.centre.every((at, k) => Object.is(at, again.centre[k])),
    seconds,
  };
}

/** 1,000 spheres to 0.60, and to the ends of the range of solid fractions. */
export const packing: ValidationCase = {
  name: "packing",
  title: "Random packings of spheres: no overlap, exact fraction and radii, same bits for the same seed",
  slow: false,
  run: async () =>
    [
      [0.6, false],
      [0.6, true],
      [0.5, false],
      [0.62, true],
    ].flatMap(([fraction, periodic]): Verdict[] => {
      const of = `1,000 spheres to ${fraction}, ${periodic ? "periodic" : "walls"}`;
      const quality = packingQuality(1000, fraction as number, periodic as boolean, 1);
      const { overlap, fractionError, radiiDistance, sameBits, seconds } = quality;
      return [
        atMost(`${of}: overlap over radius`, Math.max(0, overlap), TOUCHING, `${seconds.toFixed(2)} s`),
        atMost(`${of}: solid fraction, relative error`, fractionError, 1e-12),
        atMost(`${of}: radii, largest distance to the distribution × 2,000`, 2000 * radiiDistance, 1.000001),
        { name: `${of}: same bits`, value: sameBits ? "yes" : "no", band: "yes", holds: sameBits },
      ];
    }),
};

/** Means over particles away from the walls. */
export interface Statistics {
  readonly coordination: number;
  readonly coordinationDeviation: number;
  /** µm */
  readonly sixNearest: number;
  /** µm */
  readonly nearest: number;
  readonly packingDensity: number;
}

/** A packing to the measured radii and solid fraction. */
export function packLikeMeasured(count: number, seed: number): Packing {
  const radius = takeRadii(measuredCathode.radii, count, seed);
  const { solidFraction } = measuredCathode;
  return packed(packAtRandom({ dimension: 3, radius, solidFraction, periodic: true, seed }));
}

export function statisticsOf(packing: Packing): Statistics {
  const { particle } = neighbourhood(packing);
  const deep = (i: number) => Math.min(packing.centre[3 * i + 2], packing.box[2] - packing.centre[3 * i + 2]);
  const inner = [...packing.radius.keys()].filter((i) => deep(i) > FROM_WALLS);
  const mean = (of: (i: number) => number) => inner.reduce((sum, i) => sum + of(i), 0) / inner.length;
  const coordination = mean((i) => particle.coordination[i]);
  return {
    coordination,
    coordinationDeviation: Math.sqrt(mean((i) => (particle.coordination[i] - coordination) ** 2)),
    sixNearest: 1e6 * mean((i) => particle.nearestSixDistance[i]),
    nearest: 1e6 * mean((i) => particle.nearestDistance[i]),
    packingDensity: mean((i) => particle.packingDensity[i]),
  };
}

/** √(−ln(0.05/2)/2): two samples differ with p < 0.05 when D √(nm/(n + m)) exceeds it (Smirnov, Ann. Math. Stat. 19 (1948) 279). */
const CRITICAL = Math.sqrt(-Math.log(0.025) / 2);

/** Largest distance of the two distributions of radii over the distance at which two-sample Kolmogorov–Smirnov has p = 0.05. */
export function distanceOverCritical(radius: Float64Array, table: ParticleTable): number {
  const [all, edge] = ["r_eq_um", "touches_edge"].map((name) => columnOf(table, name));
  const measured = all.filter((r, row) => edge[row] === 0 && r > 1).sort();
  const shareBelow = (r: number) => {
    let [low, high] = [0, measured.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (measured[middle] <= r * 1e6) low = middle + 1;
      else high = middle;
    }
    return low / measured.length;
  };
  const [n, m] = [radius.length, measured.length];
  return kstest(radius, shareBelow).statistic / (CRITICAL * Math.sqrt((n + m) / (n * m)));
}

function measuredTable(): ParticleTable | null {
  const file = measuredFile("nrel_nmc1cal", "particles_skimage_reference.csv");
  return file === null ? null : readParticleTable(readFileSync(file, "utf8"));
}

/** Within 10 % of the measured value. */
function near(name: string, value: number, measured: number): Verdict {
  return between(`${name} (measured ${measured})`, value, 0.9 * measured, 1.1 * measured);
}

export const nrelPacking: ValidationCase = {
  name: "nrel-packing",
  title: "A tomographed NMC cathode's particles regenerated: radii, coordination, distances",
  slow: false,
  run: async () => {
    const made = packLikeMeasured(2000, 1);
    const drawn = takeRadii(measuredCathode.radii, 1256, 1, "drawn");
    const statistics = statisticsOf(made);
    const mean = made.radius.reduce((sum, r) => sum + r, 0) / made.radius.length;
    const deviation = Math.sqrt(made.radius.reduce((sum, r) => sum + (r - mean) ** 2, 0) / made.radius.length);
    const table = measuredTable();
    const p = kstest(drawn, "lognormal", 1.3927 + Math.log(1e-6), 0.3143).pValue;
    return [
      near("mean radius, µm", 1e6 * mean, measuredCathode.meanRadius),
      near("standard deviation of the radius, µm", 1e6 * deviation, measuredCathode.radiusDeviation),
      near("coordination", statistics.coordination, measuredCathode.coordination),
      near("mean distance of six nearest, µm", statistics.sixNearest, measuredCathode.sixNearest),
      near("nearest distance, µm", statistics.nearest, 7.407),
      near("packing density within ±10 µm", statistics.packingDensity, 0.501),
      {
        name: "1,256 drawn radii against the lognormal, Kolmogorov–Smirnov p",
        value: p,
        band: "> 0.05",
        holds: p > 0.05,
      },
      ...(table ? againstTable(made.radius, drawn, table) : []),
    ];
  },
};

function againstTable(quantiles: Float64Array, drawn: Float64Array, table: ParticleTable): Verdict[] {
  const test = "against the measured table, Kolmogorov–Smirnov distance over that of p = 0.05";
  return [
    atMost(`radii by quantiles ${test}`, distanceOverCritical(quantiles, table), 1),
    atMost(`1,256 drawn radii ${test}`, distanceOverCritical(drawn, table), 1),
  ];
}
