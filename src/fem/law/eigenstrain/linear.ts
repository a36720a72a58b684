import { means, quantity } from "../../../schema/leaf.js";
import { eigenstrain } from "./eigenstrain.js";

/** Vegard's law ε* = Ω c_max s / 3; for NMC811 Ω is 1.5e-6 to 1.9e-6 m³/mol (5–6 % volume over Δs = 0.63 at 51765 mol/m³). */
export const linear = eigenstrain({
  kind: "linear",
  keys: {
    partialMolarVolume: means(
      "partial molar volume of lithium, of the linear strain",
      quantity("molarVolume", { from: "-2e-5 m^3/mol", to: "2e-5 m^3/mol" }).prefault("1.84e-6 m^3/mol"),
    ),
  },
  law: ({ partialMolarVolume }, maximumConcentration) => {
    const slope = (partialMolarVolume * maximumConcentration) / 3;
    return { value: (s) => slope * s, derivative: () => slope, validity: [0, 1] };
  },
});
