import { means, notNegative } from "../../../schema/leaf.js";
import { feedback } from "./feedback.js";

/** Share of the interface that still conducts at D = 1: R_f is at most 49 times its scale. */
const LEAST_CONTACT = 0.02;

/**
 * R_f = initial + resistance (1/S − 1), S = 1 − 0.98 D, which is resistance · D/(1 − D + 1/49): at most 49 times
 * `resistance`.
 */
export const film = feedback({
  kind: "film",
  keys: {
    resistance: means("film resistance that damage brings", notNegative("areaResistance")),
    initial: means("film resistance of the sound surface", notNegative("areaResistance").prefault("0 ohm m^2")),
  },
  law: ({ resistance, initial }) => ({
    filmResistance: (damage) => initial + resistance * (1 / (1 - (1 - LEAST_CONTACT) * damage) - 1),
    activity: () => 1,
  }),
});
