import { describe, expect, it } from "vitest";
import { FARADAY } from "../../src/fem/law/faraday.js";
import { cycling } from "../../src/fem/model/cycling.js";
import type { Frame } from "../../src/fem/model/frame.js";
import { type ConductionGraph, surfaceOf } from "../../src/network/graph/conduction-graph.js";
import type { CoveredPacking } from "../../src/network/graph/covered-packing.js";
import { type NetworkSpec, network, networkParts, prepareNetwork } from "../../src/network/model/network.js";
import { cylinderUnderFlux, sphereUnderFlux } from "../../validation/closed-form/crank.js";
import { twoParticleStoichiometries } from "../../validation/closed-form/equalisation.js";
import { framesOf, linear, networkSpec, rowOf } from "./network-spec.js";

function through(current: number, times: readonly number[]) {
  return {
    repeat: 1,
    steps: times.map((time, k) => ({
      verb: current > 0 ? ("charge" as const) : ("rest" as const),
      control: { current },
      until: { time: time - (times[k - 1] ?? 0) },
    })),
  };
}

describe.each([2, 3] as const)("one particle in %i-D", (dimension) => {
  it("follows Crank under a constant flux", () => {
    const packing = rowOf(dimension, [1]);
    const [radius, diffusivity, density] = [5e-6, 1e-14, 1];
    const unit = radius ** 2 / diffusivity;
    const times = [0.02, 0.05, 0.1, 0.2, 0.5];
    const current = density * surfaceOf(dimension, radius);
    const spec = networkSpec(packing, {
      ...linear,
      diffusivity: { value: () => diffusivity, derivative: () => 0, validity: [0, 1], constant: true },
      resolution: { directions: 8, points: 1, radial: { first: 0.02, growth: 1.15, largest: 0.05 } },
      protocol: through(
        current,
        times.map((tau) => tau * unit),
      ),
      currentScale: current,
      time: { method: "bdf2", tolerance: 1e-6, sizes: { smallest: 1e-9 * unit, largest: 1e-3 * unit }, leastSteps: 10 },
    });
    const ends = framesOf(spec).filter(({ ended }) => ended !== null);
    const body = dimension === 2 ? cylinderUnderFlux() : sphereUnderFlux();
    const scale = (density * radius) / (FARADAY * diffusivity * spec.maximumConcentration);
    ends.forEach(({ particles }, k) => {
      const theta = (spec.initialStoichiometry - particles.surfaceStoichiometry[0]) / scale;
      expect(Math.abs(theta - body.value(1, times[k]))).toBeLessThan(1e-3);
    });
  });
});

describe("two particles with linear potentials", () => {
  it("drift apart and come together in exact exponentials", () => {
    const packing = rowOf(2, [1, 1]);
    const spec0 = networkSpec(packing, linear);
    const { points } = networkParts(spec0);
    const area = surfaceOf(2, 5e-6);
    const [film, branches] = [0.005, [0.01, 0.04]];
    const reaction = 0.0256925796 / 1e3;
    // High nodes hang on the collector by what is left of each branch; low nodes are shorted to them.
    const graph: ConductionGraph = {
      nodes: 5,
      collector: 4,
      from: Int32Array.of(0, 0, 2, 2),
      to: Int32Array.of(1, 4, 3, 4),
      conductance: Float64Array.of(
        1,
        area / (branches[0] - film - reaction),
        1,
        area / (branches[1] - film - reaction),
      ),
    };
    const [density, times] = [2, [40, 120, 300]];
    const spec = networkSpec(packing, {
      ...linear,
      feedback: { filmResistance: () => film, activity: () => 1 },
      protocol: through(2 * area * density, times),
      currentScale: 2 * area * density,
      time: { method: "bdf2", tolerance: 1e-8, sizes: { smallest: 1e-6, largest: 0.5 }, leastSteps: 10 },
    });
    const run = cycling(prepareNetwork(spec, { graph, points }));
    const body = {
      radius: 5e-6,
      maximumConcentration: spec.maximumConcentration,
      initialStoichiometry: spec.initialStoichiometry,
    };
    // The surface runs ahead of the mean by i R/(4 F c D), which counts as a resistance too.
    const diffusion = (0.9 * 5e-6) / (4 * FARADAY * spec.maximumConcentration * 1e-10);
    const pair = branches.map((resistance) => ({ ...body, resistance: resistance + diffusion })) as [never, never];
    const errors: number[] = [];
    for (let next = run.advance(); "verb" in next; next = run.advance()) {
      if (next.ended === null) continue;
      const exact = twoParticleStoichiometries("cylinder", pair, -0.9, density, next.time);
      for (const k of [0, 1]) errors.push(Math.abs(next.particles.meanStoichiometry[k] - exact[k]));
    }
    expect(errors.length).toBe(2 * times.length);
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  });
});

describe("a network", () => {
  it("keeps its balances, and gives equal particles equal lives", () => {
    const all = cycled(rowOf(2, [0.5, 0.5, 0.5]));
    for (const { balances } of all) {
      expect(balances.lithium).toBeLessThan(1e-10);
      expect(balances.charge).toBeLessThan(1e-9);
      expect(balances.momentum).toBeLessThan(1e-10);
    }
    const { damage, meanStoichiometry } = all[all.length - 1].particles;
    for (const column of [damage, meanStoichiometry]) {
      expect(Math.max(...column) - Math.min(...column)).toBeLessThan(1e-9 * Math.max(...column));
    }
    expect(Math.min(...damage)).toBeGreaterThan(0);
  });

  it("gives mirrored rows mirrored lives", () => {
    const [there, back] = [
      [0.9, 0.5, 0.1],
      [0.1, 0.5, 0.9],
    ].map((coverage) => cycled(rowOf(2, coverage)).at(-1)!);
    there.particles.damage.forEach((value, k) => {
      expect(Math.abs(back.particles.damage[2 - k] / value - 1)).toBeLessThan(1e-6);
    });
  });

  it("works the better covered particles harder", () => {
    const { damage, meanStoichiometry } = cycled(rowOf(3, [0.9, 0.5, 0.1])).find(
      ({ ended }) => ended !== null,
    )!.particles;
    expect(meanStoichiometry[0]).toBeLessThan(meanStoichiometry[1]);
    expect(meanStoichiometry[1]).toBeLessThan(meanStoichiometry[2]);
    expect(damage[0]).toBeGreaterThanOrEqual(damage[2]);
  });
});

describe("a particle that would be filled beyond its last place", () => {
  it("makes steps shorter, then ends the run and is named, with every frame within 0 to 1", () => {
    const packing = rowOf(2, [0.9, 0.5, 0.1]);
    const area = packing.radius.reduce((sum, r) => sum + surfaceOf(2, r), 0);
    const steps = [{ verb: "discharge" as const, control: { current: -9 * area }, until: { time: 1e4 } }];
    const simulation = network(networkSpec(packing, { protocol: { repeat: 1, steps }, currentScale: 9 * area }));
    const frames: Frame[] = [];
    for (;;) {
      const next = simulation.advance();
      if ("verb" in next) {
        frames.push(next);
        continue;
      }
      expect(next).toMatchObject({ ok: false, limit: true, step: frames.length });
      expect(!next.ok && next.reason).toMatch(
        /^particle \d is full \(s = 1 − \S+ at its surface\) and takes up no more/,
      );
      break;
    }
    expect(frames.length).toBeGreaterThan(20);
    for (const { particles, balances } of frames) {
      expect(Math.max(...particles.largestStoichiometry)).toBeLessThan(1);
      expect(balances.lithium).toBeLessThan(1e-10);
    }
  });
});

/** 9 A/m² out of all surfaces for a while, and 3 A/m² back. */
function halfCycles(packing: CoveredPacking, repeat = 1): Partial<NetworkSpec> {
  const area = packing.radius.reduce((sum, r) => sum + surfaceOf(packing.dimension, r), 0);
  const time = packing.dimension === 2 ? 300 : 200;
  const steps = [
    { verb: "charge" as const, control: { current: 9 * area }, until: { time } },
    { verb: "discharge" as const, control: { current: -3 * area }, until: { time } },
  ];
  return { protocol: { repeat, steps }, currentScale: 9 * area };
}

function cycled(packing: CoveredPacking): Frame[] {
  return framesOf(networkSpec(packing, halfCycles(packing)));
}

describe("a particle that is nearly full", () => {
  it("refuses current, and the others take over, until the voltage limit ends the discharge", () => {
    const packing = rowOf(2, [0.9, 0.5, 0.1]);
    const area = packing.radius.reduce((sum, r) => sum + surfaceOf(2, r), 0);
    const steps = [{ verb: "discharge" as const, control: { current: -9 * area }, until: { voltage: 2.5 } }];
    const frames = framesOf(networkSpec(packing, { protocol: { repeat: 1, steps }, currentScale: 9 * area }));
    const end = frames[frames.length - 1];
    expect(end.ended).toBe("voltage");
    const into = (k: number) => frames.map(({ particles }) => -particles.currentDensity[k]);
    const [best, poorest] = [into(0), into(2)];
    // At first the best covered takes most, in the end least; what passes in all stays.
    expect(best[6]).toBeGreaterThan(1.2 * poorest[6]);
    expect(poorest[poorest.length - 1]).toBeGreaterThan(1.5 * best[best.length - 1]);
    for (const { current } of frames) expect(Math.abs(current / (-9 * area) - 1)).toBeLessThan(1e-9);
    for (const { particles } of frames) expect(Math.max(...particles.largestStoichiometry)).toBeLessThan(1 - 2e-4);
  });
});
