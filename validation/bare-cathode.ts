import { elasticInterface } from "../src/fem/law/cohesive/elastic.js";
import { none } from "../src/fem/law/feedback/none.js";
import { constant } from "../src/fem/law/stoichiometry-function.js";
import type { Mesh } from "../src/fem/mesh/mesh.js";
import { type CathodeSpec, cathode } from "../src/fem/model/cathode.js";
import type { Frame, MeshedSimulation } from "../src/fem/model/frame.js";

/** What every case gives itself, and what it may change. */
type Own = Pick<CathodeSpec, "coordinates" | "collector" | "protocol" | "currentScale"> &
  Partial<Omit<CathodeSpec, "mesh" | "time">> & {
    readonly time?: Partial<CathodeSpec["time"]>;
  };

/**
 * A cathode in which nothing happens that is not asked for: constant laws, no swelling, no damage, carbon/binder so
 * conductive that its potential is uniform to 1e-9 V.
 */
export function bareCathode(mesh: Mesh, own: Own): CathodeSpec {
  return {
    mesh,
    separator: "top",
    sides: { bottom: "fixed", right: "fixed", top: "fixed", left: "fixed" },
    maximumConcentration: 49000,
    initialStoichiometry: 0.9,
    openCircuitPotential: constant(3.7),
    diffusivity: constant(1e-14),
    exchangeCurrent: constant(2),
    eigenstrain: constant(0),
    stressDrift: null,
    conductivity: [1e6, 1e6],
    electrolyteConductivity: null,
    contact: null,
    particleSolid: { youngModulus: 140e9, poissonRatio: 0.3 },
    binderSolid: { youngModulus: 2e9, poissonRatio: 0.3 },
    cohesive: elasticInterface(1e16),
    fatigue: null,
    relaxation: 0,
    feedback: none.law({}),
    temperature: 298.15,
    ...own,
    time: { method: "bdf2", tolerance: 1e-3, sizes: { smallest: 1e-6, largest: 5 }, leastSteps: 1, ...own.time },
  };
}

/** Run a cathode to its end. Throws when it gives up; otherwise the frames in which an instruction ended. */
export function march(spec: CathodeSpec, atEnd?: (simulation: MeshedSimulation, frame: Frame) => void): Frame[] {
  const simulation = cathode(spec);
  const ends: Frame[] = [];
  for (;;) {
    const frame = simulation.advance();
    if ("ok" in frame) {
      if (frame.ok) return ends;
      throw new Error(`Validating: the simulation gave up at ${frame.time} s: ${frame.reason}`);
    }
    if (frame.ended === null) continue;
    ends.push(frame);
    atEnd?.(simulation, frame);
  }
}

/** Instructions that carry a current (A) from one of the ascending times (s) to the next. */
export function currentThrough(times: readonly number[], current: number): CathodeSpec["protocol"] {
  return {
    repeat: 1,
    steps: times.map((time, k) => ({
      verb: current >= 0 ? "charge" : "discharge",
      control: { current },
      until: { time: time - (times[k - 1] ?? 0) },
    })),
  };
}
