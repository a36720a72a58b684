import { butlerVolmer } from "../../fem/law/butler-volmer.js";
import type { FeedbackLaw, ReactionPoint, StoichiometryFunction } from "../../fem/law/law.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * The reaction at a network's surface points: the laws of the finite-element model, summed over patches. Points of a patch
 * differ by a local stoichiometry l.
 */
export interface ChargeTransfer {
  /** [point] A/m² of the latest evaluation. */
  readonly current: Float64Array;
  /** [point] Ω m², and the share of the exchange current that is left: by the damage of the step. */
  readonly film: Float64Array;
  readonly activity: Float64Array;
  /** Evaluate at the patches' stoichiometry and potential (V) and the points' l. */
  evaluate(stoichiometry: Float64Array, potential: Float64Array, local: Float64Array): void;
  /**
   * Take the damage of a step and a first guess of its currents, A/m², both [point], and the reacting area over that of sound
   * particles, [particle], null for one everywhere.
   */
  take(damage: Float64Array, guess: Float64Array, area?: Float64Array | null): void;
}

export interface ChargeTransferSpec {
  readonly openCircuitPotential: StoichiometryFunction;
  readonly exchangeCurrent: StoichiometryFunction;
  readonly feedback: FeedbackLaw;
  /** V, RT/F */
  readonly thermalVoltage: number;
}

export function chargeTransfer(points: NetworkPoints, spec: ChargeTransferSpec): ChargeTransfer {
  const { count, each, share, particle } = points;
  const [current, film, activity] = Array.from({ length: 3 }, () => new Float64Array(count));
  const at: ReactionPoint = { current: 0, conductance: 0, exchangeSlope: 0 };
  return {
    current,
    film,
    activity,
    take: (damage, guess, area = null) => {
      current.set(guess);
      for (let p = 0; p < count; p++) {
        const a = area === null ? 1 : area[particle[p]];
        film[p] = spec.feedback.filmResistance(damage[p]) / a;
        activity[p] = a * spec.feedback.activity(damage[p]);
      }
    },
    evaluate: (stoichiometry, potential, local) => {
      for (let a = 0; a < share.length; a++) {
        if (share[a] === 0) continue;
        for (let p = a * each; p < (a + 1) * each; p++) {
          const s = stoichiometry[a] + local[p];
          const left = activity[p] * spec.exchangeCurrent.value(s);
          const drive = potential[a] - spec.openCircuitPotential.value(s);
          butlerVolmer(drive, left, film[p], spec.thermalVoltage, current[p], at);
          current[p] = at.current;
        }
      }
    },
  };
}
