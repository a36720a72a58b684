import type { Reacting } from "../../fem/model/attempt.js";
import type { Control, Electrochemistry } from "../../fem/model/electrochemistry.js";
import type { NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { Bdf } from "../../fem/time/bdf.js";
import { crossing } from "../../fem/time/root.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { type ChargeTransferSpec, chargeTransfer } from "./charge-transfer.js";
import { electrolyteProfile } from "./electrolyte-profile.js";
import { gridOf } from "./grid.js";
import { interfaceNewton } from "./interface-newton.js";
import { type FreeResponse, lithiumResponse } from "./lithium-response.js";
import { localMode } from "./local-mode.js";
import { type ModeSolving, sweeping } from "./mode-solver.js";
import { type NetworkUnknowns, networkUnknowns } from "./network-unknowns.js";
import { lithiumContent, particleModes, sharesOfVolume } from "./particle-modes.js";
import { patchShape } from "./patch-shape.js";
import { pointCurrents } from "./point-currents.js";
import type { RadialMesh } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";
import { weakened } from "./weakening.js";

/**
 * Lithium in all particles, potential on the conduction graph and in the electrolyte, reaction between: one nonlinear system a
 * step. All but the reaction is linear. The particles' lithium answers currents by factors of its modes (`lithium-response.ts`),
 * graph and electrolyte carry them, and Newton's method runs over the interface alone (`interface-newton.ts`).
 */
export interface NetworkElectrochemistrySpec extends ChargeTransferSpec {
  /** mol/m³ */
  readonly maximumConcentration: number;
  /** m²/s */
  readonly diffusivity: number;
  /** At the start, everywhere. */
  readonly initialStoichiometry: number;
  /** S/m of the electrolyte in the carbon/binder, or null where its potential is uniform. */
  readonly electrolyteConductivity: number | null;
  /** Share of its conductance that a way of the graph loses between detached surfaces, taken at every switch of the current. */
  readonly contactLoss: number;
  /** What solves the modes' systems; their own sweeps unless given. */
  readonly modeSolving?: ModeSolving;
}

/** What rounding leaves of a row of lithium is some 1e-16 of its terms; measured against this share of them it is small. */
const resolvable = 2e-6;

/** V, how far from its guess the collector's potential is looked for at a start, and how close it needs to be found. */
const farthest = 2;
const approached = 1e-3;

/** What is left of a particle's current is lithium lost, and adds up over thousands of steps. */
const tolerance = 2e-11;
/** Shares of the largest current, and of all lithium in a step, that the current may stray by; and how often it is solved for. */
const astrayCurrent = 1e-10;
const astrayLithium = 2e-12;
const mostRounds = 3;
/** Steps after a start whose currents are better guessed by the latest than by extrapolation. */
const starting = 8;

export type NetworkElectrochemistry = Omit<Reacting, "unknownsOf"> &
  Pick<Electrochemistry, "content" | "rate" | "collectorCurrent"> & { readonly unknownsOf: NetworkUnknowns };

export function networkElectrochemistry(
  packing: CoveredPacking,
  graph: ConductionGraph,
  points: NetworkPoints,
  mesh: RadialMesh,
  spec: NetworkElectrochemistrySpec,
): NetworkElectrochemistry {
  const particles = packing.radius.length;
  const unknownsOf = networkUnknowns(particles, mesh.nodes, points.particle);
  const { count, difference, local, lithiumCount, meanSurface, differenceSurface, potential, voltage } = unknownsOf;
  const [mean, spread] = particleModes(packing, mesh, points, spec);
  const solver = (spec.modeSolving ?? sweeping)([mean, spread]);
  const deviation = localMode(packing.dimension, packing.radius, spec);
  const reaction = chargeTransfer(points, spec);
  const shape = patchShape(points.share);
  const lithium = { mean, spread, deviation, shape };
  const law = pointCurrents(points, spec, reaction, lithium);
  const response = lithiumResponse(unknownsOf, points, lithium, solver);
  const grid = gridOf(packing, graph, drawnAtRest(points, spec));
  const { electrolyteConductivity: kappa } = spec;
  const electrolyte = kappa === null ? null : electrolyteProfile(packing, kappa);
  const ownCurrent = new Float64Array(particles);
  const newton = interfaceNewton({ grid, electrolyte, nodes: graph.nodes }, law, ownCurrent);
  const content = lithiumContent(packing, mesh, spec.maximumConcentration, lithiumCount);
  const past = new Float64Array(lithiumCount);
  const before = new Float64Array(lithiumCount);
  const nodal = new Float64Array(graph.nodes);
  const carried = new Float64Array(graph.nodes);
  const patchStoichiometry = new Float64Array(2 * particles);
  const patchPotential = new Float64Array(2 * particles);
  const ownShare = sharesOfVolume(packing);
  /** A, [particle] what its rows of lithium are measured against. */
  const scale = new Float64Array(particles);
  let formula: Bdf = { order: 1, a0: Number.NaN, a1: 0, a2: 0 };
  let control: Control = { current: 0 };
  /** V, [particle] the electrolyte's potential by a current that all surfaces share, for guesses. */
  const ionic = new Float64Array(particles);
  /** C, of all lithium; and A, by how much the current may stray in a step. */
  const whole = content.reduce((sum, own) => sum + own, 0);
  let allowed = 0;
  /** Whether the law's currents are a guess for the next step. */
  let near = false;
  const ofMean = (x: Float64Array): Float64Array => x.subarray(0, difference);
  const ofSpread = (x: Float64Array): Float64Array => x.subarray(difference, local);

  const evaluate = (x: Float64Array): void => {
    for (let a = 0; a < 2 * particles; a++) {
      const k = a >> 1;
      patchStoichiometry[a] = x[meanSurface + k] + shape.lever[a] * x[differenceSurface + k];
      patchPotential[a] = x[potential + a] + x[voltage] - ionic[k];
    }
    reaction.evaluate(patchStoichiometry, patchPotential, x.subarray(local, lithiumCount));
  };

  const shareOut = (current: number): void => {
    if (electrolyte === null) return;
    const even = Float64Array.from({ length: 2 * particles }, (_, a) => current * points.share[a] * ownShare[a >> 1]);
    electrolyte.potentials(even, ionic);
  };

  const solve = (x: Float64Array, age: number): NewtonOutcome => {
    if (!response.release(past, formula.a0, scale, tolerance)) {
      return { ok: false, reason: "lithium could not be solved for", iterations: 0, residual: Number.NaN };
    }
    const reference = x[voltage];
    if (age > starting) law.foresee(response.free, surfaceOfLithium(x));
    else if (age === 0 || !near) evaluate(x);
    for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
    nodal[graph.collector] = 0;
    x[voltage] = reference;
    for (let round = 1; ; round++) {
      const outcome = newton.solve(response.free, nodal, x[voltage], control);
      near = outcome.ok;
      if (!outcome.ok) return outcome;
      x[voltage] += nodal[graph.collector];
      for (let a = 0; a < 2 * particles; a++) nodal[a] -= nodal[graph.collector];
      nodal[graph.collector] = 0;
      for (let a = 0; a < 2 * particles; a++) x[potential + a] = nodal[a];
      if (round < mostRounds && astray() > allowed) continue;
      response.write(law.patchCurrent, reaction.current, x);
      return outcome;
    }
  };

  /** A, what the graph carries from the collector beside what reacts: far from their guess, potentials lose digits to it. */
  const astray = (): number => {
    grid.carried(nodal, carried);
    const reacted = law.patchCurrent.reduce((sum, current) => sum + current, 0);
    const imposed = "current" in control ? Math.abs(reacted - control.current) : 0;
    return Math.max(Math.abs(carried[graph.collector] - reacted), imposed);
  };

  const surfaceOfLithium = (x: Float64Array): FreeResponse => ({
    mean: x.subarray(meanSurface, difference),
    spread: x.subarray(differenceSurface, local),
    local: x.subarray(local, lithiumCount),
  });

  /** Without drops in the graph, the V at which the whole current passes: the reaction is then linearised where it works. */
  const approach = (x: Float64Array): void => {
    if ("voltage" in control) return;
    x.fill(0, potential, voltage);
    const { current } = control;
    const excess = (v: number): number => {
      x[voltage] = v;
      evaluate(x);
      let sum = 0;
      for (let p = 0; p < points.count; p++) sum += points.weight[p] * reaction.current[p];
      return sum - current;
    };
    const from = x[voltage];
    const bracket = {
      a: from - farthest,
      fa: excess(from - farthest),
      b: from + farthest,
      fb: excess(from + farthest),
    };
    x[voltage] = from;
    if (bracket.fa < 0 && bracket.fb > 0) x[voltage] = crossing(excess, bracket, approached);
  };

  return {
    unknowns: count,
    unknownsOf,
    reaction,
    content,
    approach,
    solve,
    prepare: (step) => {
      ({ control } = step);
      reaction.damage(step.damage);
      if (step.history.age === 0 && spec.contactLoss > 0) {
        grid.conduct(weakened(graph, points, step.damage, spec.contactLoss));
      }
      if (step.history.age === 0) shareOut("current" in control ? control.current : 0);
      for (let k = 0; k < particles; k++) ownCurrent[k] = step.currentScale * ownShare[k];
      allowed = Math.min(astrayCurrent * step.currentScale, astrayLithium * step.formula.a0 * whole);
      if (step.formula.a0 !== formula.a0) {
        for (const mode of [mean, spread]) mode.factor(step.formula.a0);
        solver.take();
        const terms = mean.terms();
        for (let k = 0; k < particles; k++) scale[k] = ownCurrent[k] + resolvable * terms[k];
        law.take(step.formula.a0);
      }
      formula = step.formula;
      const [s0, s1] = step.history.states;
      for (let i = 0; i < lithiumCount; i++) before[i] = formula.a1 * s0[i] + formula.a2 * s1[i];
      mean.store(ofMean(before), ofMean(past));
      spread.store(ofSpread(before), ofSpread(past));
      for (let p = 0; p < points.count; p++) past[local + p] = deviation.delay[points.particle[p]] * before[local + p];
    },
    forget: () => grid.forget(),
    rate: (x, out) => {
      mean.store(ofMean(x), ofMean(out));
      for (let i = 0; i < difference; i++) out[i] = formula.a0 * out[i] + past[i];
      out.fill(0, difference, lithiumCount);
    },
    collectorCurrent: (x) => {
      for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
      nodal[graph.collector] = 0;
      grid.carried(nodal, carried);
      return carried[graph.collector];
    },
  };
}

/** S, [patch] what an undamaged surface draws per volt, through film and reaction. */
function drawnAtRest(points: NetworkPoints, spec: NetworkElectrochemistrySpec): Float64Array {
  const { each, weight } = points;
  const kinetic = spec.thermalVoltage / spec.exchangeCurrent.value(spec.initialStoichiometry);
  const density = 1 / (spec.feedback.filmResistance(0) + kinetic);
  return points.share.map((_, a) => weight[a * each] * each * density);
}
