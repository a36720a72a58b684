import { draws } from "../draws/draws.js";
import { coordinatesOf, sections } from "../fem/coordinates/coordinates.js";
import { cohesiveLaw } from "../fem/law/cohesive/cohesives.js";
import { continuedExchange, continuedPositive, TRUSTED } from "../fem/law/continuation.js";
import { crackLaw } from "../fem/law/crack/cracks.js";
import { eigenstrainLaw } from "../fem/law/eigenstrain/eigenstrains.js";
import { electrolytes } from "../fem/law/electrolyte/electrolytes.js";
import { FARADAY } from "../fem/law/faraday.js";
import { fatigueLaw } from "../fem/law/fatigue/fatigues.js";
import { feedbackLaw } from "../fem/law/feedback/feedbacks.js";
import type { StoichiometryFunction } from "../fem/law/law.js";
import { surfaceLaw } from "../fem/law/surface/surfaces.js";
import { meshCircles } from "../fem/mesh/triangulation.js";
import { type CathodeSpec, cathode } from "../fem/model/cathode.js";
import type { CrackedParticles } from "../fem/model/crack-state.js";
import type { Checkpoint, Simulation } from "../fem/model/frame.js";
import type { Instruction } from "../fem/model/protocol.js";
import type { ModeSolving } from "../network/model/mode-solver.js";
import { type NetworkSpec, network } from "../network/model/network.js";
import { type FunctionChoice, formOf } from "../scenario/function/forms.js";
import { continuedWhereTaken, takenPotential } from "../scenario/function/potential.js";
import type { NetworkChoice, Scenario } from "../scenario/scenario.js";
import { controlOf, type ProtocolStep } from "../scenario/step/steps.js";
import { solidMeasure } from "../space/packing.js";

/**
 * Laws given as values, in place of those that the scenario chooses: V, m²/s, A/m² and linear strain against stoichiometry; what
 * damage does to the reaction; traction against opening in Pa and m; and damage that gathers under traction, null for none. Potential,
 * diffusivity and exchange current are continued outside their range as a scenario's own tables are.
 */
export type OwnLaws = Partial<
  Pick<
    CathodeSpec,
    "openCircuitPotential" | "diffusivity" | "exchangeCurrent" | "eigenstrain" | "feedback" | "cohesive" | "fatigue"
  >
>;

/** What a simulation is started with besides its scenario. */
export interface Given {
  readonly laws?: OwnLaws;
  /** What solves a network's radial systems. */
  readonly modeSolving?: ModeSolving;
}

/** Prepare the simulation a scenario describes; with a checkpoint, one that goes on from there. */
export function startSimulation(scenario: Scenario, from?: Checkpoint, given: Given = {}): Simulation {
  const { laws, modeSolving } = given;
  if (scenario.network === null) return cathode(cathodeSpec(scenario, laws), from);
  return network({ ...networkSpec(scenario, scenario.network, laws), ...(modeSolving && { modeSolving }) }, from);
}

/** The finite-element model's view of a scenario: mesh, laws, currents in A. */
export function cathodeSpec(scenario: Scenario, laws: OwnLaws = {}): CathodeSpec {
  const { activeMaterial: active, geometry } = scenario;
  return {
    ...lawsAndProtocol(scenario, laws),
    mesh: meshCircles(geometry, scenario.solver.mesh),
    coordinates: coordinatesOf(geometry.stressState),
    collector: geometry.collector,
    separator: geometry.separator,
    sides: geometry.mechanics,
    stressDrift:
      active.stressDrift && "partialMolarVolume" in active.eigenstrain ? active.eigenstrain.partialMolarVolume : null,
  };
}

/** The network model's view of a scenario: packing, laws, currents in A. */
export function networkSpec(
  scenario: Scenario,
  { packing, resolution }: NetworkChoice,
  laws: OwnLaws = {},
): NetworkSpec {
  return { ...lawsAndProtocol(scenario, laws), packing, resolution, contactLoss: scenario.binder.contactLoss };
}

/** What both models take alike. */
function lawsAndProtocol(
  scenario: Scenario,
  laws: OwnLaws,
): Omit<NetworkSpec, "packing" | "resolution" | "contactLoss"> {
  const { activeMaterial: active, binder, electrolyte } = scenario;
  const oneC = currentOfOneC(scenario);
  const rates = scenario.protocol.steps.flatMap((step) => (step.rate === undefined ? [] : [step.rate]));
  const { time } = scenario.solver;
  const eigenstrain = laws.eigenstrain ?? eigenstrainLaw(active.eigenstrain, active.maximumConcentration);
  return {
    maximumConcentration: active.maximumConcentration,
    initialStoichiometry: active.initialStoichiometry,
    openCircuitPotential: (laws.openCircuitPotential
      ? continuedWhereTaken(laws.openCircuitPotential)
      : takenPotential(active.openCircuitPotential)
    ).law,
    diffusivity: positive(laws.diffusivity ?? active.diffusivity, "diffusivity"),
    exchangeCurrent: positive(laws.exchangeCurrent ?? active.exchangeCurrent, "exchangeCurrent"),
    eigenstrain,
    conductivity: [binder.highConductivity, binder.lowConductivity],
    electrolyteConductivity: electrolytes.law(electrolyte),
    contact: surfaceLaw(scenario.surface),
    particleSolid: active,
    binderSolid: binder,
    ...interfaceLaws(scenario),
    feedback: feedbackLaw(scenario.feedback),
    cracks: crackedParticles(scenario, eigenstrain),
    temperature: scenario.temperature,
    protocol: {
      repeat: scenario.protocol.repeat,
      steps: scenario.protocol.steps.map((step) => instruction(step, oneC)),
    },
    time: {
      method: time.method,
      tolerance: time.tolerance,
      sizes: { smallest: time.smallestStep, largest: time.largestStep },
      leastSteps: time.leastSteps,
    },
    currentScale: oneC * Math.max(...rates),
    ...pick(laws, "feedback", "cohesive", "fatigue"),
  };
}

/** The keys among these that are given. */
function pick<T extends object, K extends keyof T>(from: T, ...keys: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Partial<
    Pick<T, K>
  >;
}

/** A (per m of depth): the usable window of all particles in one hour. */
function currentOfOneC(scenario: Scenario): number {
  const { geometry, activeMaterial } = scenario;
  const { maximumConcentration, usableWindow } = activeMaterial;
  const radii = geometry.particles.map(({ radius }) => radius);
  const volume = solidMeasure(dimensionOf(scenario), radii);
  return (FARADAY * maximumConcentration * usableWindow * volume) / 3600;
}

/** Of the particles: 2 for disks, 3 for spheres. */
function dimensionOf({ network: choice, geometry }: Scenario): 2 | 3 {
  return choice?.packing.dimension ?? sections[geometry.kind].dimension;
}

/** The rate, in C, below which the largest step grows as the rate falls; rests and holds are led by their error alone. */
const slow = 5 / 3;

/** How many times longer than `largestStep` the steps of an instruction may be. */
export function stretchOf({ rate }: Pick<ProtocolStep, "rate">): number {
  return rate === undefined ? Number.POSITIVE_INFINITY : Math.max(1, slow / rate);
}

function instruction(step: ProtocolStep, oneC: number): Instruction {
  const { voltage, current, throughput, time } = step.until;
  return {
    verb: step.verb,
    stretch: stretchOf(step),
    control: controlOf(step, oneC),
    until: {
      ...(voltage !== undefined && { voltage }),
      ...(current !== undefined && { current: current * oneC }),
      ...(throughput !== undefined && { throughput: throughput * oneC * 3600 }),
      ...(time !== undefined && { time }),
    },
  };
}

/** Tables and formulas stay positive outside their range; sets, constants and the symmetric form do so by themselves. */
function positive(
  choice: FunctionChoice | StoichiometryFunction,
  which: "diffusivity" | "exchangeCurrent",
): StoichiometryFunction {
  const form = "value" in choice ? null : formOf(choice);
  const given = "value" in choice ? choice : formOf(choice).law(choice, which);
  if (given.constant || form?.positive) return given;
  const [lowest, highest] = TRUSTED;
  const continued = which === "exchangeCurrent" ? continuedExchange : continuedPositive;
  return continued(given, [Math.max(lowest, given.validity[0]), Math.min(highest, given.validity[1])]);
}

/** Cracks and how strong each particle is: drawn from the seed by a stream of its own, particle by particle. */
function crackedParticles(scenario: Scenario, eigenstrain: StoichiometryFunction): CrackedParticles | null {
  const { activeMaterial, geometry, seed } = scenario;
  const law = crackLaw(scenario.cracks ?? null, { ...activeMaterial, eigenstrain });
  if (law === null) return null;
  const { uniform } = draws(seed, "crack strength");
  const dimension = dimensionOf(scenario);
  return {
    law,
    strength: Float64Array.from(geometry.particles, (one) => law.strength(one.radius, dimension, uniform())),
  };
}

function interfaceLaws(scenario: Scenario): Pick<CathodeSpec, "cohesive" | "fatigue" | "relaxation"> {
  const { stiffness, cohesive, fatigue, relaxation } = scenario.interface;
  return {
    cohesive: cohesiveLaw(cohesive, stiffness),
    fatigue: fatigueLaw(fatigue),
    relaxation,
  };
}
