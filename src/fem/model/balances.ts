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

/** C since the start: what the imposed currents should have moved, and what the lithium says, on which a part of it rests. */
export interface Ledger {
  readonly imposed: number;
  readonly recorded: number;
}

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
  /** A step of h s from the state before it; the trial is the latest. */
  measure(before: Recorded, trial: SolvedStep, control: Control, h: number): Measured;
}

/** What of a state its balances rest on. */
export interface Recorded {
  readonly contact: ContactState;
  readonly ledger: Ledger;
}

export type Measured = Frame["balances"] & {
  /** Largest fall of damage at a point. */
  readonly healed: number;
  /** The ledger after the step. */
  readonly ledger: Ledger;
};

/** Which particle the unknowns of s belong to. */
export interface Owners {
  readonly particles: number;
  /** `[unknown of s]` */
  readonly owner: Int32Array;
}

export function balancesOf(
  owners: Owners,
  electro: Storing,
  points: SurfacePoints,
  spec: {
    readonly initialStoichiometry: number;
    readonly maximumConcentration: number;
    readonly currentScale: number;
  },
): Balances {
  const { initialStoichiometry } = spec;
  const stored = storedLithium(owners, electro);
  const { capacity } = stored;
  /** C, at the start: of each particle, and of all. */
  const initial = capacity.map((c) => c * initialStoichiometry);
  const total = capacity.reduce((sum, c) => sum + c, 0) * initialStoichiometry;
  const charge = (x: Float64Array): number => stored.extracted(x, initialStoichiometry);
  return {
    surface: surfaceOf(owners.particles, points),
    volume: capacity.map((c) => c / (spec.maximumConcentration * FARADAY)),
    meanStoichiometry: stored.means,
    charge,
    reactionCurrent: (contact) => reactionCurrent(points, contact),
    measure: (before, trial, control, h) => {
      const entered = "current" in control ? control.current : electro.collectorCurrent(trial.x);
      const ledger = recorded(before.ledger, charge(trial.x), control, h);
      const lost = stored
        .left(trial, points)
        .reduce((worst, sum, k) => Math.max(worst, (Math.abs(sum) * h) / initial[k]), 0);
      return {
        lithium: Math.max(lost, Math.abs(ledger.recorded - ledger.imposed) / total),
        charge: Math.abs(reactionCurrent(points, trial.contact) - entered) / spec.currentScale,
        momentum: trial.imbalance,
        healed: largestFall(before.contact.damage, trial.contact.damage),
        ledger,
      };
    },
  };
}

/** `[particle]` m² */
function surfaceOf(particles: number, { count, particle, weight }: SurfacePoints): Float64Array {
  const surface = new Float64Array(particles);
  for (let p = 0; p < count; p++) surface[particle[p]] += weight[p];
  return surface;
}

/** A */
function reactionCurrent({ count, weight }: SurfacePoints, { current }: ContactState): number {
  let sum = 0;
  for (let p = 0; p < count; p++) sum += weight[p] * current[p];
  return sum;
}

/** Under an imposed current the charge moved is known exactly; under an imposed voltage only step by step. */
function recorded({ imposed, recorded: before }: Ledger, now: number, control: Control, h: number): Ledger {
  const moved = "current" in control ? control.current * h : now - before;
  return { imposed: imposed + moved, recorded: now };
}

/** Sums of lithium over the unknowns that hold any. */
interface StoredLithium {
  /** C, `[particle]` at s = 1. */
  readonly capacity: Float64Array;
  /** `[particle]` mean s. */
  means(x: Float64Array): Float64Array;
  /** C, taken since s was `initial` everywhere. */
  extracted(x: Float64Array, initial: number): number;
  /** A, `[particle]` what of its rate of lithium its reaction does not account for. */
  left(trial: SolvedStep, points: SurfacePoints): Float64Array;
}

type SolvedStep = Trial & { readonly ok: true };

function storedLithium({ particles, owner }: Owners, { content, rate, unknowns, unknownsOf }: Storing): StoredLithium {
  const capacity = new Float64Array(particles);
  for (let i = 0; i < unknownsOf.lithiumCount; i++) capacity[owner[i]] += content[i];
  /** Unknowns of s from here on hold no lithium. */
  let holding = unknownsOf.lithiumCount;
  while (holding > 0 && content[holding - 1] === 0) holding--;
  const rates = new Float64Array(unknowns);
  return {
    capacity,
    means: (x) => {
      const sum = new Float64Array(particles);
      for (let i = 0; i < holding; i++) sum[owner[i]] += content[i] * x[i];
      return sum.map((s, k) => s / capacity[k]);
    },
    extracted: (x, initial) => {
      let moved = 0;
      for (let i = 0; i < holding; i++) moved += content[i] * (initial - x[i]);
      return moved;
    },
    left: ({ x, contact }, { count, particle, weight }) => {
      rate(x, rates);
      const sum = new Float64Array(particles);
      for (let i = 0; i < holding; i++) sum[owner[i]] += rates[i];
      for (let p = 0; p < count; p++) sum[particle[p]] += weight[p] * contact.current[p];
      return sum;
    },
  };
}

function largestFall(before: Float64Array, now: Float64Array): number {
  let most = 0;
  for (let p = 0; p < now.length; p++) most = Math.max(most, before[p] - now[p]);
  return most;
}

/** The first law that a step breaks, in words; null when all hold. */
export function violation(measured: Omit<Measured, "ledger">, trial: Trial & { ok: true }): string | null {
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
