import type { Control } from "../../fem/model/electrochemistry.js";
import type { NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { ElectrolyteProfile } from "./electrolyte-profile.js";
import type { Drawn, Grid } from "./grid.js";
import type { FreeResponse } from "./lithium-response.js";
import type { PointCurrents } from "./point-currents.js";

/**
 * Newton's method for the currents at the interface and the potentials of graph and electrolyte. What is linear stays balanced
 * in every iterate, since the patches' currents are what the graph carries to them, and the electrolyte away; only the law of
 * the reaction is approached.
 */
export interface InterfaceNewton {
  /**
   * From the law's present currents and `potential`, V [node] above `reference`, in place. Not ok where it does not come nearer
   * fast.
   */
  solve(free: FreeResponse, potential: Float64Array, reference: number, control: Control): NewtonOutcome;
}

export interface Conductors {
  readonly grid: Grid;
  /** Null where the electrolyte's potential is uniform. */
  readonly electrolyte: ElectrolyteProfile | null;
  /** Nodes of the graph, the last of which is the collector. */
  readonly nodes: number;
}

/** Share of its current, its volume's of the whole, by which a particle may be off the law; no balance rests on it. */
const lawful = 1e-9;
/** Share of it by which the graph may carry another current to it. */
const balanced = 1e-11;
const mostIterations = 20;
/** A step that makes what is off this much larger is halved, so often at most. */
const worse = 2;
const mostHalvings = 5;
/** How much larger than foreseen an error is taken to be. */
const doubt = 10;
/** Share of what is off that the graph may leave unsolved, where squaring it would ask for more; and of what is lawful. */
const coarse = 0.03;
const least = 0.3;

/** `size` A, [particle] what its currents are measured against. */
export function interfaceNewton(
  { grid, electrolyte, nodes }: Conductors,
  law: PointCurrents,
  size: Float64Array,
): InterfaceNewton {
  const collector = nodes - 1;
  const particles = size.length;
  const [carried, rhs, change, driving] = Array.from({ length: 4 }, () => new Float64Array(nodes));
  const [wanted, flow] = [new Float64Array(collector), new Float64Array(collector)];
  const ionic = new Float64Array(particles);
  const keptCurrent = new Float64Array(law.current.length);
  const keptPotential = new Float64Array(nodes);
  const { blocks } = law;

  /** Largest over the particles of what is off over its current. */
  const largest = (of: (k: number) => number): number => {
    let most = 0;
    for (let k = 0; k < particles; k++) {
      const share = of(k) / size[k];
      if (Number.isNaN(share)) return share;
      if (share > most) most = share;
    }
    return most;
  };

  const balance = (potential: Float64Array, control: Control): void => {
    grid.carried(potential, carried);
    if ("current" in control) grid.collect(potential, control.current, carried);
  };

  /** Half of the latest step; currents and what is carried are linear in it, so that their balance stays. */
  const goBack = (potential: Float64Array): void => {
    const { current } = law;
    for (let p = 0; p < current.length; p++) current[p] = (current[p] + keptCurrent[p]) / 2;
    for (let a = 0; a < nodes; a++) potential[a] = (potential[a] + keptPotential[a]) / 2;
  };

  /** V [node], what drives the reaction at the present currents. */
  const drive = (profile: ElectrolyteProfile, potential: Float64Array): Float64Array => {
    law.sum();
    profile.potentials(law.patchCurrent, ionic);
    for (let a = 0; a < collector; a++) driving[a] = potential[a] - ionic[a >> 1];
    return driving;
  };

  /** `flow` = G z + `beside`, A [patch]. */
  const draw = (z: Float64Array, beside: Float64Array | null): Float64Array => {
    for (let h = 0, e = 0; h < collector; h += 2, e += 4) {
      flow[h] = blocks[e] * z[h] + blocks[e + 1] * z[h + 1] + (beside?.[h] ?? 0);
      flow[h + 1] = blocks[e + 2] * z[h] + blocks[e + 3] * z[h + 1] + (beside?.[h + 1] ?? 0);
    }
    return flow;
  };

  /** out −= G P φ_e, φ_e the electrolyte's answer to `current` [patch]. */
  const takeBack = (profile: ElectrolyteProfile, current: Float64Array, out: Float64Array): void => {
    profile.answer(current, ionic);
    for (let k = 0, e = 0; k < particles; k++, e += 4) {
      out[2 * k] -= (blocks[e] + blocks[e + 1]) * ionic[k];
      out[2 * k + 1] -= (blocks[e + 2] + blocks[e + 3]) * ionic[k];
    }
  };

  const drawn: Drawn =
    electrolyte === null ? { blocks } : { blocks, takeBack: (z, out) => takeBack(electrolyte, draw(z, null), out) };

  /** Solve for the change of the potentials; returned is by how much that changes what drives the reaction, V [node]. */
  const solveGraph = (
    heldVoltage: boolean,
    goal: number,
  ): { readonly driven: Float64Array; readonly finished: boolean } | null => {
    for (let a = 0; a < collector; a++) {
      flow[a] = -law.offset[a];
      rhs[a] += flow[a];
    }
    rhs[collector] = 0;
    if (electrolyte !== null) {
      electrolyte.take(blocks);
      takeBack(electrolyte, flow, rhs);
    }
    const enough = (left: Float64Array): boolean =>
      largest((k) => Math.abs(left[2 * k]) + Math.abs(left[2 * k + 1])) <= goal;
    const outcome = grid.solveFor(drawn, heldVoltage, rhs, change, enough);
    if (outcome === "singular") return null;
    const finished = outcome === "solved";
    if (electrolyte === null) return { driven: change, finished };
    electrolyte.answer(draw(change, law.offset), ionic);
    for (let a = 0; a < collector; a++) driving[a] = change[a] - ionic[a >> 1];
    return { driven: driving, finished };
  };

  return {
    solve: (free, potential, reference, control) => {
      const heldVoltage = "voltage" in control;
      if ("voltage" in control) potential[collector] = control.voltage - reference;
      balance(potential, control);
      let [before, goal, halved] = [Number.POSITIVE_INFINITY, 0, 0];
      for (let iterations = 0; ; iterations++) {
        law.evaluate(free, electrolyte === null ? potential : drive(electrolyte, potential), reference);
        for (let a = 0; a < collector; a++) rhs[a] = -carried[a] - law.patchCurrent[a];
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
        goal = Math.max(least * lawful, now * Math.min(coarse, now));
        const solved = solveGraph(heldVoltage, goal);
        if (solved === null) {
          return { ok: false, reason: "the graph could not be solved for its potentials", iterations, residual: now };
        }
        keptCurrent.set(law.current);
        keptPotential.set(potential);
        halved = 0;
        for (let a = 0; a < nodes; a++) potential[a] += change[a];
        balance(potential, control);
        for (let a = 0; a < collector; a++) wanted[a] = -carried[a];
        law.move(solved.driven, wanted);
        // Newton's error goes with its square: what the latest step showed of that tells what this one leaves.
        const left = goal + Math.max(0, bend) * now * now * doubt;
        if (solved.finished && iterations > 0 && unbalanced < balanced && left <= lawful)
          return { ok: true, iterations: iterations + 1, factorings: 0, residual: left };
      }
    },
  };
}
