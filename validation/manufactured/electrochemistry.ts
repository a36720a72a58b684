import { cellsWhere, type Space, spaceOf } from "../../src/fem/assembly/assemble.js";
import { contactPoints } from "../../src/fem/assembly/contact-points.js";
import type { Coordinates } from "../../src/fem/coordinates/coordinates.js";
import { butlerVolmer } from "../../src/fem/law/butler-volmer.js";
import { FARADAY } from "../../src/fem/law/faraday.js";
import type { StoichiometryFunction } from "../../src/fem/law/law.js";
import type { ParticleContact } from "../../src/fem/law/surface/surface.js";
import type { Mesh } from "../../src/fem/mesh/mesh.js";
import {
  type Electrochemistry,
  type ElectrochemistrySpec,
  electrochemistry,
} from "../../src/fem/model/electrochemistry.js";
import { newtonWorkspace, solveKept } from "../../src/fem/nonlinear/kept-newton.js";
import { accepted, type Bdf, bdf, type History, history, restarted } from "../../src/fem/time/bdf.js";
import { type FieldError, fieldError } from "./error.js";
import { type Field, type Jet, zero } from "./field.js";
import { addInterface, addVolume, type Density } from "./load.js";

/** Fields chosen beforehand, at one time; gradients across the outer sides but the collector must vanish. */
export interface ChosenFields {
  readonly stoichiometry: Field;
  /** ∂s/∂t, 1/s */
  readonly rate: Field;
  /** V, relative to the collector, zero on it. */
  readonly potential: Field;
  /** V, of the particle relative to the collector, where the specification has a contact. */
  readonly inside: Field;
  /** V, zero on the separator. */
  readonly ionic: Field;
  /** V, of the collector. */
  readonly voltage: number;
  /** A, of the chosen potential at the collector. */
  readonly current: number;
}

/**
 * A stack of a particle (left) and carbon/binder (right of x = interface), whose collector is the side `right`. Sources
 * and the mismatch at the interface follow from the strong form, so that the chosen fields solve it:
 *   F c_max [ṡ − ∇·(A ∇s) + ∇·(B ∇σ̃)] = f,  −σ∇²φ = g,  −∇·(σ_p(s) ∇φ_p) = g_p;  A = D(1 + θ s), B = D Ω s/RT
 */
export interface ChosenProblem {
  readonly mesh: Mesh;
  readonly coordinates: Coordinates;
  readonly spec: ElectrochemistrySpec;
  readonly damage: number;
  /** σ̃, Pa, where stress drives diffusion. */
  readonly stress?: Field;
  readonly at: (time: number) => ChosenFields;
  readonly currentScale: number;
}

export interface CoupledError {
  readonly stoichiometry: FieldError;
  readonly potential: FieldError;
  readonly inside: FieldError;
  readonly ionic: FieldError;
  /** V */
  readonly voltage: number;
}

/** The chosen problem ready to be stepped. */
export interface CoupledRun {
  /**
   * Solve one step under the chosen current, or the steady problem (`formula` without memory) at the chosen voltage:
   * at rest a current fixes no lithium content. Throws Error when that fails.
   */
  step(formula: Bdf, from: History, time: number): Float64Array;
  start(time: number): Float64Array;
  errors(x: Float64Array, time: number): CoupledError;
  readonly electro: Electrochemistry;
}

export function coupledRun(problem: ChosenProblem): CoupledRun {
  const space = spaceOf(problem.mesh, problem.coordinates);
  const points = contactPoints(space);
  const electro = electrochemistry(space, points, problem.spec);
  const damage = new Float64Array(points.count).fill(problem.damage);
  const work = newtonWorkspace(electro, 3);
  const settings = { tolerance: 1e-9, maxIterations: 40, slow: 0.5, depth: 3 };
  const stress = problem.stress === undefined ? null : onNodes(problem, problem.stress);
  return {
    electro,
    start: (time) => interpolated(problem, electro, time),
    step: (formula, from, time) => {
      const fields = problem.at(time);
      electro.prepare({
        formula,
        history: from,
        control: formula.a0 === 0 ? { voltage: fields.voltage } : { current: fields.current },
        damage,
        currentScale: problem.currentScale,
        current: electro.reaction.current,
        stress,
        load: loadOf(problem, space, electro, fields),
      });
      const x = from.states[0].slice();
      const outcome = solveKept(electro, x, settings, work);
      if (!outcome.ok) throw new Error(`Solving the chosen problem at ${time} s: ${outcome.reason}.`);
      return x;
    },
    errors: (x, time) => errorsOf(problem, space, electro, x, time),
  };
}

/** The steady solution's errors; Newton's method starts from a uniform state. */
export function steadyErrors(problem: ChosenProblem): CoupledError {
  const run = coupledRun(problem);
  const guess = run.start(0).map((value, i) => (i < run.electro.unknownsOf.lithiumCount ? 0.6 : value));
  const from = restarted(history(run.electro.unknowns), guess);
  return run.errors(run.step({ order: 1, a0: 0, a1: 0, a2: 0 }, from, 0), 0);
}

/** Errors at the end of the given steps (s) from the chosen start. */
export function transientErrors(
  problem: ChosenProblem,
  method: "euler" | "bdf2",
  steps: readonly number[],
): CoupledError {
  const run = coupledRun(problem);
  let from = restarted(history(run.electro.unknowns), run.start(0));
  let time = 0;
  for (const h of steps) {
    time += h;
    from = accepted(from, run.step(bdf(method, h, from.steps[0] ?? null), from, time), h);
  }
  return run.errors(from.states[0], time);
}

function interpolated(problem: ChosenProblem, electro: Electrochemistry, time: number): Float64Array {
  const { lithium, potential, level, inside, ionic, voltage } = electro.unknownsOf;
  const fields = problem.at(time);
  const x = new Float64Array(electro.unknowns);
  const fill = (unknown: Int32Array, field: Field): void => {
    unknown.forEach((u, node) => {
      if (u >= 0) x[u] = field(problem.mesh.nodes[2 * node], problem.mesh.nodes[2 * node + 1]).v;
    });
  };
  fill(lithium, fields.stoichiometry);
  fill(potential, fields.potential);
  fill(
    level.map((unknown, node) => (inside[node] < 0 ? unknown : -1)),
    fields.inside,
  );
  fill(inside, fields.inside);
  inside.forEach((unknown, node) => {
    if (unknown >= 0) x[unknown] -= x[level[node]];
  });
  fill(ionic, fields.ionic);
  x[voltage] = fields.voltage;
  return x;
}

/** `[node]` values of a field. */
function onNodes({ mesh: { nodes } }: ChosenProblem, field: Field): Float64Array {
  return Float64Array.from({ length: nodes.length / 2 }, (_, k) => field(nodes[2 * k], nodes[2 * k + 1]).v);
}

function loadOf(problem: ChosenProblem, space: Space, electro: Electrochemistry, fields: ChosenFields): Float64Array {
  const { mesh, coordinates, spec } = problem;
  const { lithium, potential, ionic } = electro.unknownsOf;
  const load = new Float64Array(electro.unknowns);
  const laplace = (jet: Jet, x: number): number => jet.xx + jet.yy + coordinates.hoop(x) * jet.x;
  const scale = FARADAY * spec.maximumConcentration;
  const [sigma] = spec.conductivity;
  const kappa = spec.electrolyteConductivity ?? 0;
  const stress = problem.stress ?? zero;
  const current = reactionOf(problem, fields);
  const entering = spec.contact === null ? current : passageOf(spec.contact, problem, fields);
  const particle = cellsWhere(mesh, (region) => region < mesh.particles);
  const binder = cellsWhere(mesh, (region) => region >= mesh.particles);
  const source = (x: number, y: number): number => {
    const [s, t] = [fields.stoichiometry(x, y), stress(x, y)];
    const flux = fluxOf(spec, s.v);
    const spreading = flux.a * laplace(s, x) + flux.aSlope * (s.x ** 2 + s.y ** 2);
    const driving = flux.b * laplace(t, x) + flux.bSlope * (s.x * t.x + s.y * t.y);
    return scale * (fields.rate(x, y).v - spreading + driving);
  };
  const surface = (x: number, y: number): number => {
    const [s, t] = [fields.stoichiometry(x, y), stress(x, y)];
    const flux = fluxOf(spec, s.v);
    return scale * (flux.a * s.x - flux.b * t.x) + current(x, y);
  };
  addVolume(space, particle, source, (node) => lithium[node], load);
  addInterface(space, "particle", surface, (node) => lithium[node], load);
  const conducting = (field: Field, conductivity: number, reaction: Density, unknown: (node: number) => number) => {
    addVolume(space, binder, (x, y) => -conductivity * laplace(field(x, y), x), unknown, load);
    addInterface(space, "binder", (x, y) => reaction(x, y) - conductivity * field(x, y).x, unknown, load);
  };
  conducting(fields.potential, sigma, entering, (node) => potential[node]);
  addConduction(problem, space, { electro, fields, excess: (x, y) => current(x, y) - entering(x, y) }, load);
  conducting(
    fields.ionic,
    kappa,
    (x, y) => -current(x, y),
    (node) => ionic[node],
  );
  return load;
}

/** Sources of the particle's potential, where `excess` is i − j. */
function addConduction(
  { spec, mesh, coordinates }: ChosenProblem,
  space: Space,
  {
    electro,
    fields,
    excess,
  }: {
    readonly electro: Electrochemistry;
    readonly fields: ChosenFields;
    readonly excess: (x: number, y: number) => number;
  },
  load: Float64Array,
): void {
  if (spec.contact === null || typeof spec.contact.conduction === "string") return;
  const sigma = spec.contact.conduction;
  const { level, inside } = electro.unknownsOf;
  const nodal = new Float64Array(level.length);
  const at = (node: number): number => (level[node] < 0 ? -1 : node);
  const source = (x: number, y: number): number => {
    const [s, phi] = [fields.stoichiometry(x, y), fields.inside(x, y)];
    const spread = phi.xx + phi.yy + coordinates.hoop(x) * phi.x;
    return -sigma.value(s.v) * spread - sigma.derivative(s.v) * (s.x * phi.x + s.y * phi.y);
  };
  const surface = (x: number, y: number): number =>
    sigma.value(fields.stoichiometry(x, y).v) * fields.inside(x, y).x + excess(x, y);
  const particle = cellsWhere(mesh, (region) => region < mesh.particles);
  addVolume(space, particle, source, at, nodal);
  addInterface(space, "particle", surface, at, nodal);
  nodal.forEach((value, node) => {
    if (level[node] >= 0) load[level[node]] += value;
    if (inside[node] >= 0) load[inside[node]] += value;
  });
}

/** j of the chosen fields at a point of the interface, A/m². */
function passageOf(contact: ParticleContact, { damage }: ChosenProblem, fields: ChosenFields) {
  const conductance = contact.left(damage) * contact.conductance[0];
  return (x: number, y: number): number => conductance * (fields.potential(x, y).v - fields.inside(x, y).v);
}

/** i of the chosen fields at a point of the interface, A/m². */
function reactionOf(problem: ChosenProblem, fields: ChosenFields): (x: number, y: number) => number {
  const { spec, damage } = problem;
  const at = { current: 0, conductance: 0, exchangeSlope: 0 };
  const activity = spec.feedback.activity(damage);
  const film = spec.feedback.filmResistance(damage);
  return (x, y) => {
    const s = fields.stoichiometry(x, y).v;
    const electrons = spec.contact === null ? fields.potential : fields.inside;
    const phi = fields.voltage + electrons(x, y).v;
    const ionic = spec.electrolyteConductivity === null ? 0 : fields.ionic(x, y).v;
    const drive = phi - ionic - spec.openCircuitPotential.value(s);
    butlerVolmer(drive, activity * spec.exchangeCurrent.value(s), film, spec.thermalVoltage, Number.NaN, at);
    return at.current;
  };
}

/** A = D(1 + θ s), B = D Ω s/RT and their slopes in s. */
function fluxOf(spec: ElectrochemistrySpec, s: number): { a: number; aSlope: number; b: number; bSlope: number } {
  const [d, slope] = [spec.diffusivity.value(s), spec.diffusivity.derivative(s)];
  const drift = spec.stressDrift;
  const pull = drift === null ? 0 : drift.partialMolarVolume / drift.thermalEnergy;
  const theta = pull * (drift?.stressPerStoichiometry ?? 0);
  const grown = 1 + theta * s;
  return { a: d * grown, aSlope: slope * grown + d * theta, b: d * pull * s, bSlope: pull * (slope * s + d) };
}

function errorsOf(
  problem: ChosenProblem,
  space: Space,
  electro: Electrochemistry,
  x: Float64Array,
  time: number,
): CoupledError {
  const { mesh } = problem;
  const { lithium, potential, level, inside, ionic, voltage } = electro.unknownsOf;
  const fields = problem.at(time);
  const particle = cellsWhere(mesh, (region) => region < mesh.particles);
  const binder = cellsWhere(mesh, (region) => region >= mesh.particles);
  const nodal = (unknown: Int32Array) => (node: number) => {
    const u = unknown[node];
    return u < 0 || u === voltage ? 0 : x[u];
  };
  return {
    stoichiometry: fieldError(space, particle, nodal(lithium), fields.stoichiometry),
    potential: fieldError(space, binder, nodal(potential), fields.potential),
    inside: fieldError(space, particle, (node) => nodal(level)(node) + nodal(inside)(node), fields.inside),
    ionic: fieldError(space, binder, nodal(ionic), fields.ionic),
    voltage: Math.abs(x[voltage] - fields.voltage),
  };
}

/** A smooth open-circuit potential for chosen problems: 3.7 − 1.1 (s − 0.6) + 0.6 (s − 0.6)², V. */
export const smoothPotential: StoichiometryFunction = {
  value: (s) => 3.7 - 1.1 * (s - 0.6) + 0.6 * (s - 0.6) ** 2,
  derivative: (s) => -1.1 + 1.2 * (s - 0.6),
  validity: [0, 1],
};

/** 2 + s², A/m² */
export const smoothExchange: StoichiometryFunction = {
  value: (s) => 2 + s * s,
  derivative: (s) => 2 * s,
  validity: [0, 1],
};
