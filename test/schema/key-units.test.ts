import { describe, expect, it } from "vitest";
import { scenarioFile } from "../../src/scenario/schema.js";
import { unitsOfKeys } from "../../src/schema/key-units.js";
import { list, number, positive, section } from "../../src/schema/leaf.js";

describe("the units of keys", () => {
  it("are those of their leaves, through defaults, lists, unions and mappings", () => {
    const units = unitsOfKeys(
      section({
        layers: list(section({ thickness: positive("length") }), "layers"),
        film: section({ resistance: positive("areaResistance").prefault("1 ohm m^2") }).optional(),
        share: number(0, 1),
      }),
    );
    expect([...units]).toEqual([
      ["thickness", "m"],
      ["resistance", "Ω m²"],
    ]);
  });

  it("are not told where a key holds one thing here and another there", () => {
    const one = section({ rate: positive("length") });
    expect([...unitsOfKeys(section({ one, other: section({ rate: number(0, 1) }) })).keys()]).toEqual([]);
  });

  it("of scenarios are those that kinds give", () => {
    const units = unitsOfKeys(scenarioFile);
    expect(units.get("ionicDetached")).toBe("S/m²");
    expect(units.get("partialMolarVolume")).toBe("m³/mol");
    expect(units.get("normalToughness")).toBe("J/m²");
    expect(units.get("largestStep")).toBe("s");
    expect(units.has("threshold")).toBe(false);
    expect(units.has("rate")).toBe(false);
  });
});
