import type { ContactPoints } from "../assembly/contact-points.js";
import { FARADAY } from "../law/faraday.js";
import type { Mesh } from "../mesh/mesh.js";
import type { Trial } from "./attempt.js";
import type { ContactState } from "./contact-state.js";
import type { Control, Electrochemistry } from "./electrochemistry.js";
import type { Frame } from "./frame.js";

/** What no step may exceed. */
export const limits = { lithium: 1e-10, charge: 1e-9, momentum: 1e-10 } as const;

/** Sums over particles and interface, and the checks that every accepted step must pass. */
export interface Balances {
  /** `[particle]` m² and m³ (per m of depth). */
  readonly surface: Float64Array;
  readonly volume: Float64Array;
  meanStoichiometry(x: Float64Array): Float64Array;
  /** C extracted since the start, from the lithium that is left. */
  charge(x: Float64Array): number;
  /** A, sum of the reaction over the interface. */
  reactionCurrent(contact: ContactState): number;
  measure(
    trial: Trial & { ok: true },
    control: Control,
    h: number,
    damageBefore: Float64Array,
  ): Frame["balances"] & { readonly healed: number };
  save(): Record<string, number>;
  restore(numbers: Readonly<Record<string, number>>): void;
}

export function balancesOf(
  mesh: Mesh,
  electro: Electrochemistry,
  points: ContactPoints,
  spec: {
    readonly initialStoichiometry: number;
    readonly maximumConcentration: number;
    readonly currentScale: number;
  },
): Balances {
  const { lithium, lithiumCount } = electro.unknownsOf;
  const owner = new Int32Array(lithiumCount);
  mesh.region.forEach((region, cell) => {
    if (region >= mesh.particles) return;
    for (let k = 0; k < mesh.nodesPerCell; k++) owner[lithium[mesh.cells[cell * mesh.nodesPerCell + k]]] = region;
  });
  const capacity = new Float64Array(mesh.particles);
  for (let i = 0; i < lithiumCount; i++) capacity[owner[i]] += electro.content[i];
  const surface = new Float64Array(mesh.particles);
  for (let p = 0; p < points.count; p++) surface[points.particle[p]] += points.weight[p];
  const total = capacity.reduce((sum, c) => sum + c, 0) * spec.initialStoichiometry;
  const rate = new Float64Array(electro.unknowns);
  /** Charge that the imposed currents should have moved, and the part of the record that rests on it. */
  let imposed = 0;
  let recorded = 0;

  const charge = (x: Float64Array): number => {
    let moved = 0;
    for (let i = 0; i < lithiumCount; i++) moved += electro.content[i] * (spec.initialStoichiometry - x[i]);
    return moved;
  };

  const lithiumViolation = (trial: Trial & { ok: true }, h: number): number => {
    electro.rate(trial.x, rate);
    const perParticle = new Float64Array(mesh.particles);
    for (let i = 0; i < lithiumCount; i++) perParticle[owner[i]] += rate[i];
    for (let p = 0; p < points.count; p++)
      perParticle[points.particle[p]] += points.weight[p] * trial.contact.current[p];
    return perParticle.reduce(
      (worst, sum, k) => Math.max(worst, (Math.abs(sum) * h) / (capacity[k] * spec.initialStoichiometry)),
      0,
    );
  };

  const reactionCurrent = (contact: ContactState): number => {
    let sum = 0;
    for (let p = 0; p < points.count; p++) sum += points.weight[p] * contact.current[p];
    return sum;
  };

  return {
    surface,
    volume: capacity.map((c) => c / (spec.maximumConcentration * FARADAY)),
    meanStoichiometry: (x) => {
      const sum = new Float64Array(mesh.particles);
      for (let i = 0; i < lithiumCount; i++) sum[owner[i]] += electro.content[i] * x[i];
      return sum.map((s, k) => s / capacity[k]);
    },
    charge,
    reactionCurrent,
    measure: (trial, control, h, damageBefore) => {
      const entered = "current" in control ? control.current : electro.collectorCurrent(trial.x);
      const now = charge(trial.x);
      // Under an imposed current the charge moved is known exactly; under an imposed voltage only step by step.
      imposed += "current" in control ? control.current * h : now - recorded;
      recorded = now;
      let healed = 0;
      for (let p = 0; p < points.count; p++) healed = Math.max(healed, damageBefore[p] - trial.contact.damage[p]);
      return {
        lithium: Math.max(lithiumViolation(trial, h), Math.abs(now - imposed) / total),
        charge: Math.abs(reactionCurrent(trial.contact) - entered) / spec.currentScale,
        momentum: trial.imbalance,
        healed,
      };
    },
    save: () => ({ imposed, recorded }),
    restore: (numbers) => {
      imposed = numbers.imposed;
      recorded = numbers.recorded;
    },
  };
}

/** The first law that a step breaks, in words; null when all hold. */
export function violation(
  measured: ReturnType<Balances["measure"]>,
  trial: Trial & { ok: true },
  lithiumCount: number,
): string | null {
  for (const name of ["lithium", "charge", "momentum"] as const) {
    if (!(measured[name] <= limits[name])) {
      return `the ${name} balance is violated by ${measured[name].toExponential(2)}; allowed is ${limits[name]}`;
    }
  }
  if (measured.healed > 0) return `damage fell by ${measured.healed} at a point; it may only grow`;
  const outOfRange = trial.contact.damage.find((d) => !(d >= 0 && d <= 1));
  if (outOfRange !== undefined) return `damage is ${outOfRange}; allowed is 0 to 1`;
  const s = trial.x.subarray(0, lithiumCount).find((value) => !(value > 0 && value < 1));
  return s === undefined ? null : `stoichiometry is ${s}; allowed is 0 to 1`;
}
