import { FARADAY } from "../../fem/law/faraday.js";
import { product } from "../../fem/linear/product.js";
import type { Electrochemistry } from "../../fem/model/electrochemistry.js";
import type { KeptSystem, NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { Bdf } from "../../fem/time/bdf.js";
import { crossing } from "../../fem/time/root.js";
import { type ConductionGraph, surfaceOf } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";
import { ballMeasure } from "../packing/packing.js";
import { type ChargeTransferSpec, chargeTransfer } from "./charge-transfer.js";
import { condensation } from "./condensation.js";
import { gridOf } from "./grid.js";
import { interfaceLaw } from "./interface-law.js";
import { interfaceNewton } from "./interface-newton.js";
import { localMode, patchMean } from "./local-mode.js";
import { type ModeSolving, sweeping } from "./mode-solver.js";
import { type NetworkUnknowns, networkUnknowns } from "./network-unknowns.js";
import { type RadialMesh, type RadialMode, radialMode } from "./radial.js";
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
/** Passes of a solver of the modes in single precision. */
const mostPasses = 6;

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
  const [mean, spread] = modes(packing, mesh, points, spec);
  const solver = (spec.modeSolving ?? sweeping)([mean, spread]);
  const deviation = localMode(packing.dimension, packing.radius, spec);
  const reaction = chargeTransfer(points, spec);
  const edges = laplacian(graph);
  const conduction = product(edges);
  const grid = gridOf(packing, graph);
  const condensed = condensation(grid, points, { mean, spread, deviation });
  const content = contents(packing, mesh, spec.maximumConcentration, lithiumCount);
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
  const law = interfaceLaw(points, spec, reaction, { mean, spread, deviation, shape: condensed });
  const ownCurrent = new Float64Array(particles);
  const newton = interfaceNewton(edges, graph.collector, grid, law, { particle: ownCurrent });
  /** [mode][node][particle] lithium without any current, and what is left of its rows. */
  const bulk = new Float64Array(local);
  const bulkLeft = new Float64Array(local);
  const free = {
    mean: bulk.subarray(meanSurface, difference),
    spread: bulk.subarray(differenceSurface, local),
    local: new Float64Array(points.count),
  };
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

  /** The lithium that no current leaves, by as many passes as an inexact solver needs. */
  const respond = (): boolean => {
    for (let i = 0; i < local; i++) bulkLeft[i] = -past[i];
    solver.solve(bulkLeft, bulk);
    for (let pass = 0; pass < mostPasses && !solver.exact; pass++) {
      for (let i = 0; i < local; i++) bulkLeft[i] = past[i];
      mean.addProduct(ofMean(bulk), ofMean(bulkLeft));
      spread.addProduct(ofSpread(bulk), bulkLeft.subarray(difference));
      if (lithiumLeft(bulkLeft) <= tolerance / 4) break;
      if (pass + 1 === mostPasses) return false;
      solver.solve(bulkLeft, bulkLeft);
      for (let i = 0; i < local; i++) bulk[i] -= bulkLeft[i];
    }
    for (let p = 0; p < points.count; p++) {
      free.local[p] = -past[local + p] / (1 + deviation.delay[points.particle[p]] * formula.a0);
    }
    return true;
  };

  /** Largest over the particles of what is left in their rows of lithium. */
  const lithiumLeft = (rows: Float64Array): number => {
    left.fill(0);
    for (let row = 0; row < local; row += particles) {
      for (let k = 0; k < particles; k++) left[k] += Math.abs(rows[row + k]);
    }
    return left.reduce((most, sum, k) => Math.max(most, sum / scale[k]), 0);
  };

  const solve = (x: Float64Array, age: number): NewtonOutcome => {
    if (!respond())
      return { ok: false, reason: "lithium could not be solved for", iterations: 0, residual: Number.NaN };
    reference = x[voltage];
    if (age > starting) {
      law.foresee(free, {
        mean: x.subarray(meanSurface, difference),
        spread: x.subarray(differenceSurface, local),
        local: x.subarray(local, lithiumCount),
      });
    } else if (age === 0) evaluate(x);
    for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
    nodal[graph.collector] = 0;
    const outcome = newton.solve(free, nodal, reference, control);
    if (!outcome.ok) return outcome;
    answer(x);
    return outcome;
  };

  /** Write the unknowns that belong to the currents found. */
  const answer = (x: Float64Array): void => {
    const { patchCurrent } = law;
    for (let row = 0; row < difference; row += particles) {
      for (let k = 0; k < particles; k++) {
        const at = row + k;
        const high = patchCurrent[2 * k];
        const low = patchCurrent[2 * k + 1];
        x[at] = bulk[at] - mean.influence[at] * (high + low);
        x[difference + at] =
          bulk[difference + at] -
          spread.influence[at] * (condensed.tilt[2 * k] * high + condensed.tilt[2 * k + 1] * low);
      }
    }
    for (let a = 0; a < 2 * particles; a++) {
      const k = a >> 1;
      const density = points.share[a] === 0 ? 0 : patchMean(points, a, reaction.current);
      const beta = deviation.gain[k] / (1 + deviation.delay[k] * formula.a0);
      for (let p = a * points.each; p < (a + 1) * points.each; p++) {
        x[local + p] = free.local[p] - (points.share[a] === 0 ? 0 : beta * (reaction.current[p] - density));
      }
      x[potential + a] = nodal[a] - nodal[graph.collector];
    }
    x[voltage] = reference + nodal[graph.collector];
  };

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

function modes(
  packing: CoveredPacking,
  mesh: RadialMesh,
  points: NetworkPoints,
  spec: NetworkElectrochemistrySpec,
): readonly [mean: RadialMode, difference: RadialMode] {
  const { radius, dimension } = packing;
  const area = radius.map((r) => surfaceOf(dimension, r));
  const scales = {
    charge: radius.map((r, k) => FARADAY * spec.maximumConcentration * area[k] * r),
    diffusion: radius.map((r, k) => (FARADAY * spec.maximumConcentration * spec.diffusivity * area[k]) / r),
  };
  const around = radius.map(
    (_, k) => (dimension - 1) / Math.max(4 * points.share[2 * k] * points.share[2 * k + 1], 0.04),
  );
  return [
    radialMode(mesh, { ...scales, around: new Float64Array(radius.length) }, false),
    radialMode(mesh, { ...scales, around }, true),
  ];
}

/** [unknown of s] C: weights of the lithium; the difference mode carries none. */
function contents(packing: CoveredPacking, mesh: RadialMesh, concentration: number, length: number): Float64Array {
  const out = new Float64Array(length);
  const { radius, dimension } = packing;
  const n = radius.length;
  for (let j = 0; j < mesh.nodes; j++) {
    for (let k = 0; k < n; k++) {
      out[j * n + k] = FARADAY * concentration * surfaceOf(dimension, radius[k]) * radius[k] * mesh.content[j];
    }
  }
  return out;
}

/** [particle] of the volume of all. */
function sharesOfVolume({ radius, dimension }: CoveredPacking): Float64Array {
  const volume = radius.map((r) => ballMeasure(dimension, r));
  const whole = volume.reduce((sum, v) => sum + v, 0);
  return volume.map((v) => v / whole);
}
