import type { Reacting, Start } from "../../fem/model/attempt.js";
import type { Electrochemistry } from "../../fem/model/electrochemistry.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { type ChargeTransferSpec, chargeTransfer } from "./charge-transfer.js";
import { electrolyteProfile } from "./electrolyte-profile.js";
import { firstGuess } from "./first-guess.js";
import { type Grid, gridOf } from "./grid.js";
import { interfaceNewton } from "./interface-newton.js";
import { lithiumResponse } from "./lithium-response.js";
import { localMode } from "./local-mode.js";
import { type ModeSolving, sweeping } from "./mode-solver.js";
import { networkSolution } from "./network-solution.js";
import { type NetworkStep, networkStepping } from "./network-step.js";
import { type NetworkUnknowns, networkUnknowns } from "./network-unknowns.js";
import { lithiumContent, particleModes, sharesOfVolume } from "./particle-modes.js";
import { patchShape } from "./patch-shape.js";
import { pointCurrents } from "./point-currents.js";
import type { RadialMesh, RadialMode } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";
import { weakened } from "./weakening.js";

/**
 * Lithium in all particles, potential on the conduction graph and in the electrolyte, reaction between: one nonlinear system a
 * step. Of particle k with patches a and points p, at 1/a₀ the length of an Euler step:
 *   lithium      (a₀M + K) m + past = −e ΣI_a,   (a₀M + K) d + past = −e Στ_a I_a,   [node], e at the surface
 *                (1 + τ a₀) l_p + past = −G (i_p − ī_a),   s_p = m + λ_a d + l_p at the surface
 *   reaction     φ_a + V − φ_e − U(s_p) − R_f i_p − 2 V_T asinh(i_p / 2 i0(s_p)) = 0,   I_a = Σ w_p i_p
 *   electrons    L φ = −I at the patches, the whole current at the collector
 *   electrolyte  K_e φ_e = Pᵀ I
 * All but the reaction is linear, so three parts are eliminated before Newton's method begins its work:
 *   1. lithium: s_a = s°_a − Σ_b B_ab I_b and l_p = l°_p − β (i_p − ī_a), one sweep a step and answers to unit currents
 *      (`lithium-response.ts`);
 *   2. points: the law's tangent by the only unknown of a point, i_p, gathered onto the patches, ΔI = O + G (Δφ − P Δφ_e)
 *      (`point-currents.ts`, `patch-tangent.ts`);
 *   3. electrolyte: φ_e's answer to them; what is left is a system for the potentials of the graph (`potential-system.ts`).
 * The iteration is that of `interface-newton.ts`.
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
  /** A, what residuals are measured against. */
  readonly currentScale: number;
  /** What solves the modes' systems; their own sweeps unless given. */
  readonly modeSolving?: ModeSolving;
}

export type NetworkElectrochemistry = Omit<Reacting, "unknownsOf"> &
  Pick<Electrochemistry, "content" | "rate" | "collectorCurrent"> & { readonly unknownsOf: NetworkUnknowns };

export function networkElectrochemistry(
  packing: CoveredPacking,
  graph: ConductionGraph,
  points: NetworkPoints,
  mesh: RadialMesh,
  spec: NetworkElectrochemistrySpec,
): NetworkElectrochemistry {
  const unknownsOf = networkUnknowns(packing.radius.length, mesh.nodes, points.particle);
  const [mean, spread] = particleModes(packing, mesh, points, spec);
  const solver = (spec.modeSolving ?? sweeping)([mean, spread]);
  const deviation = localMode(packing.dimension, packing.radius, spec);
  const lithium = { mean, spread, deviation, shape: patchShape(points.share) };
  const reaction = chargeTransfer(points, spec);
  const law = pointCurrents(points, spec, reaction, lithium);
  const grid = gridOf(packing, graph, drawnAtRest(points, spec));
  const { electrolyteConductivity: kappa, maximumConcentration, currentScale } = spec;
  const electrolyte = kappa === null ? null : electrolyteProfile(packing, kappa);
  const shareOfVolume = sharesOfVolume(packing);
  const content = lithiumContent(packing, mesh, maximumConcentration, unknownsOf.lithiumCount);
  const whole = content.reduce((sum, own) => sum + own, 0);
  const guess = firstGuess({ unknownsOf, points, lithium, reaction, electrolyte, shareOfVolume });
  const stepOf = networkStepping({ unknownsOf, points, lithium, solver, law, shareOfVolume, currentScale, whole });
  const conduct = conducting(graph, points, grid, spec.contactLoss);
  const response = lithiumResponse(unknownsOf, points, lithium, solver);
  const newton = interfaceNewton({ grid, electrolyte, nodes: graph.nodes }, law);
  const { solve, collectorCurrent } = networkSolution({ unknownsOf, response, law, newton, grid });
  let step: NetworkStep;
  return {
    unknowns: unknownsOf.count,
    unknownsOf,
    reaction,
    content,
    react: (given, x) => {
      const { start, control, damage } = given;
      reaction.take(damage, start.contact.current, start.begun.area);
      conduct(start.begun);
      step = stepOf(given);
      if (start.lithium.age === 0) guess(x, control);
      return solve(step, x, start.lithium.age);
    },
    forget: grid.forget,
    rate: (x, out) => rateOf(lithium.mean, unknownsOf, step, x, out),
    collectorCurrent,
  };
}

/** Lets the grid conduct as the damage at the start of an instruction leaves it. */
function conducting(
  graph: ConductionGraph,
  points: NetworkPoints,
  grid: Grid,
  loss: number,
): (begun: Start["begun"]) => void {
  let taken: Start["begun"] | null = null;
  return (begun) => {
    if (loss === 0 || begun === taken) return;
    grid.conduct(weakened(graph, points, begun.damage, loss));
    taken = begun;
  };
}

/** A, [unknown of s] M (a₀ s + a₁ sⁿ + a₂ sⁿ⁻¹) of the mean mode, which alone holds lithium. */
function rateOf(
  mean: RadialMode,
  { difference, lithiumCount }: NetworkUnknowns,
  { a0, past }: NetworkStep,
  x: Float64Array,
  out: Float64Array,
): void {
  mean.store(x.subarray(0, difference), out.subarray(0, difference));
  for (let i = 0; i < difference; i++) out[i] = a0 * out[i] + past[i];
  out.fill(0, difference, lithiumCount);
}

/** S, [patch] what an undamaged surface draws per volt, through film and reaction. */
function drawnAtRest(points: NetworkPoints, spec: NetworkElectrochemistrySpec): Float64Array {
  const { each, weight } = points;
  const kinetic = spec.thermalVoltage / spec.exchangeCurrent.value(spec.initialStoichiometry);
  const density = 1 / (spec.feedback.filmResistance(0) + kinetic);
  return points.share.map((_, a) => weight[a * each] * each * density);
}
