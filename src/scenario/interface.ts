import { cohesives } from "../fem/law/cohesive/cohesives.js";
import { fatigues } from "../fem/law/fatigue/fatigues.js";
import { cyclic, interfacePresets } from "../fem/law/preset.js";
import { note, type Reading } from "./reading.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

/** Without a preset: damage by fatigue alone, and no feedback. */
const usual = { stiffness: 1e16, cohesive: null, fatigue: cyclic.fatigue, feedback: { kind: "none" } } as const;

/** The interface and the feedback of its damage: what the file gives, then the preset it names, then the defaults. */
export function resolveInterface(file: ScenarioFile, reading: Reading): Pick<Scenario, "interface" | "feedback"> {
  const said = file.interface;
  const filling = said.preset === undefined ? usual : interfacePresets[said.preset];
  const stiffness = said.stiffness ?? filling.stiffness;
  const cohesive = said.cohesive === undefined ? filling.cohesive : cohesives.settled(said.cohesive);
  const fatigue = said.fatigue === undefined ? filling.fatigue : fatigues.settled(said.fatigue);
  const wrong = cohesive === null ? [] : cohesives.faults(cohesive, stiffness);
  for (const each of wrong) note(reading, ["interface", said.cohesive === undefined ? "preset" : "cohesive"], each);
  return {
    interface: { stiffness, cohesive, fatigue, relaxation: said.relaxation },
    feedback: file.feedback ?? filling.feedback,
  };
}
