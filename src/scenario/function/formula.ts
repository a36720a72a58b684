import { expressionFunction } from "./expression.js";
import type { AnyForm } from "./form.js";

type Formula = {
  readonly expression: string;
  readonly validity: readonly [low: number, high: number];
};

/** A formula in x = s, as BPX files hold it. */
export const formula = {
  key: "expression",
  positive: false,
  law: ({ expression, validity }: Formula) => expressionFunction(expression, validity),
  known: ({ validity }: Formula) => validity,
  constant: () => false,
} as const satisfies AnyForm;
