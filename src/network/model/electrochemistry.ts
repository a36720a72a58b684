import { FARADAY } from "../../fem/law/faraday.js";
import type { Csr } from "../../fem/linear/csr.js";
import { multiply } from "../../fem/linear/csr.js";
import { directSolver } from "../../fem/linear/direct.js";
import { elementPattern, positionOf } from "../../fem/linear/pattern.js";
import type { Electrochemistry } from "../../fem/model/electrochemistry.js";
import { type KeptSystem, renewalCost } from "../../fem/nonlinear/kept-newton.js";
import type { Bdf } from "../../fem/time/bdf.js";
import { type ConductionGraph, surfaceOf } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { type ChargeTransferSpec, chargeTransfer } from "./charge-transfer.js";
import { type LocalMode, localMode, patchMean } from "./local-mode.js";
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
}

export type NetworkElectrochemistry = KeptSystem &
  Pick<Electrochemistry, "prepare" | "content" | "rate" | "collectorCurrent"> & {
    readonly unknownsOf: NetworkUnknowns;
    readonly reaction: { readonly current: Float64Array };
  };

/** Particles covered all over, or not at all, within this have one patch; their difference mode rests. */
const onePatch = 1e-9;

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
  const deviation = localMode(packing.dimension, packing.radius, spec);
  const reaction = chargeTransfer(points, spec);
  const conduction = laplacian(graph);
  const condensed = condensation(packing, graph, conduction, points, { mean, spread, deviation });
  const content = contents(packing, mesh, spec.maximumConcentration, lithiumCount);
  const past = new Float64Array(lithiumCount);
  const before = new Float64Array(lithiumCount);
  const nodal = new Float64Array(graph.nodes);
  const drops = new Float64Array(graph.nodes);
  const patchStoichiometry = new Float64Array(2 * particles);
  const patchPotential = new Float64Array(2 * particles);
  const unseen = new Float64Array(points.count);
  let formula: Bdf = { order: 1, a0: Number.NaN, a1: 0, a2: 0 };
  let control: Parameters<Electrochemistry["prepare"]>[0]["control"] = { current: 0 };
  let currentScale = 1;
  let reference = 0;
  let kept: { a0: number; held: boolean } | null = null;
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

  const residual = (x: Float64Array, out: Float64Array): number => {
    reference = x[voltage];
    out.fill(0);
    for (let i = 0; i < lithiumCount; i++) out[i] = past[i];
    mean.addProduct(ofMean(x), ofMean(out));
    spread.addProduct(ofSpread(x), ofSpread(out));
    for (let p = 0; p < points.count; p++) {
      out[local + p] += (1 + deviation.delay[points.particle[p]] * formula.a0) * x[local + p];
    }
    for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
    nodal[graph.collector] = 0;
    multiply(conduction, nodal, drops);
    out.set(drops, potential);
    evaluate(x);
    addCurrents(reaction.current, out);
    if ("voltage" in control) out[voltage] = x[voltage] - control.voltage;
    else out[voltage] -= control.current;
    let size = 0;
    for (let i = 0; i < local; i++) size += Math.abs(out[i]);
    for (let i = lithiumCount; i < n - 1; i++) size += Math.abs(out[i]);
    return (
      localSize(out) + size / currentScale + Math.abs(out[voltage]) / (byVoltage() ? spec.thermalVoltage : currentScale)
    );
  };

  /** Deviations are no currents: their mean size counts. */
  const localSize = (out: Float64Array): number => {
    let sum = 0;
    for (let i = local; i < lithiumCount; i++) sum += Math.abs(out[i]);
    return sum / points.count;
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
    renewalCost: condensed.renewalCost,
    active,
    activeScale: new Float64Array(active.length).fill(1 / spec.thermalVoltage).fill(1, 0, 2 * particles + points.count),
    prepare: (step) => {
      ({ control, currentScale } = step);
      reaction.damage(step.damage);
      if (step.formula.a0 !== formula.a0) for (const mode of [mean, spread]) mode.factor(step.formula.a0);
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
    },
    activeSize: (out) => {
      const size = active.reduce((sum, i) => (i >= local && i < lithiumCount ? sum : sum + Math.abs(out[i])), 0);
      return size / currentScale + localSize(out);
    },
    load: (x, out) => {
      reference = x[voltage];
      out.fill(0);
      for (let i = 0; i < lithiumCount; i++) out[i] = -past[i];
      out[voltage] = "voltage" in control ? control.voltage - reference : control.current;
    },
    toPoint: (solution) => {
      solution[voltage] += reference;
    },
    linearised: () => kept !== null && kept.a0 === formula.a0 && kept.held === byVoltage(),
    linearise: () => {
      const held = condensed.factor(reaction, formula.a0, byVoltage());
      kept = held ? { a0: formula.a0, held: byVoltage() } : null;
      return held;
    },
    correct: (from, out) => {
      mean.solve(ofMean(from), ofMean(out));
      spread.solve(ofSpread(from), ofSpread(out));
      condensed.solve(from, out);
    },
    forget: () => {
      kept = null;
    },
    rate: (x, out) => {
      mean.store(ofMean(x), ofMean(out));
      for (let i = 0; i < difference; i++) out[i] = formula.a0 * out[i] + past[i];
      out.fill(0, difference, lithiumCount);
    },
    collectorCurrent: (x) => {
      for (let a = 0; a < 2 * particles; a++) nodal[a] = x[potential + a];
      nodal[graph.collector] = 0;
      multiply(conduction, nodal, drops);
      return drops[graph.collector];
    },
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

/** The graph's Laplacian over all its nodes, with room for a block a particle and a full row and column of the collector. */
function laplacian(graph: ConductionGraph): Csr {
  const { nodes, collector } = graph;
  const pairs: number[] = [];
  graph.from.forEach((from, e) => pairs.push(from, graph.to[e]));
  for (let a = 0; a < collector; a++) pairs.push(a, collector);
  for (let a = 0; a < collector; a += 2) pairs.push(a, a + 1);
  const matrix = elementPattern(nodes, Int32Array.from(pairs), 2);
  graph.conductance.forEach((g, e) => {
    const [a, b] = [graph.from[e], graph.to[e]];
    for (const [row, column, sign] of [
      [a, a, 1],
      [b, b, 1],
      [a, b, -1],
      [b, a, -1],
    ]) {
      matrix.value[positionOf(matrix, row, column)] += sign * g;
    }
  });
  return matrix;
}

interface Condensation {
  /** [patch] s = m + lever · d at the patch: 1 − θ and −θ. */
  readonly lever: Float64Array;
  /** [patch] what a current in A counts for in the difference mode: 1/θ and −1/(1 − θ); 0 where it rests. */
  readonly tilt: Float64Array;
  /** [point] slopes in the held factor. */
  readonly byPotential: Float64Array;
  readonly byStoichiometry: Float64Array;
  readonly renewalCost: number;
  factor(
    slopes: { readonly byPotential: Float64Array; readonly byStoichiometry: Float64Array },
    a0: number,
    heldVoltage: boolean,
  ): boolean;
  /** From residuals and, in `out`, the modes solved without reaction, to the whole correction. */
  solve(residual: Float64Array, out: Float64Array): void;
}

interface Modes {
  readonly mean: RadialMode;
  readonly spread: RadialMode;
  readonly deviation: LocalMode;
}

/**
 * At a point Δi = g_s (Δs + Δl) + g_φ Δφ and Δl = ρ − β (Δi − Δī), β = G/(1 + τ a₀); the mean over the points gives a patch's
 * ΔI = G_s Δs + G_φ Δφ + J. With Δs = σ − B ΔI on a particle's two patches (B: the modes' responses to a unit current),
 * ΔI = P (G_s σ + G_φ Δφ + J), P = (1 + G_s B)⁻¹, and the graph's matrix is L + P G_φ.
 */
function condensation(
  packing: CoveredPacking,
  graph: ConductionGraph,
  conduction: Csr,
  points: NetworkPoints,
  { mean, spread, deviation }: Modes,
): Condensation {
  const particles = packing.radius.length;
  const { collector } = graph;
  const { share, each, weight, particle } = points;
  const resting = (k: number): boolean => share[2 * k] < onePatch || share[2 * k + 1] < onePatch;
  const lever = Float64Array.from(share, (_, a) => (resting(a >> 1) ? 0 : a % 2 === 0 ? share[a + 1] : -share[a - 1]));
  const tilt = Float64Array.from(share, (own, a) => (resting(a >> 1) ? 0 : (a % 2 === 0 ? 1 : -1) / own));
  const [byPotential, byStoichiometry, damping, feedback] = Array.from(
    { length: 4 },
    () => new Float64Array(points.count),
  );
  /** [patch] G_s and G_φ, and the factor of the patch's own mean current. */
  const [patchStoichiometry, patchPotential, gathered] = Array.from(
    { length: 3 },
    () => new Float64Array(2 * particles),
  );
  /** [particle] 1 + τ a₀, and β. */
  const lag = new Float64Array(particles);
  const beta = new Float64Array(particles);
  /** [particle][2][2] P. */
  const inverse = new Float64Array(4 * particles);
  const free = new Float64Array(2 * particles);
  const nodal = new Float64Array(graph.nodes);
  const value = new Float64Array(conduction.value.length);
  const solver = directSolver(conduction, { kind: "lu", points: graphPlaces(packing, graph.nodes), last: [collector] });
  const blocks = Int32Array.from({ length: 4 * particles }, (_, e) =>
    positionOf(conduction, 2 * (e >> 2) + ((e >> 1) & 1), 2 * (e >> 2) + (e & 1)),
  );
  const n = mean.influence.length;
  const firstPotential = 2 * n + points.count;

  /** Slopes of the patches' currents, their points' deviations eliminated. */
  const gather = (a: number): void => {
    const k = a >> 1;
    let [sumS, sumPhi, sumOwn] = [0, 0, 0];
    for (let p = a * each; p < (a + 1) * each; p++) {
      damping[p] = 1 / (1 + byStoichiometry[p] * beta[k]);
      feedback[p] = byStoichiometry[p] * damping[p];
      sumS += feedback[p];
      sumPhi += byPotential[p] * damping[p];
      sumOwn += feedback[p] * beta[k];
    }
    gathered[a] = share[a] === 0 ? 0 : (weight[a * each] * each) / (each - sumOwn);
    patchStoichiometry[a] = gathered[a] * sumS;
    patchPotential[a] = gathered[a] * sumPhi;
  };

  return {
    lever,
    tilt,
    byPotential,
    byStoichiometry,
    renewalCost: renewalCost(solver),
    factor: (slopes, a0, heldVoltage) => {
      byPotential.set(slopes.byPotential);
      byStoichiometry.set(slopes.byStoichiometry);
      value.set(conduction.value);
      for (let k = 0; k < particles; k++) {
        lag[k] = 1 + deviation.delay[k] * a0;
        beta[k] = deviation.gain[k] / lag[k];
        const [h, l] = [2 * k, 2 * k + 1];
        gather(h);
        gather(l);
        const [am, ad] = [mean.response[k], spread.response[k]];
        const b = (row: number, column: number): number => am + lever[row] * tilt[column] * ad;
        const [gh, gl] = [patchStoichiometry[h], patchStoichiometry[l]];
        const [p00, p01, p10, p11] = [1 + gh * b(h, h), gh * b(h, l), gl * b(l, h), 1 + gl * b(l, l)];
        const determinant = p00 * p11 - p01 * p10;
        inverse.set([p11 / determinant, -p01 / determinant, -p10 / determinant, p00 / determinant], 4 * k);
        for (let e = 0; e < 4; e++) {
          value[blocks[4 * k + e]] += inverse[4 * k + e] * patchPotential[2 * k + (e & 1)];
        }
      }
      if (heldVoltage) {
        value.fill(0, conduction.rowStart[collector], conduction.rowStart[collector + 1]);
        value[positionOf(conduction, collector, collector)] = 1;
      }
      return solver.factor(value).ok;
    },
    solve: (residual, out) => {
      const surface = n - particles;
      // Without a change of potential: the currents' offsets, patch by patch.
      for (let a = 0; a < 2 * particles; a++) {
        const k = a >> 1;
        let offset = 0;
        for (let p = a * each; p < (a + 1) * each; p++) {
          out[2 * n + p] = residual[2 * n + p] / lag[k];
          offset += feedback[p] * out[2 * n + p];
        }
        const s = out[surface + k] + lever[a] * out[n + surface + k];
        free[a] = patchStoichiometry[a] * s + gathered[a] * offset;
      }
      for (let k = 0; k < particles; k++) {
        const [h, l] = [2 * k, 2 * k + 1];
        nodal[h] = residual[firstPotential + h] - inverse[4 * k] * free[h] - inverse[4 * k + 1] * free[l];
        nodal[l] = residual[firstPotential + l] - inverse[4 * k + 2] * free[h] - inverse[4 * k + 3] * free[l];
      }
      nodal[collector] = residual[firstPotential + collector];
      solver.solve(nodal, nodal);
      const current = free;
      for (let k = 0; k < particles; k++) {
        const [h, l] = [2 * k, 2 * k + 1];
        const high = free[h] + patchPotential[h] * nodal[h];
        const low = free[l] + patchPotential[l] * nodal[l];
        current[h] = inverse[4 * k] * high + inverse[4 * k + 1] * low;
        current[l] = inverse[4 * k + 2] * high + inverse[4 * k + 3] * low;
      }
      for (let at = 0; at < n; at++) {
        const k = at % particles;
        out[at] -= mean.influence[at] * (current[2 * k] + current[2 * k + 1]);
        out[n + at] -= spread.influence[at] * (tilt[2 * k] * current[2 * k] + tilt[2 * k + 1] * current[2 * k + 1]);
      }
      for (let p = 0; p < points.count; p++) {
        const a = Math.floor(p / each);
        const k = particle[p];
        if (share[a] === 0) continue;
        const density = current[a] / (weight[p] * each);
        const s = out[surface + k] + lever[a] * out[n + surface + k];
        const own =
          damping[p] * (byPotential[p] * nodal[a] + byStoichiometry[p] * (s + out[2 * n + p] + beta[k] * density));
        out[2 * n + p] -= beta[k] * (own - density);
      }
      for (let a = 0; a < 2 * particles; a++) out[firstPotential + a] = nodal[a] - nodal[collector];
      out[firstPotential + 2 * particles] = nodal[collector];
    },
  };
}

/** [node][2] where the graph's nodes lie, seen from the separator: electrodes are wide and shallow. */
function graphPlaces({ centre, radius, patch }: CoveredPacking, nodes: number): Float64Array {
  const places = new Float64Array(2 * nodes);
  radius.forEach((r, k) => {
    for (let a = 0; a < 2; a++) {
      const middle = centre[3 * k + a];
      places[2 * (2 * k) + a] = middle + 0.25 * r * patch[3 * k + a];
      places[2 * (2 * k + 1) + a] = middle - 0.25 * r * patch[3 * k + a];
    }
  });
  return places;
}
