import { activeMaterials } from "../fem/material/library.js";
import type { FunctionChoice } from "./scenario.js";

/** The stoichiometries for which an open-circuit potential is known; undefined when it has no source that says so. */
export function validity(choice: FunctionChoice): readonly [low: number, high: number] | undefined {
  if ("set" in choice) return activeMaterials[choice.set]?.openCircuitPotential.validity;
  if ("expression" in choice) return choice.validity;
  if ("table" in choice && choice.table.length > 1) return [choice.table[0][0], choice.table.at(-1)![0]];
  return undefined;
}
