import { planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { bilinear } from "../../src/fem/law/cohesive/bilinear.js";
import { FARADAY } from "../../src/fem/law/faraday.js";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { film } from "../../src/fem/law/feedback/film.js";
import { constant } from "../../src/fem/law/stoichiometry-function.js";
import { type CathodeSpec, cathode } from "../../src/fem/model/cathode.js";
import type { Checkpoint, Ending, Frame, MeshedSimulation } from "../../src/fem/model/frame.js";
import { smoothExchange, smoothPotential } from "../../validation/manufactured/electrochemistry.js";
import { structuredMesh } from "../../validation/mesh/structured.js";

/** m, of particle, carbon/binder and height. */
const size = 3e-6;
const maximumConcentration = 50000;
const window = 0.6;

/** C per m of depth that moves the whole window, and A that moves it in 720 s. */
export const capacity = FARADAY * maximumConcentration * window * size * size;
export const fullCurrent = capacity / 720;

/** A strip of particle beside a strip of carbon/binder, whose interface is damaged by the first charge. */
export function stripCathode(own: Partial<CathodeSpec> & Pick<CathodeSpec, "protocol">): CathodeSpec {
  return {
    mesh: structuredMesh({
      order: 1,
      towards: "right",
      length: size,
      columns: 3,
      layers: [
        { body: "particle", thickness: size, rows: 4 },
        { body: "high", thickness: size, rows: 3 },
      ],
      distortion: 0.15,
    }),
    coordinates: planeStrain,
    collector: "right",
    separator: "top",
    sides: { bottom: "roller", right: "fixed", top: "free", left: "roller" },
    maximumConcentration,
    initialStoichiometry: 0.85,
    openCircuitPotential: smoothPotential,
    diffusivity: constant(5e-14),
    exchangeCurrent: smoothExchange,
    eigenstrain: { value: (s) => 0.03 * s, derivative: () => 0.03, validity: [0, 1] },
    stressDrift: null,
    conductivity: [1, 1e-3],
    electrolyteConductivity: null,
    contact: null,
    particleSolid: { youngModulus: 140e9, poissonRatio: 0.3 },
    binderSolid: { youngModulus: 2e9, poissonRatio: 0.3 },
    cohesive: bilinear.law(
      {
        normalStrength: 1.8e7,
        shearStrength: 1.8e7,
        normalToughness: 1.5,
        shearToughness: 1.5,
        mixedMode: { kind: "benzeggagh-kenane", exponent: 1.5 },
      },
      1e16,
    ),
    fatigue: creep.law({ rate: 4 / 720, exponent: 2, threshold: 0.3, referenceTraction: 6e7, shearWeight: 1 }),
    relaxation: 0,
    feedback: film.law({ resistance: 0.02, initial: 0 }),
    temperature: 298.15,
    time: { method: "bdf2", tolerance: 1e-3, sizes: { smallest: 1e-4, largest: 20 }, leastSteps: 10 },
    currentScale: fullCurrent,
    ...own,
  };
}

/** Charge and discharge by half the window, `repeat` times. */
export function halfCycles(repeat: number): CathodeSpec["protocol"] {
  const until = { throughput: capacity / 2 };
  return {
    repeat,
    steps: [
      { verb: "charge", control: { current: fullCurrent }, until },
      { verb: "discharge", control: { current: -fullCurrent }, until },
    ],
  };
}

export interface Course {
  readonly frames: readonly Frame[];
  readonly ending: Ending;
  readonly checkpoints: readonly Checkpoint[];
  readonly simulation: MeshedSimulation;
}

/** Run to the end, taking a checkpoint whenever an instruction has ended. */
export function course(spec: CathodeSpec, from?: Checkpoint): Course {
  const simulation = cathode(spec, from);
  const frames: Frame[] = [];
  const checkpoints: Checkpoint[] = [];
  for (;;) {
    const next = simulation.advance();
    if ("ok" in next) return { frames, ending: next, checkpoints, simulation };
    frames.push(next);
    if (next.ended !== null) checkpoints.push(simulation.checkpoint());
  }
}
