import { sideFaced, sidesFaced } from "../coverage/facing.js";
import { onePatch } from "../coverage/pattern.js";
import { formOf } from "../function/forms.js";
import { note, type Reading } from "../reading.js";
import type { Scenario } from "../scenario.js";
import type { ScenarioFile } from "../schema.js";

/** Notes what the network model cannot do. */
export function checkNetworkLimits(
  file: ScenarioFile,
  material: Scenario["activeMaterial"] | undefined,
  reading: Reading,
): void {
  const refuse = (path: readonly string[], found: string, allowed: string) =>
    note(reading, path, { found, allowed: `${allowed}, with fidelity network` });
  if (material && !formOf(material.diffusivity).constant(material.diffusivity, "diffusivity"))
    refuse(["activeMaterial", "diffusivity"], "one that depends on stoichiometry", "a constant, such as 5e-14 m^2/s");
  if (file.activeMaterial.stressDrift) refuse(["activeMaterial", "stressDrift"], "true", "false");
  if (file.surface.kind !== "binder") refuse(["surface", "kind"], file.surface.kind, "binder");
  if (file.coverage.pattern !== onePatch)
    refuse(["coverage", "pattern"], file.coverage.pattern, `${onePatch}: a particle has one patch`);
}

/** Notes what only the network model can do. */
export function checkMeshLimits(file: ScenarioFile, reading: Reading): void {
  const { facing } = file.coverage;
  if (sideFaced(facing, { collector: "bottom", separator: "top" }) === null)
    note(reading, ["coverage", "facing"], {
      allowed: `${sidesFaced}, with fidelity fem`,
    });
  if (file.binder.contactLoss > 0)
    note(reading, ["binder", "contactLoss"], {
      found: String(file.binder.contactLoss),
      allowed: "0, with fidelity fem",
    });
}
