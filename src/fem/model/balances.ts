import { FARADAY } from "../law/faraday.js";
import type { Trial } from "./attempt.js";
import type { ContactState, SurfacePoints } from "./contact-state.js";
import type { Control, Electrochemistry } from "./electrochemistry.js";
import type { Frame } from "./frame.js";

/** What no step may exceed. */
export const limits = { lithium: 1e-10, charge: 1e-9, momentum: 1e-10 } as const;

/** The electrochemistry as the balances see it. */
type Storing = Pick<Electrochemistry, "unknowns" | "content" | "rate" | "collectorCurrent"> & {
  readonly unknownsOf: { readonly lithiumCount: number };
};

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
  ): Frame["balances"] & {
    /** Largest fall of damage at a point. */
    readonly healed: number;
  };
  save(): Record<string, number>;
  restore(numbers: Readonly<Record<string, number>>): void;
}

/** Which particle the unknowns of s belong to. */
export interface Owners {
  readonly particles: number;
  /** `[unknown of s]` */
  readonly owner: Int32Array;
}

export function balancesOf(
  { particles, owner }: Owners,
  electro: Storing,
  points: SurfacePoints,
  spec: {
    readonly initialStoichiometry: number;
    readonly maximumConcentration: number;
    readonly currentScale: number;
  },
): Balances {
  const { lithiumCount } = electro.unknownsOf;
  const capacity = new Float64Array(particles);
  for (let i = 0; i < lithiumCount; i++) capacity[owner[i]] += electro.content[i];
  /** Unknowns of s from here on hold no lithium. */
  let holding = lithiumCount;
  while (holding > 0 && electro.content[holding - 1] === 0) holding--;
  const surface = new Float64Array(particles);
  for (let p = 0; p < points.count; p++) surface[points.particle[p]] += points.weight[p];
  const total = capacity.reduce((sum, c) => sum + c, 0) * spec.initialStoichiometry;
  const rate = new Float64Array(electro.unknowns);
  /** Charge that the imposed currents should have moved, and the part of the record that rests on it. */
  let imposed = 0;
  let recorded = 0;

  const charge = (x: Float64Array): number => {
    let moved = 0;
    for (let i = 0; i < holding; i++) moved += electro.content[i] * (spec.initialStoichiometry - x[i]);
    return moved;
  };

  const lithiumViolation = (trial: Trial & { ok: true }, h: number): number => {
    electro.rate(trial.x, rate);
    const perParticle = new Float64Array(particles);
    for (let i = 0; i < holding; i++) perParticle[owner[i]] += rate[i];
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
      const sum = new Float64Array(particles);
      for (let i = 0; i < holding; i++) sum[owner[i]] += electro.content[i] * x[i];
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
export function violation(measured: ReturnType<Balances["measure"]>, trial: Trial & { ok: true }): string | null {
  for (const name of ["lithium", "charge", "momentum"] as const) {
    if (!(measured[name] <= limits[name])) {
      return `the ${name} balance is violated by ${measured[name].toExponential(2)}; allowed is ${limits[name]}`;
    }
  }
  if (measured.healed > 0) return `damage fell by ${measured.healed} at a point; it may only grow`;
  const { damage } = trial.contact;
  for (let p = 0; p < damage.length; p++)
    if (!(damage[p] >= 0 && damage[p] <= 1)) return `damage is ${damage[p]}; allowed is 0 to 1`;
  return null;
}
