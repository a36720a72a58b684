import { means, positive } from "../../../schema/leaf.js";
import { feedback, residual } from "./feedback.js";

/** Electronic contact in series: R_f = 1/g, g = conductance · (1 − (1 − residual) D). */
export const contact = feedback({
  kind: "contact",
  keys: { conductance: means("contact conductance of the sound surface", positive("areaConductance")), residual },
  law: ({ conductance, residual }) => ({
    filmResistance: (damage) => 1 / (conductance * (1 - (1 - residual) * damage)),
    activity: () => 1,
  }),
});
