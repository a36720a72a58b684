import { linear as vegard } from "../../src/fem/law/eigenstrain/linear.js";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { film } from "../../src/fem/law/feedback/film.js";
import { constant } from "../../src/fem/law/stoichiometry-function.js";
import type { Frame } from "../../src/fem/model/frame.js";
import type { CoveredPacking } from "../../src/network/graph/covered-packing.js";
import { type NetworkSpec, network } from "../../src/network/model/network.js";
import { loadScenario } from "../../src/scenario/load.js";
import { cathodeSpec } from "../../src/study/simulation.js";

const scenario = loadScenario("scenarios/plane-strain.yaml");
const coarse = { ...scenario.solver, mesh: { ...scenario.solver.mesh, interfaceSize: 1e-6, largestSize: 3e-6 } };
const { mesh: _, ...resolved } = cathodeSpec({ ...scenario, solver: coarse });

export const resolution = { directions: 48, points: 4, radial: { first: 0.04, growth: 1.25, largest: 0.16 } } as const;

/** Strain, damage and film that act from the first steps on, in steps of seconds. */
const early: Partial<NetworkSpec> = {
  eigenstrain: vegard.law({ partialMolarVolume: 1.84e-6 }, resolved.maximumConcentration),
  initialStoichiometry: 0.8,
  fatigue: creep.law({ rate: 1.8 / 720, exponent: 2, threshold: 0.3, referenceTraction: 60e6, shearWeight: 1 }),
  feedback: film.law({ resistance: 0.25, initial: 0 }),
  time: { ...resolved.time, sizes: { smallest: 1e-6, largest: 15 }, leastSteps: 72 },
};

/** The shipped disks on another packing, changed as asked; 5C of all its particles is the current scale. */
export function networkSpec(packing: CoveredPacking, changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return { ...resolved, ...early, packing, resolution, contactLoss: 0, ...changes };
}

/** Equal disks or spheres in a row along the collector, covered as listed, patches facing it. */
export function rowOf(dimension: 2 | 3, coverage: readonly number[], clearance = 6e-6): CoveredPacking {
  const [radius, pitch] = [5e-6, 10e-6 + clearance];
  const depth = pitch + clearance;
  const centre = new Float64Array(3 * coverage.length);
  const patch = new Float64Array(3 * coverage.length);
  coverage.forEach((_, k) => {
    const x = pitch * (k + 0.5);
    centre.set(dimension === 2 ? [x, depth / 2, 0] : [x, pitch / 2, depth / 2], 3 * k);
    patch.set(dimension === 2 ? [0, -1, 0] : [0, 0, -1], 3 * k);
  });
  const width = pitch * coverage.length;
  const box = dimension === 2 ? ([width, depth, 0] as const) : ([width, pitch, depth] as const);
  const all = new Float64Array(coverage.length).fill(radius);
  return { dimension, box, periodic: false, centre, radius: all, coverage: Float64Array.from(coverage), patch };
}

/** Three equal disks one behind another from the collector on. */
export function columnOf(coverage: readonly [number, number, number]): CoveredPacking {
  const centre = Float64Array.of(8e-6, 11e-6, 0, 8e-6, 27e-6, 0, 8e-6, 43e-6, 0);
  return { ...rowOf(2, coverage), box: [16e-6, 54e-6, 0], centre };
}

/** A linear potential, a fast reaction and fast diffusion: what is left is resistance. */
export const linear = {
  openCircuitPotential: { value: (s: number) => 4.5 - 0.9 * s, derivative: () => -0.9, validity: [0, 1] as const },
  exchangeCurrent: constant(1e3),
  diffusivity: constant(1e-10),
  fatigue: null,
};

/** Every frame of a run; throws when it does not reach its end. */
export function framesOf(spec: NetworkSpec): Frame[] {
  const simulation = network(spec);
  const all: Frame[] = [];
  for (;;) {
    const next = simulation.advance();
    if (!("verb" in next)) {
      if (!next.ok) throw new Error(next.reason);
      return all;
    }
    all.push(next);
  }
}
