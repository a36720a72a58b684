import type { Coupling } from "../assembly/contact-term.js";
import { butlerVolmer } from "../law/butler-volmer.js";
import type { ContactLaw, FeedbackLaw, ReactionPoint, StoichiometryFunction } from "../law/law.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";

/**
 * The charge-transfer reaction at an interface point,
 *   i = i(Δφ − U(s); S(D) i0(s), R_f(D)),
 * with values s and Δφ = V + φ − φ_e, φ (or φ_p) measured from the collector's V, and one flux w i in A, positive when lithium leaves
 * the particle: +w i in the rows of s and φ, −w i in the row of φ_e. `butler-volmer.ts` has the law itself.
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
  /** Take D `[point]` of a step. */
  take(damage: Float64Array): void;
}

/** `weight` `[point]` m². */
export function reactionLaw(spec: ReactionSpec, weight: Float64Array): ReactionLaw {
  const current = new Float64Array(weight.length);
  /** `[point]` w ∂i/∂Δφ and w ∂i/∂i0 of the latest evaluation. */
  const byPotential = new Float64Array(weight.length);
  const byExchange = new Float64Array(weight.length);
  const at: ReactionPoint = { current: 0, conductance: 0, exchangeSlope: 0 };
  let damage = new Float64Array(weight.length);
  return {
    values: 2,
    fluxes: 1,
    current,
    take: (next) => {
      damage = next as Float64Array<ArrayBuffer>;
    },
    flux: (p, value, flux) => {
      const s = value[2 * p];
      const activity = spec.feedback.activity(damage[p]);
      const drive = value[2 * p + 1] - spec.openCircuitPotential.value(s);
      const exchange = activity * spec.exchangeCurrent.value(s);
      butlerVolmer(drive, exchange, spec.feedback.filmResistance(damage[p]), spec.thermalVoltage, current[p], at);
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
