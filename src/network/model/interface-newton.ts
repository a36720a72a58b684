import type { Csr } from "../../fem/linear/csr.js";
import { positionOf } from "../../fem/linear/pattern.js";
import { product } from "../../fem/linear/product.js";
import type { NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { Grid } from "./grid.js";
import type { FreeResponse, InterfaceLaw } from "./interface-law.js";

/**
 * Newton's method for the currents at the interface and the potentials of the graph. What is linear stays balanced in every
 * iterate, since the patches' currents are what the graph carries to them; only the law of the reaction is approached.
 */
export interface InterfaceNewton {
  /**
   * From the law's present currents and `potential`, V [node] above `reference`, in place. Not ok where it does not come nearer
   * fast.
   */
  solve(free: FreeResponse, potential: Float64Array, reference: number, control: Control): NewtonOutcome;
}

export type Control = { readonly current: number } | { readonly voltage: number };

export interface InterfaceSizes {
  /** A, [particle] what its currents are measured against. */
  readonly particle: Float64Array;
}

/** Share of its current by which a particle may be off the law; no balance rests on it. */
const lawful = 1e-9;
/** Share of it by which the graph may carry another current to it. */
const balanced = 1e-11;
const mostIterations = 20;
/** A step that makes what is off this much larger is halved, so often at most. */
const worse = 2;
const mostHalvings = 5;
/** How much larger than foreseen an error is taken to be. */
const doubt = 10;
/** Share of what is off that the graph may leave unsolved, where squaring it would ask for more. */
const coarse = 0.03;

export function interfaceNewton(
  laplacian: Csr,
  collector: number,
  grid: Grid,
  law: InterfaceLaw,
  size: InterfaceSizes,
): InterfaceNewton {
  const nodes = laplacian.rows;
  const conduction = product(laplacian);
  const [drops, rhs, change] = Array.from({ length: 3 }, () => new Float64Array(nodes));
  const wanted = new Float64Array(collector);
  const [first, last] = [laplacian.rowStart[collector], laplacian.rowStart[collector + 1]];
  const collecting = laplacian.value[positionOf(laplacian, collector, collector)];

  /** Largest over the particles of what is off over its current. */
  const largest = (of: (k: number) => number): number => {
    let most = 0;
    for (let k = 0; k < size.particle.length; k++) {
      const share = of(k) / size.particle[k];
      if (!(share <= most)) most = share;
    }
    return most;
  };

  const keptCurrent = new Float64Array(law.current.length);
  const keptPotential = new Float64Array(nodes);

  /** The collector's potential at which the whole current leaves the graph there; `drops` follow. */
  const collect = (potential: Float64Array, current: number): void => {
    conduction.multiply(potential, drops);
    const shift = (current - drops[collector]) / collecting;
    potential[collector] += shift;
    for (let p = first; p < last; p++) drops[laplacian.column[p]] += laplacian.value[p] * shift;
  };

  const balance = (potential: Float64Array, control: Control): void => {
    if ("current" in control) collect(potential, control.current);
    else conduction.multiply(potential, drops);
  };

  /** Half of the latest step; currents and drops are linear in it, so that their balance stays. */
  const goBack = (potential: Float64Array): void => {
    const { current } = law;
    for (let p = 0; p < current.length; p++) current[p] = (current[p] + keptCurrent[p]) / 2;
    for (let a = 0; a < nodes; a++) potential[a] = (potential[a] + keptPotential[a]) / 2;
  };

  return {
    solve: (free, potential, reference, control) => {
      const heldVoltage = "voltage" in control;
      if ("voltage" in control) potential[collector] = control.voltage - reference;
      balance(potential, control);
      let [before, goal, halved] = [Number.POSITIVE_INFINITY, 0, 0];
      for (let iterations = 0; ; iterations++) {
        law.evaluate(free, potential, reference);
        for (let a = 0; a < collector; a++) rhs[a] = -drops[a] - law.patchCurrent[a];
        const unbalanced = largest((k) => Math.abs(rhs[2 * k]) + Math.abs(rhs[2 * k + 1]));
        const unlawful = largest((k) => law.off[k]);
        const now = unbalanced + unlawful;
        if (unlawful <= lawful && unbalanced <= balanced) return { ok: true, iterations, factorings: 0, residual: now };
        if (iterations > 0 && !(now < worse * before) && halved < mostHalvings) {
          halved++;
          goBack(potential);
          balance(potential, control);
          continue;
        }
        if (iterations >= mostIterations || !Number.isFinite(now)) {
          return { ok: false, reason: "the interface's currents did not converge", iterations, residual: now };
        }
        const bend = (now - goal) / (before * before);
        before = now;
        for (let a = 0; a < collector; a++) rhs[a] -= law.offset[a];
        rhs[collector] = 0;
        goal = Math.max(0.3 * lawful, now * Math.min(coarse, now));
        const enough = (left: Float64Array): boolean =>
          largest((k) => Math.abs(left[2 * k]) + Math.abs(left[2 * k + 1])) <= goal;
        if (!grid.solveFor(law.blocks, heldVoltage, rhs, change, enough)) {
          return { ok: false, reason: "singular tangent", iterations, residual: now };
        }
        keptCurrent.set(law.current);
        keptPotential.set(potential);
        halved = 0;
        for (let a = 0; a < nodes; a++) potential[a] += change[a];
        balance(potential, control);
        for (let a = 0; a < collector; a++) wanted[a] = -drops[a];
        law.move(change, wanted);
        // Newton's error goes with its square: what the latest step showed of that tells what this one leaves.
        const left = goal + Math.max(0, bend) * now * now * doubt;
        if (iterations > 0 && unbalanced < balanced && left <= lawful)
          return { ok: true, iterations: iterations + 1, factorings: 0, residual: left };
      }
    },
  };
}
