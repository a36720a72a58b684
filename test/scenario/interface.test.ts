import { describe, expect, it } from "vitest";
import { interfacePresets, presetNames } from "../../src/fem/law/preset.js";
import { loadScenario } from "../../src/scenario/load.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";

const { written } = scratchFolder();

const bare = right.slice(0, right.indexOf("interface:")) + right.slice(right.indexOf("protocol:"));
const load = (more: string) => loadScenario(written("scenario.yaml", `${bare}${more}`));

it("names the kinds of fatigue where a file asks for none of them", () => {
  const wrong = () => load("interface: { fatigue: { kind: cycle, perLoading: 1 } }\n");
  expect(wrong).toThrow(/interface\.fatigue\.kind: found "cycle"; allowed: threshold \| cycles$/);
});

describe("an interface preset", () => {
  it.each(presetNames)("%s fills the interface and the feedback", (name) => {
    const { stiffness, cohesive, fatigue, feedback } = interfacePresets[name];
    const scenario = load(`interface: { preset: ${name} }\n`);
    expect(scenario.interface).toEqual({ stiffness, cohesive, fatigue });
    expect(scenario.feedback).toEqual(feedback);
  });

  it("leaves what the file gives", () => {
    const own = "stiffness: 2e16 Pa/m, cohesive: none, fatigue: { rate: 7 }";
    const scenario = load(`interface: { preset: C*, ${own} }\nfeedback: { kind: none }\n`);
    expect(scenario.interface).toMatchObject({ stiffness: 2e16, cohesive: null, fatigue: { rate: 7 } });
    expect(scenario.feedback).toEqual({ kind: "none" });
    expect(load("interface: { preset: C*, fatigue: none }\n").interface.fatigue).toBeNull();
  });

  it("goes before what a base says, and after what is laid over it", () => {
    written("base.yaml", right);
    const preset = written("preset.yaml", "base: base.yaml\ninterface: { preset: C* }\n");
    expect(loadScenario(preset)).toMatchObject({
      interface: { fatigue: interfacePresets["C*"].fatigue },
      feedback: interfacePresets["C*"].feedback,
    });
    const over = written("over.yaml", "base: preset.yaml\ninterface: { fatigue: none }\n");
    expect(loadScenario(over).interface).toEqual({
      stiffness: 1e16,
      cohesive: interfacePresets["C*"].cohesive,
      fatigue: null,
    });
  });

  it("is not needed: then fatigue is that of P*, written out or not, without feedback", () => {
    const usual = { stiffness: 1e16, cohesive: null, fatigue: interfacePresets["P*"].fatigue };
    expect(load("").interface).toEqual(usual);
    expect(load("").feedback).toEqual({ kind: "none" });
    expect(load("interface: { fatigue: { rate: 2 } }\n").interface).toEqual(usual);
  });
});
