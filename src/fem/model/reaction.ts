import type { ContactPoints } from "../assembly/contact-points.js";
import type { Coupling } from "../assembly/contact-term.js";
import { butlerVolmer } from "../law/butler-volmer.js";
import type { ContactLaw, FeedbackLaw, ReactionPoint, StoichiometryFunction } from "../law/law.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";

/**
 * The charge-transfer reaction at an interface point,
 *   i = a i(Δφ − U(s); S(D) i0(s), R_f(D)),
 * with values s and Δφ = V + φ − φ_e, φ (or φ_p) measured from the collector's V, and one flux w i in A, positive when lithium leaves
 * the particle: +w i in the rows of s and φ, −w i in the row of φ_e. `butler-volmer.ts` has the law itself; a is the reacting area
 * over that of the sound particle, so that i is that of a S i0 and R_f/a.
 */
export interface ReactionSpec {
  /** U, V against lithium. */
  readonly openCircuitPotential: StoichiometryFunction;
  /** i0, A/m² */
  readonly exchangeCurrent: StoichiometryFunction;
  /** R_f and S. */
  readonly feedback: FeedbackLaw;
  /** V, RT/F */
  readonly thermalVoltage: number;
}

export interface ReactionLaw extends ContactLaw {
  /** `[point]` i, A/m² of the latest evaluation, the next one's first guess. */
  readonly current: Float64Array;
  /** Take D `[point]` of a step and a `[particle]`, null for one everywhere. */
  take(damage: Float64Array, area?: Float64Array | null): void;
}

export function reactionLaw(
  spec: ReactionSpec,
  { weight, particle }: Pick<ContactPoints, "weight" | "particle">,
): ReactionLaw {
  const current = new Float64Array(weight.length);
  /** `[point]` w ∂i/∂Δφ and w ∂i/∂i0 of the latest evaluation. */
  const byPotential = new Float64Array(weight.length);
  const byExchange = new Float64Array(weight.length);
  const at: ReactionPoint = { current: 0, conductance: 0, exchangeSlope: 0 };
  let damage = new Float64Array(weight.length);
  let area: Float64Array | null = null;
  return {
    values: 2,
    fluxes: 1,
    current,
    take: (next, gained = null) => {
      damage = next as Float64Array<ArrayBuffer>;
      area = gained;
    },
    flux: (p, value, flux) => {
      const s = value[2 * p];
      const a = area === null ? 1 : area[particle[p]];
      const activity = a * spec.feedback.activity(damage[p]);
      const drive = value[2 * p + 1] - spec.openCircuitPotential.value(s);
      const exchange = activity * spec.exchangeCurrent.value(s);
      const film = spec.feedback.filmResistance(damage[p]) / a;
      butlerVolmer(drive, exchange, film, spec.thermalVoltage, current[p], at);
      const w = weight[p];
      current[p] = at.current;
      byPotential[p] = w * at.conductance;
      byExchange[p] = w * at.exchangeSlope * activity;
      flux[p] = w * at.current;
    },
    block: (p, value, block) => {
      const s = value[2 * p];
      block[2 * p] =
        byExchange[p] * spec.exchangeCurrent.derivative(s) - byPotential[p] * spec.openCircuitPotential.derivative(s);
      block[2 * p + 1] = byPotential[p];
    },
    subtract: (p, block, value, flux) => {
      flux[p] -= block[2 * p] * value[2 * p] + block[2 * p + 1] * value[2 * p + 1];
    },
  };
}

/** s, φ_p or without it φ, and φ_e at each interface point. */
export function reactionCoupling(unknowns: ElectrochemicalUnknowns, electrons: "binder" | "particle"): Coupling {
  const seen = electrons === "binder" ? [unknowns.pointPotential] : unknowns.pointParticle;
  return {
    roles: [
      { unknown: unknowns.pointLithium, value: 0, flux: 0, sign: 1 },
      ...seen.map((unknown) => ({ unknown, value: 1, flux: 0, sign: 1 }) as const),
      { unknown: unknowns.pointIonic, value: 1, flux: 0, sign: -1 },
    ],
    level: { unknown: unknowns.voltage, value: 1 },
  };
}
