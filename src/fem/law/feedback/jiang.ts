import { means, positive } from "../../../schema/leaf.js";
import { feedback, residual } from "./feedback.js";

/**
 * R_f = 1/min(g_e, g_ion): electronic contact is lost with detachment, g_e = electronic (1 − (1 − residual) D), while
 * electrolyte reaches more surface, g_ion = ionic + (ionicDetached − ionic) D; the poorer of the two limits.
 * Shape: Jiang et al., Nat. Commun. 11 (2020) 2310, Fig. 4e.
 */
export const jiang = feedback({
  kind: "jiang",
  keys: {
    electronic: means("electronic contact conductance", positive("areaConductance")),
    ionic: means("ionic contact conductance of the sound surface", positive("areaConductance")),
    ionicDetached: means("ionic contact conductance of the detached surface", positive("areaConductance")),
    residual,
  },
  law: ({ electronic, ionic, ionicDetached, residual }) => ({
    filmResistance: (damage) =>
      1 / Math.min(electronic * (1 - (1 - residual) * damage), ionic + (ionicDetached - ionic) * damage),
    activity: () => 1,
  }),
});
