import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { interfacePresets, presetNames } from "../../src/fem/law/preset.js";
import { type ScenarioInput, scenarioFrom } from "../../src/scenario/from.js";
import { loadScenario } from "../../src/scenario/load.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";

const { written } = scratchFolder();

const bareText = right.slice(0, right.indexOf("interface:")) + right.slice(right.indexOf("protocol:"));
const load = (more: string) => loadScenario(written("scenario.yaml", `${bareText}${more}`));

it("names the kinds of fatigue where a file asks for none of them", () => {
  const wrong = () => load("interface: { fatigue: { kind: cycle, perLoading: 1 } }\n");
  expect(wrong).toThrow(/interface\.fatigue\.kind: found "cycle"; allowed: cycles \| creep$/);
});

it("refuses damage by the clock of the protocol, and says what comes in its place", () => {
  const byClock = () => load("interface: { fatigue: { rate: 2, exponent: 2 } }\n");
  expect(byClock).toThrow(
    /:\d+:\d+: interface\.fatigue\.rate: found the unknown key "rate".*give perLoading.*kind: creep/s,
  );
  const named = () => load("interface: { fatigue: { kind: threshold, rate: 2 } }\n");
  expect(named).toThrow(/interface\.fatigue\.kind: found "threshold"; allowed: cycles \| creep.*called creep now/s);
  const bare = () => load("interface: { fatigue: { kind: creep, rate: 2 } }\n");
  expect(bare).toThrow(/interface\.fatigue\.rate: found 2; allowed: a frequency with its unit from 0 1\/s/);
  const slow = load('interface: { fatigue: { kind: creep, rate: "3 1/h" } }\n').interface.fatigue;
  expect(slow).toMatchObject({ kind: "creep", rate: expect.closeTo(3 / 3600, 12) });
});

it("takes the keys of one law away where a file over it asks for another", () => {
  written("base.yaml", right);
  const over = written("over.yaml", "base: base.yaml\ninterface: { fatigue: { kind: creep, rate: 1e-3 1/s } }\n");
  expect(loadScenario(over).interface.fatigue).toMatchObject({ kind: "creep", rate: 1e-3, threshold: 0.1 });
});

it("is typed as files write it, in a program", () => {
  const right: ScenarioInput["interface"] = { cohesive: "C*", fatigue: { perLoading: 2, referenceTraction: "50 MPa" } };
  // @ts-expect-error no such key
  const misspelt: ScenarioInput["interface"] = { fatigue: { perLoading: 2, treshold: 0.3 } };
  // @ts-expect-error no such name
  const unnamed: ScenarioInput["interface"] = { cohesive: "D*" };
  // @ts-expect-error a quantity is a text with its unit
  const bare: ScenarioInput["interface"] = { cohesive: { normalStrength: 3e7, normalToughness: "1 J/m^2" } };
  const given = (own: ScenarioInput["interface"]) => () =>
    scenarioFrom({ ...(parse(bareText) as object), interface: own } as ScenarioInput);
  expect(given(right)().interface).toMatchObject({ fatigue: { referenceTraction: 50e6 } });
  for (const wrong of [misspelt, unnamed, bare]) expect(given(wrong)).toThrow(/^scenario: interface/);
});

describe("an interface preset", () => {
  it.each(presetNames)("%s fills the interface and the feedback", (name) => {
    const { stiffness, cohesive, fatigue, feedback } = interfacePresets[name];
    const scenario = load(`interface: { preset: ${name} }\n`);
    expect(scenario.interface).toEqual({ stiffness, cohesive, fatigue, relaxation: 0.72 });
    expect(scenario.feedback).toEqual(feedback);
  });

  it("leaves what the file gives", () => {
    const own = "stiffness: 2e16 Pa/m, cohesive: none, fatigue: { perLoading: 7 }";
    const scenario = load(`interface: { preset: C*, ${own} }\nfeedback: { kind: none }\n`);
    expect(scenario.interface).toMatchObject({ stiffness: 2e16, cohesive: null, fatigue: { perLoading: 7 } });
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
      relaxation: 0.72,
    });
  });

  it("is not needed: then fatigue is that of P*, written out or not, without feedback", () => {
    const usual = { stiffness: 1e16, cohesive: null, fatigue: interfacePresets["P*"].fatigue, relaxation: 0.72 };
    expect(load("").interface).toEqual(usual);
    expect(load("").feedback).toEqual({ kind: "none" });
    expect(load("interface: { fatigue: { perLoading: 1 } }\n").interface).toEqual(usual);
  });
});
