import { constant as sameEverywhere } from "../../fem/law/stoichiometry-function.js";
import type { SaidForm } from "./form.js";

type Constant = {
  readonly constant: number;
};

/** The same value at every stoichiometry. */
export const constant = {
  key: "constant",
  positive: true,
  settled: (value: number) => ({ constant: value }),
  source: () => "a constant of the scenario",
  law: (choice: Constant) => sameEverywhere(choice.constant),
  known: () => undefined,
  constant: () => true,
} as const satisfies SaidForm;
