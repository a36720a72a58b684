import { feedback, residual } from "./feedback.js";

/** S = 1 − (1 − residual) D. */
export const exchange = feedback({
  kind: "exchange",
  keys: { residual },
  law: ({ residual }) => ({ filmResistance: () => 0, activity: (damage) => 1 - (1 - residual) * damage }),
});
