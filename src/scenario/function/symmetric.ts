import { symmetricExchange } from "../../fem/law/stoichiometry-function.js";
import { means, positive } from "../../schema/leaf.js";
import type { MappedForm } from "./form.js";

type Symmetric = {
  readonly symmetric: number;
};

/** i0 = 2 i_ref √(s(1 − s)), A/m². */
export const symmetric = {
  key: "symmetric",
  of: ["currentDensity"],
  positive: true,
  said: (dimension) => means("i_ref of 2 i_ref √(s(1 − s))", positive(dimension)),
  settled: (reference: number) => ({ symmetric: reference }),
  source: () => "the symmetric form of the scenario",
  law: (choice: Symmetric) => symmetricExchange(choice.symmetric),
  known: () => undefined,
  constant: () => false,
} as const satisfies MappedForm;
