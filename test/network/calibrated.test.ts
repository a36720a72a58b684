import { describe, expect, it } from "vitest";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { surfaceOf } from "../../src/network/graph/conduction-graph.js";
import type { CoveredPacking } from "../../src/network/graph/covered-packing.js";
import { tractionFactor } from "../../src/network/model/neighbour-law.js";
import { networkParts } from "../../src/network/model/network.js";
import { openings } from "../../src/network/model/openings.js";
import { sightOf } from "../../src/network/neighbours/sight.js";
import { expectNear } from "../law/tolerance.js";
import { framesOf, networkSpec } from "./network-spec.js";

/** Four unequal particles, none in line with two others, before a collector. */
function quartet(dimension: 2 | 3): CoveredPacking {
  const places = [
    [8, 9, 7],
    [19, 11, 10],
    [12, 21, 12],
    [23, 23, 9],
  ];
  const ways = [
    [0.6, 0.8, 0],
    [-0.8, 0.6, 0],
    [0, -1, 0],
    [-0.6, -0.8, 0],
  ];
  const flat = (rows: readonly (readonly number[])[], scale: number) =>
    Float64Array.from(rows.flatMap(([x, y, z]) => (dimension === 2 ? [x, y, 0] : [x, z, y]).map((v) => v * scale)));
  return {
    dimension,
    box: dimension === 2 ? [31e-6, 32e-6, 0] : [31e-6, 19e-6, 32e-6],
    periodic: false,
    centre: flat(places, 1e-6),
    radius: Float64Array.of(4e-6, 5e-6, 4.5e-6, 3.8e-6),
    coverage: Float64Array.of(0.7, 0.3, 0.5, 0.4),
    patch: flat(ways, 1),
  };
}

/**
 * As the constants stand that were fitted to finite elements (docs/networks.md). A change here is a change of the model: fit and
 * validate it again (`synchrode validate neighbour-traction network-agreement`) before the numbers are recorded anew.
 */
const recorded = {
  /** S, sums over ways; openings over those with fixed centres [pair]; Pa, mean tractions. */
  2: {
    collector: 0.3665725284,
    along: 0.008879215918,
    between: 2.704747673,
    opened: [
      0.2180745392, 0.02343853408, 1.628243482, 0.05963013316, 0.2180745392, -0.03163074843, 0.0703888185,
      -0.04513557633, 0.02343853408, -0.03163074843, 0.2529500096, 0.0703888185, 0.2529500096, 1.955554875,
    ],
    traction: [2784151.06, 2423809.87, 2452636.37, 2799933.88],
  },
  3: {
    collector: 1.723004966e-6,
    along: 1.53982494e-7,
    between: 2.006518327e-5,
    opened: [
      0.2579626296, 0.1141273033, 1.588900417, 1.124566673, 0.06088623786, 0.2579626296, 5.31550398e-5, 0.06151187741,
      1.103127392, 0.8968726084, -0.03678218537, 0.1141273033, 5.31550398e-5, 0.2734935728, 0.7422518198, 0.06151187741,
      0.2734935728, 2.02032683, 1.37403159, 0.6259684104,
    ],
    traction: [4216477.34, 4257184.41, 4254386.91, 4251489.88],
  },
} as const;

function expectAll(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(found.length).toBe(expected.length);
  for (const [k, value] of expected.entries()) expectNear(found[k], value, tolerance);
}

describe("what the network was calibrated to", () => {
  it("is the law of tractions that was fitted", () => {
    const rows: readonly (readonly [dimension: 2 | 3, gap: number, cosine: number, factor: readonly number[]])[] = [
      [2, 0.5, 1, [3.784220775, 2.784220775, 2.002136288]],
      [2, 1.3, 0.4, [0.9622656924, 0.2138585043, 0.01272438193]],
      [3, 0.5, 1, [2.197025192, 1.197025192, 0.8607821604]],
      [3, 1.3, 0.4, [0.9858056126, 0.03657546252, 0.001633719289]],
    ];
    for (const [dimension, gap, cosine, factor] of rows) {
      const { whole, crowd, film } = tractionFactor(dimension, [{ gap, ratio: 1.2, opened: 0.7 }], [cosine]);
      expectAll([whole, crowd, film], factor, 1e-8);
    }
  });

  it.each([2, 3] as const)("opens gaps and leads current as recorded in %i-D", (dimension) => {
    const packing = quartet(dimension);
    const opened = openings(packing, sightOf(packing)).flatMap((facing) => facing.map((one) => one.opened));
    expectAll(opened, recorded[dimension].opened, 1e-6);
    const { graph } = networkParts(networkSpec(packing));
    const sums = { collector: 0, along: 0, between: 0 };
    for (const [k, conductance] of graph.conductance.entries()) {
      const [from, to] = [graph.from[k], graph.to[k]];
      const own = Math.floor(from / 2) === Math.floor(to / 2) ? "along" : "between";
      sums[to === graph.collector ? "collector" : own] += conductance;
    }
    for (const way of ["collector", "along", "between"] as const) expectNear(sums[way], recorded[dimension][way], 1e-8);
  });

  it.each([2, 3] as const)("pulls as recorded in %i-D", (dimension) => {
    const packing = quartet(dimension);
    const current = 2 * packing.radius.reduce((sum, r) => sum + surfaceOf(dimension, r), 0);
    // unequal damage, so that points share their load
    const fatigue = creep.law({
      rate: 30 / 720,
      exponent: 1,
      threshold: 0.1,
      referenceTraction: 1e7,
      shearWeight: 1,
    });
    const steps = [{ verb: "charge", control: { current }, until: { time: 200 } }] as const;
    const frames = framesOf(networkSpec(packing, { protocol: { repeat: 1, steps }, currentScale: current, fatigue }));
    expectAll(frames[frames.length - 1].particles.meanTraction, recorded[dimension].traction, 1e-6);
  });
});
