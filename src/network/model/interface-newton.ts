import type { Control } from "../../fem/model/electrochemistry.js";
import type { NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { Grid } from "./grid.js";
import type { FreeResponse } from "./lithium-response.js";
import type { PointCurrents } from "./point-currents.js";
import { type Conductors, type PotentialSystem, potentialSystem } from "./potential-system.js";

/**
 * Newton's method for the points' currents i and the potentials φ of graph and electrolyte:
 *   law      J(i, φ) = 0 at every point, lithium answering the currents (`point-currents.ts`)
 *   charge   L φ + I = 0 at every patch, I = Σ w i; at the collector L φ is the imposed current, or φ is held
 * An iteration solves for Δφ what the law's tangent leaves of charge (`potential-system.ts`), makes I what the graph then
 * carries, I = −L (φ + Δφ), and moves the points' currents to that sum along their tangent. What is linear, lithium and charge,
 * so stays balanced in every iterate; only the law is approached.
 */
export interface InterfaceNewton {
  /** From the law's present currents and φ, V [node] above `reference`, in place. Not ok where it does not come nearer fast. */
  solve(step: InterfaceStep, phi: Float64Array, reference: number): NewtonOutcome;
}

/** What a step is given. */
export interface InterfaceStep {
  readonly free: FreeResponse;
  readonly control: Control;
  /** A, [particle] what its currents are measured against. */
  readonly size: Float64Array;
}

/** Share of its current, its volume's of the whole, by which a particle may be off the law; no balance rests on it. */
export const lawful = 1e-9;
/** Share of it by which the graph may carry another current to it. */
const balanced = 1e-11;
const mostIterations = 20;
/** A step that makes what is off this much larger is halved, so often at most. */
const [worse, mostHalvings] = [2, 5];
/** How much larger than foreseen an error is taken to be. */
const doubt = 10;
/** Share of what is off that the graph may leave unsolved, where squaring it would ask for more; and of what is lawful. */
const [coarse, least] = [0.03, 0.3];

/** The parts of the iteration and its buffers. */
interface Iteration {
  readonly law: PointCurrents;
  readonly grid: Grid;
  readonly system: PotentialSystem;
  /** A, [node] L φ, and r = −L φ − I. */
  readonly carried: Float64Array;
  readonly r: Float64Array;
  /** A, [patch] what the currents are made to sum to. */
  readonly wanted: Float64Array;
  /** i and φ before the latest step. */
  readonly before: { readonly current: Float64Array; readonly phi: Float64Array };
}

export function interfaceNewton(conductors: Conductors, law: PointCurrents): InterfaceNewton {
  const { grid, nodes } = conductors;
  const nodal = (): Float64Array => new Float64Array(nodes);
  const iteration: Iteration = {
    law,
    grid,
    system: potentialSystem(conductors, law),
    carried: nodal(),
    r: nodal(),
    wanted: new Float64Array(nodes - 1),
    before: { current: new Float64Array(law.current.length), phi: nodal() },
  };
  return { solve: (step, phi, reference) => iterate(iteration, step, phi, reference) };
}

function iterate(iteration: Iteration, step: InterfaceStep, phi: Float64Array, reference: number): NewtonOutcome {
  if ("voltage" in step.control) phi[phi.length - 1] = step.control.voltage - reference;
  balance(iteration, step, phi);
  let [before, goal, halved] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let iterations = 0; ; iterations++) {
    const { unbalanced, unlawful } = evaluate(iteration, step, phi, reference);
    const now = unbalanced + unlawful;
    if (unlawful <= lawful && unbalanced <= balanced) return { ok: true, iterations, factorings: 0, residual: now };
    if (iterations > 0 && !(now < worse * before) && halved < mostHalvings) {
      halved++;
      goBack(iteration, phi);
      balance(iteration, step, phi);
      continue;
    }
    if (iterations >= mostIterations || !Number.isFinite(now)) {
      return { ok: false, reason: "the interface's currents did not converge", iterations, residual: now };
    }
    const bend = (now - goal) / (before * before);
    [before, halved] = [now, 0];
    goal = Math.max(least * lawful, now * Math.min(coarse, now));
    const outcome = advance(iteration, step, phi, goal);
    if (outcome === "singular") {
      return { ok: false, reason: "the graph could not be solved for its potentials", iterations, residual: now };
    }
    // Newton's error goes with its square: what the latest step showed of that tells what this one leaves.
    const left = goal + Math.max(0, bend) * now * now * doubt;
    if (outcome === "solved" && iterations > 0 && unbalanced < balanced && left <= lawful)
      return { ok: true, iterations: iterations + 1, factorings: 0, residual: left };
  }
}

/** By how much the currents miss charge and law, the worst particle's over its size; r is left behind. */
function evaluate(
  { law, system, carried, r }: Iteration,
  { free, size }: InterfaceStep,
  phi: Float64Array,
  reference: number,
): { readonly unbalanced: number; readonly unlawful: number } {
  law.evaluate(free, system.driving(phi), reference);
  for (let a = 0; a + 1 < r.length; a++) r[a] = -carried[a] - law.patchCurrent[a];
  return {
    unbalanced: largestShare(size, (k) => atParticle(r, k)),
    unlawful: largestShare(size, (k) => law.off[k]),
  };
}

/** Newton's step, the graph's potentials solved to `goal`. */
function advance(
  iteration: Iteration,
  step: InterfaceStep,
  phi: Float64Array,
  goal: number,
): "solved" | "unfinished" | "singular" {
  const { law, system, carried, r, wanted, before } = iteration;
  const enough = (left: Float64Array): boolean => largestShare(step.size, (k) => atParticle(left, k)) <= goal;
  const change = system.solve("voltage" in step.control, r, enough);
  if (change === null) return "singular";
  before.current.set(law.current);
  before.phi.set(phi);
  for (let a = 0; a < phi.length; a++) phi[a] += change.phi[a];
  balance(iteration, step, phi);
  for (let a = 0; a < wanted.length; a++) wanted[a] = -carried[a];
  law.move(change.driving, wanted);
  return change.finished ? "solved" : "unfinished";
}

/** Half of the latest step; currents and what is carried are linear in it, so that their balance stays. */
function goBack({ law: { current }, before }: Iteration, phi: Float64Array): void {
  for (let p = 0; p < current.length; p++) current[p] = (current[p] + before.current[p]) / 2;
  for (let a = 0; a < phi.length; a++) phi[a] = (phi[a] + before.phi[a]) / 2;
}

/** L φ, the collector's potential moved to where an imposed current enters. */
function balance({ grid, carried }: Iteration, { control }: InterfaceStep, phi: Float64Array): void {
  grid.carried(phi, carried);
  if ("current" in control) grid.collect(phi, control.current, carried);
}

/** A, of both patches. */
function atParticle(patch: Float64Array, k: number): number {
  return Math.abs(patch[2 * k]) + Math.abs(patch[2 * k + 1]);
}

/** Largest over the particles of what is off over its size; NaN where one is. */
function largestShare(size: Float64Array, off: (k: number) => number): number {
  let most = 0;
  for (let k = 0; k < size.length; k++) {
    const share = off(k) / size[k];
    if (Number.isNaN(share)) return share;
    if (share > most) most = share;
  }
  return most;
}
