import { type ChoiceOf, family } from "../../../schema/family.js";
import type { FeedbackLaw } from "../law.js";
import { both } from "./both.js";
import { contact } from "./contact.js";
import { exchange } from "./exchange.js";
import { film } from "./film.js";
import { jiang } from "./jiang.js";
import { none } from "./none.js";

/** Every feedback that a scenario may choose. */
export const feedbacks = family([none, film, exchange, both, contact, jiang]);

/** What damage does to the reaction: a kind of feedback with its parameters in SI units. */
export type FeedbackChoice = ChoiceOf<typeof feedbacks>;

/** The law of a choice. Throws RangeError for a parameter out of its range. */
export const feedbackLaw: (choice: FeedbackChoice) => FeedbackLaw = feedbacks.law;
