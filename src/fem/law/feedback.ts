/**
 * How interfacial damage acts back on the reaction: a film resistance R_f(D) in series (Ω m²) and the share S(D) of the
 * exchange current density that is left.
 *
 * The share lost enters a logarithm (i0 in asinh), the film enters linearly: only the film moves current between
 * particles strongly. All resistances stay finite at D = 1.
 */
import type { FeedbackLaw } from "./law.js";

/** Share of the interface that still conducts at D = 1 in the film law: R_f is at most 49 times its scale. */
const LEAST_CONTACT = 0.02;

/** Damage does not touch the reaction: the control. */
export function noFeedback(): FeedbackLaw {
  return { filmResistance: () => 0, activity: () => 1 };
}

/**
 * R_f = initial + resistance (1/S − 1), S = 1 − 0.98 D, which is resistance · D/(1 − D + 1/49): at most 49 times
 * `resistance`.
 *
 * @param choice Ω m², both ≥ 0
 */
export function filmFeedback(choice: { readonly resistance: number; readonly initial: number }): FeedbackLaw {
  const { resistance, initial } = choice;
  atLeastZero("film feedback", { resistance, initial });
  return {
    filmResistance: (damage) => initial + resistance * (1 / (1 - (1 - LEAST_CONTACT) * damage) - 1),
    activity: () => 1,
  };
}

/**
 * S = 1 − (1 − residual) D.
 *
 * @param choice residual in (0, 1]: zero would leave no exchange current and no solution
 */
export function exchangeFeedback(choice: { readonly residual: number }): FeedbackLaw {
  const { residual } = choice;
  positiveShare("exchange feedback", residual);
  return { filmResistance: () => 0, activity: (damage) => 1 - (1 - residual) * damage };
}

/** Film and exchange together, each as alone. */
export function filmAndExchangeFeedback(choice: {
  readonly resistance: number;
  readonly initial: number;
  readonly residual: number;
}): FeedbackLaw {
  return {
    filmResistance: filmFeedback(choice).filmResistance,
    activity: exchangeFeedback(choice).activity,
  };
}

/**
 * Electronic contact in series: R_f = 1/g, g = conductance · (1 − (1 − residual) D).
 *
 * @param choice conductance in S/m², > 0; residual in (0, 1]
 */
export function contactFeedback(choice: { readonly conductance: number; readonly residual: number }): FeedbackLaw {
  const { conductance, residual } = choice;
  positiveShare("contact feedback", residual);
  positive("contact feedback", { conductance });
  return { filmResistance: (damage) => 1 / (conductance * (1 - (1 - residual) * damage)), activity: () => 1 };
}

/**
 * R_f = 1/min(g_e, g_ion): electronic contact is lost with detachment, g_e = electronic (1 − (1 − residual) D), while
 * electrolyte reaches more surface, g_ion = ionic + (ionicDetached − ionic) D; the poorer of the two limits.
 * Shape: Jiang et al., Nat. Commun. 11 (2020) 2310, Fig. 4e.
 *
 * @param choice S/m², > 0; residual in (0, 1]
 */
export function jiangFeedback(choice: {
  readonly electronic: number;
  readonly ionic: number;
  readonly ionicDetached: number;
  readonly residual: number;
}): FeedbackLaw {
  const { electronic, ionic, ionicDetached, residual } = choice;
  positiveShare("electronic and ionic feedback", residual);
  positive("electronic and ionic feedback", { electronic, ionic, ionicDetached });
  return {
    filmResistance: (damage) =>
      1 / Math.min(electronic * (1 - (1 - residual) * damage), ionic + (ionicDetached - ionic) * damage),
    activity: () => 1,
  };
}

function atLeastZero(what: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value >= 0 && Number.isFinite(value)))
      throw new RangeError(`${what}: found ${name} ${value} Ω m²; it must be zero or more.`);
}

function positive(what: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`${what}: found ${name} ${value} S/m²; it must be positive.`);
}

function positiveShare(what: string, residual: number): void {
  if (!(residual > 0 && residual <= 1))
    throw new RangeError(`${what}: found residual ${residual}; it must be above 0 and at most 1 (0.02 is usual).`);
}
