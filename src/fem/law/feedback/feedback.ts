/**
 * How interfacial damage acts back on the reaction: a film resistance R_f(D) in series (Ω m²) and the share S(D) of the
 * exchange current density that is left.
 *
 * The share lost enters a logarithm (i0 in asinh), the film enters linearly: only the film moves current between
 * particles strongly. All resistances stay finite at D = 1.
 */
import { kindOf } from "../../../schema/kind.js";
import { means, number } from "../../../schema/leaf.js";
import type { FeedbackLaw } from "../law.js";

/** Defines a kind of feedback. */
export const feedback = kindOf<FeedbackLaw>("feedback");

/** In (0, 1]: zero would leave no exchange current and no solution. */
export const residual = means("share that is left at full damage", number(0, 1, { low: true }).default(0.02));
