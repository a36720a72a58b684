import { TRUSTED } from "../../fem/law/continuation.js";
import { activeMaterials } from "../../fem/material/library.js";
import { note, type Reading } from "../reading.js";
import type { FunctionChoice, Scenario } from "../scenario.js";
import type { ScenarioFile } from "../schema.js";

/** Notes what the network model cannot do. */
export function checkNetworkLimits(
  file: ScenarioFile,
  material: Scenario["activeMaterial"] | undefined,
  reading: Reading,
): void {
  const refuse = (path: readonly string[], found: string, allowed: string) =>
    note(reading, path, { found, allowed: `${allowed}, with fidelity network` });
  if (material && !isConstant(material.diffusivity))
    refuse(["activeMaterial", "diffusivity"], "one that depends on stoichiometry", "a constant, such as 5e-14 m^2/s");
  if (file.activeMaterial.stressDrift) refuse(["activeMaterial", "stressDrift"], "true", "false");
  if (file.coverage.pattern !== "arc")
    refuse(["coverage", "pattern"], file.coverage.pattern, "arc: a particle has one patch");
}

/** Notes what only the network model can do. */
export function checkMeshLimits(file: ScenarioFile, reading: Reading): void {
  const { facing } = file.coverage;
  if (facing === "random" || facing === "cloud")
    note(reading, ["coverage", "facing"], {
      allowed: "collector | separator | bottom | right | top | left, with fidelity fem",
    });
  if (file.binder.contactLoss > 0)
    note(reading, ["binder", "contactLoss"], {
      found: String(file.binder.contactLoss),
      allowed: "0, with fidelity fem",
    });
}

/** Whether a function of stoichiometry is the same throughout. */
function isConstant(choice: FunctionChoice): boolean {
  if ("constant" in choice) return true;
  if ("table" in choice) return choice.table.every(([, value]) => value === choice.table[0]?.[1]);
  if (!("set" in choice)) return false;
  const { diffusivity } = activeMaterials[choice.set];
  const [low, high] = TRUSTED;
  const at = [0, 0.25, 0.5, 0.75, 1].map((share) => diffusivity.value(low + share * (high - low)));
  return at.every((value) => value === at[0]);
}
