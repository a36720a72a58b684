import { describe, expect, it } from "vitest";
import { type Dimension, dimensions, toSi } from "../../src/quantity/units.js";

describe("toSi", () => {
  it.each([
    ["5 um", "length", 5e-6],
    ["5µm", "length", 5e-6],
    ["398 nm", "length", 3.98e-7],
    ["1.2e-3 S/m", "conductivity", 1.2e-3],
    ["12 uS/cm", "conductivity", 1.2e-3],
    ["0.2 ohm m^2", "areaResistance", 0.2],
    ["2000 Ω·cm²", "areaResistance", 0.2],
    ["5e-10 cm^2/s", "diffusivity", 5e-14],
    ["51.765 mol/l", "concentration", 51765],
    ["0.2 mA/cm^2", "currentDensity", 2],
    ["10 GPa/um", "stiffness", 1e16],
    ["1.5 N/m", "toughness", 1.5],
    ["1.84 cm^3/mol", "molarVolume", 1.84e-6],
    ["4300 mV", "voltage", 4.3],
    ["25 degC", "temperature", 298.15],
    ["10 min", "time", 600],
    ["C/20", "rate", 0.05],
    ["0.5C", "rate", 0.5],
    ["90 deg", "angle", Math.PI / 2],
  ] as const)("reads %s as a %s", (text, dimension, value) => {
    const read = toSi(text, dimension);
    expect(read.ok).toBe(true);
    if (read.ok) expect(Math.abs(read.value / value - 1)).toBeLessThan(1e-14);
  });

  it("reads the example of every dimension, and refuses every other dimension's", () => {
    const names = Object.keys(dimensions) as Dimension[];
    for (const name of names) {
      for (const other of names) {
        const read = toSi(dimensions[other].example, name);
        expect(read.ok, `${dimensions[other].example} as ${name}`).toBe(name === other);
      }
    }
  });

  it.each(["", "5", "um", "5 parsnips", "five um", "5 um um", "1/0 m", "NaN m", "1e999 m", "5 m; rm", "5".repeat(99)])(
    "refuses %s as a length",
    (text) => expect(toSi(text, "length").ok).toBe(false),
  );
});
