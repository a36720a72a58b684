import { means, positive } from "../../../schema/leaf.js";
import { electrolyte } from "./electrolyte.js";

/** Ohm's law: i = −κ ∇φ_e. */
export const ohmic = electrolyte({
  kind: "ohmic",
  keys: { conductivity: means("ionic conductivity", positive("conductivity").prefault("0.3 S/m")) },
  law: ({ conductivity }) => conductivity,
});
