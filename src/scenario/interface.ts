import { cascade, cyclic, interfacePresets } from "../fem/law/preset.js";
import { note, type Reading } from "./reading.js";
import type { CohesiveChoice, Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

type InterfaceFile = ScenarioFile["interface"];

/** Without a preset: damage by fatigue alone, and no feedback. */
const usual = { stiffness: 1e16, cohesive: null, fatigue: cyclic.fatigue, feedback: { kind: "none" } } as const;

/** The interface and the feedback of its damage: what the file gives, then the preset it names, then the defaults. */
export function resolveInterface(file: ScenarioFile, reading: Reading): Pick<Scenario, "interface" | "feedback"> {
  const { preset, cohesive, fatigue } = file.interface;
  const filling = preset === undefined ? usual : interfacePresets[preset];
  const stiffness = file.interface.stiffness ?? filling.stiffness;
  const law = cohesive === undefined ? filling.cohesive : cohesiveChoice(cohesive);
  if (law) checkSoftening(law, stiffness, cohesive === undefined ? "preset" : "cohesive", reading);
  return {
    interface: { stiffness, cohesive: law, fatigue: fatigue === "none" ? null : (fatigue ?? filling.fatigue) },
    feedback: file.feedback ?? filling.feedback,
  };
}

function cohesiveChoice(raw: NonNullable<InterfaceFile["cohesive"]>): CohesiveChoice | null {
  if (raw === "none") return null;
  if (raw === "C*") return cascade.cohesive;
  return {
    ...raw,
    shearStrength: raw.shearStrength ?? raw.normalStrength,
    shearToughness: raw.shearToughness ?? raw.normalToughness,
  };
}

function checkSoftening(law: CohesiveChoice, stiffness: number, key: "preset" | "cohesive", reading: Reading): void {
  const pairs = [
    [law.normalStrength, law.normalToughness],
    [law.shearStrength, law.shearToughness],
  ] as const;
  const wrong = pairs.find(([strength, toughness]) => toughness <= (strength * strength) / (2 * stiffness));
  if (!wrong) return;
  const [strength, toughness] = wrong;
  const least = (strength * strength) / (2 * stiffness);
  note(reading, ["interface", key], {
    found: `${toughness} J/m² at ${strength} Pa and ${stiffness} Pa/m`,
    allowed: `toughness above strength²/(2·stiffness) = ${least} J/m²: the law must soften after its peak`,
  });
}
