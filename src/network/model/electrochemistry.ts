import { product } from "../../fem/linear/product.js";
import type { Electrochemistry } from "../../fem/model/electrochemistry.js";
import type { KeptSystem, NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { Bdf } from "../../fem/time/bdf.js";
import { crossing } from "../../fem/time/root.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";
import { type ChargeTransferSpec, chargeTransfer } from "./charge-transfer.js";
import { condensation } from "./condensation.js";
import { gridOf } from "./grid.js";
import { type FreeResponse, interfaceLaw } from "./interface-law.js";
import { interfaceNewton } from "./interface-newton.js";
import { lithiumResponse } from "./lithium-response.js";
import { localMode, patchMean } from "./local-mode.js";
import { type ModeSolving, sweeping } from "./mode-solver.js";
import { type NetworkUnknowns, networkUnknowns } from "./network-unknowns.js";
import { lithiumContent, particleModes, sharesOfVolume } from "./particle-modes.js";
import type { RadialMesh } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * Lithium in all particles, potential on the conduction graph, reaction between: one nonlinear system of the form that
 * the finite-element model has, r = A x + N(x) − f, with the particles' modes for the meshed lithium and the graph for the
 * meshed carbon/binder. Its tangent is condensed particle by particle: the modes are solved by sweeps along the radius,
 * and what is left is the graph with a 2 × 2 block for each particle.
 */
export interface NetworkElectrochemistrySpec extends ChargeTransferSpec {
  /** mol/m³ */
  readonly maximumConcentration: number;
  /** m²/s */
  readonly diffusivity: number;
  /** What solves the modes' systems in the corrections; their own sweeps unless given. */
  readonly modeSolving?: ModeSolving;
}

/** What rounding leaves of a row of lithium is some 1e-16 of its terms; measured against this share of them it is small. */
const resolvable = 2e-6;

/** V, how far from its guess the collector's potential is looked for at a start, and how close it needs to be found. */
const farthest = 2;
const approached = 1e-3;

/** What is left of a particle's current is lithium lost, and adds up over thousands of steps. */
const tolerance = 2e-11;
/** Steps after a start whose currents are better guessed by the latest than by extrapolation. */
const starting = 8;

export type NetworkElectrochemistry = KeptSystem &
  Pick<Electrochemistry, "prepare" | "content" | "rate" | "collectorCurrent"> & {
    readonly unknownsOf: NetworkUnknowns;
    readonly reaction: { readonly current: Float64Array };
    readonly tolerance: number;
    approach(x: Float64Array): void;
    solve(x: Float64Array, age: number): NewtonOutcome;
  };

export function networkElectrochemistry(
  packing: CoveredPacking,
  graph: ConductionGraph,
  points: NetworkPoints,
  mesh: RadialMesh,
  spec: NetworkElectrochemistrySpec,
): NetworkElectrochemistry {
  const particles = packing.radius.length;
  const unknownsOf = networkUnknowns(particles, mesh.nodes, points.particle);
  const { count: n, difference, local, lithiumCount, meanSurface, differenceSurface, potential, voltage } = unknownsOf;
  const [mean, spread] = particleModes(packing, mesh, points, spec);
  const solver = (spec.modeSolving ?? sweeping)([mean, spread]);
  const deviation = localMode(packing.dimension, packing.radius, spec);
  const reaction = chargeTransfer(points, spec);
  const edges = laplacian(graph);
  const conduction = product(edges);
  const grid = gridOf(packing, graph);
  const condensed = condensation(grid, points, { mean, spread, deviation });
  const content = lithiumContent(packing, mesh, spec.maximumConcentration, lithiumCount);
  const past = new Float64Array(lithiumCount);
  const before = new Float64Array(lithiumCount);
  const nodal = new Float64Array(graph.nodes);
  const drops = new Float64Array(graph.nodes);
  const patchStoichiometry = new Float64Array(2 * particles);
  const patchPotential = new Float64Array(2 * particles);
  const unseen = new Float64Array(points.count);
  const left = new Float64Array(particles);
  const ownShare = sharesOfVolume(packing);
  /** A, [particle] what its rows of lithium are measured against. */
  const scale = new Float64Array(particles);
  const lithium = { mean, spread, deviation, shape: condensed };
  const law = interfaceLaw(points, spec, reaction, lithium);
  const ownCurrent = new Float64Array(particles);
  const newton = interfaceNewton(edges, graph.collector, grid, law, { particle: ownCurrent });
  const response = lithiumResponse(unknownsOf, points, lithium, solver);
  let formula: Bdf = { order: 1, a0: Number.NaN, a1: 0, a2: 0 };
  let control: Parameters<Electrochemistry["prepare"]>[0]["control"] = { current: 0 };
  let currentScale = 1;
  let reference = 0;
  let held = false;
  const byVoltage = (): boolean => "voltage" in control;
  const ofMean = (x: Float64Array): Float64Array => x.subarray(0, difference);
  const ofSpread = (x: Float64Array): Float64Array => x.subarray(difference, local);

  const evaluate = (x: Float64Array): void => {
    for (let a = 0; a < 2 * particles; a++) {
      const k = a >> 1;
      patchStoichiometry[a] = x[meanSurface + k] + condensed.lever[a] * x[differenceSurface + k];
      patchPotential[a] = x[potential + a] + x[voltage];
    }
    reaction.evaluate(patchStoichiometry, patchPotential, x.subarray(local, lithiumCount));
  };

  /** Add the points' currents, A/m², to the rows they enter. */
  const addCurrents = (current: Float64Array, out: Float64Array): void => {
    for (let a = 0; a < 2 * particles; a++) {
      if (points.share[a] === 0) continue;
      const k = a >> 1;
      const density = patchMean(points, a, current);
      const total = density * points.weight[a * points.each] * points.each;
      out[meanSurface + k] += total;
      out[differenceSurface + k] += condensed.tilt[a] * total;
      out[potential + a] += total;
      for (let p = a * points.each; p < (a + 1) * points.each; p++) {
        out[local + p] += deviation.gain[k] * (current[p] - density);
      }
    }
  };

  /** [node] A, what the graph carries away. */
  const conducted = (x: Float64Array): Float64Array => {
    for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
    nodal[graph.collector] = 0;
    conduction.multiply(nodal, drops);
    return drops;
  };

  const residual = (x: Float64Array, out: Float64Array): number => {
    reference = x[voltage];
    evaluate(x);
    out.fill(0, lithiumCount);
    out.set(past);
    mean.addProduct(ofMean(x), ofMean(out));
    spread.addProduct(ofSpread(x), ofSpread(out));
    for (let p = 0; p < points.count; p++) {
      out[local + p] += (1 + deviation.delay[points.particle[p]] * formula.a0) * x[local + p];
    }
    out.set(conducted(x), potential);
    addCurrents(reaction.current, out);
    if ("voltage" in control) out[voltage] = x[voltage] - control.voltage;
    else out[voltage] -= control.current;
    return sizeOf(out, false);
  };

  /**
   * Largest over the particles of what is left in their rows over their share of the current; deviations as they are. Each
   * particle's lithium is balanced, not only the sum.
   */
  const sizeOf = (out: Float64Array, activeOnly: boolean): number => {
    left.fill(0);
    for (let row = activeOnly ? meanSurface : 0; row < difference; row += particles) {
      for (let k = 0; k < particles; k++) left[k] += Math.abs(out[row + k]) + Math.abs(out[difference + row + k]);
    }
    let size = 0;
    for (let k = 0; k < particles; k++) {
      const charge = Math.abs(out[potential + 2 * k]) + Math.abs(out[potential + 2 * k + 1]);
      size = Math.max(size, left[k] / scale[k] + charge / (currentScale * ownShare[k]));
    }
    for (let p = 0; p < points.count; p++) {
      const lag = 1 + deviation.delay[points.particle[p]] * formula.a0;
      size = Math.max(size, Math.abs(out[local + p]) / lag);
    }
    return size + Math.abs(out[voltage]) / (byVoltage() ? spec.thermalVoltage : currentScale);
  };

  const solve = (x: Float64Array, age: number): NewtonOutcome => {
    if (!response.release(past, formula.a0, scale, tolerance)) {
      return { ok: false, reason: "lithium could not be solved for", iterations: 0, residual: Number.NaN };
    }
    reference = x[voltage];
    if (age > starting) law.foresee(response.free, surfaceOfLithium(x));
    else if (age === 0) evaluate(x);
    for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
    nodal[graph.collector] = 0;
    const outcome = newton.solve(response.free, nodal, reference, control);
    if (!outcome.ok) return outcome;
    response.write(law.patchCurrent, reaction.current, x);
    for (let a = 0; a < 2 * particles; a++) x[potential + a] = nodal[a] - nodal[graph.collector];
    x[voltage] = reference + nodal[graph.collector];
    return outcome;
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

  const active = Int32Array.from([
    ...Array.from({ length: particles }, (_, k) => meanSurface + k),
    ...Array.from({ length: particles }, (_, k) => differenceSurface + k),
    ...Array.from({ length: points.count }, (_, p) => local + p),
    ...Array.from({ length: 2 * particles + 1 }, (_, a) => potential + a),
  ]);

  return {
    unknowns: n,
    unknownsOf,
    reaction,
    content,
    // A new tangent is made at every step: the modes' factors stay, and the graph's nearly always.
    renewalCost: Number.POSITIVE_INFINITY,
    active,
    activeScale: new Float64Array(active.length).fill(1 / spec.thermalVoltage).fill(1, 0, 2 * particles + points.count),
    tolerance,
    approach,
    solve,
    prepare: (step) => {
      ({ control, currentScale } = step);
      reaction.damage(step.damage);
      held = false;
      if (step.formula.a0 !== formula.a0) {
        for (const mode of [mean, spread]) mode.factor(step.formula.a0);
        solver.take();
        const terms = mean.terms();
        for (let k = 0; k < particles; k++) scale[k] = currentScale * ownShare[k] + resolvable * terms[k];
        law.take(step.formula.a0);
      }
      for (let k = 0; k < particles; k++) ownCurrent[k] = currentScale * ownShare[k];
      formula = step.formula;
      const [s0, s1] = step.history.states;
      for (let i = 0; i < lithiumCount; i++) before[i] = formula.a1 * s0[i] + formula.a2 * s1[i];
      mean.store(ofMean(before), ofMean(past));
      spread.store(ofSpread(before), ofSpread(past));
      for (let p = 0; p < points.count; p++) past[local + p] = deviation.delay[points.particle[p]] * before[local + p];
    },
    residual,
    addRemainder: (x, out, evaluated) => {
      if (!evaluated) evaluate(x);
      for (let p = 0; p < points.count; p++) {
        const a = Math.floor(p / points.each);
        const k = a >> 1;
        const s = x[meanSurface + k] + condensed.lever[a] * x[differenceSurface + k] + x[local + p];
        const phi = x[potential + a] + x[voltage] - reference;
        unseen[p] = reaction.current[p] - condensed.byStoichiometry[p] * s - condensed.byPotential[p] * phi;
      }
      addCurrents(unseen, out);
      for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a] + x[voltage] - reference;
      condensed.subtractStale(nodal, out.subarray(potential));
    },
    activeSize: (out) => sizeOf(out, true),
    load: (x, out) => {
      reference = x[voltage];
      out.fill(0);
      for (let i = 0; i < lithiumCount; i++) out[i] = -past[i];
      out[voltage] = "voltage" in control ? control.voltage - reference : control.current;
    },
    toPoint: (solution) => {
      solution[voltage] += reference;
    },
    linearised: () => held,
    linearise: () => {
      held = condensed.factor(reaction, formula.a0, byVoltage());
      return held;
    },
    correct: (from, out) => {
      solver.solve(from.subarray(0, local), out.subarray(0, local));
      condensed.solve(from, out);
    },
    forget: () => {
      held = false;
      grid.forget();
    },
    rate: (x, out) => {
      mean.store(ofMean(x), ofMean(out));
      for (let i = 0; i < difference; i++) out[i] = formula.a0 * out[i] + past[i];
      out.fill(0, difference, lithiumCount);
    },
    collectorCurrent: (x) => conducted(x)[graph.collector],
  };
}
