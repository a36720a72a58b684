import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bilinear } from "../../src/fem/law/cohesive/bilinear.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import { film } from "../../src/fem/law/feedback/film.js";
import { interfacePresets } from "../../src/fem/law/preset.js";
import { leastStableToughness } from "../../validation/closed-form/debonding.js";
import { isotropic } from "../../validation/closed-form/isotropic.js";

describe("interface presets", () => {
  it.each(Object.values(interfacePresets))("$name has the shapes of a scenario and makes sound laws", (preset) => {
    const { cohesive, fatigue } = preset;
    expect(preset.feedback.kind).toBe("film");
    expect(cycles.law(fatigue).growth(0, 1, 1)).toBeGreaterThan(0);
    expect(film.law(preset.feedback).filmResistance(0.5)).toBeGreaterThan(0);
    if (cohesive) bilinear.law(cohesive, preset.stiffness);
  });

  it.each(Object.values(interfacePresets))(
    "$name has the damage a loading, film and strength that the documentation gives",
    (preset) => {
      const page = readFileSync("docs/how-to/write-a-scenario.md", "utf8");
      const row = page.split("\n").find((line) => line.startsWith(`| \`${preset.name}\` | `));
      const cells = row?.split("|").map((cell) => cell.trim());
      expect(cells?.[3]).toBe(String(preset.fatigue.perLoading));
      expect(cells?.[4]).toBe(`film, \`${preset.feedback.resistance} ohm m^2\``);
      const { cohesive } = preset;
      expect(cells?.[2]).toBe(
        cohesive ? `${cohesive.normalStrength / 1e6} MPa, ${cohesive.normalToughness} J/m²` : "none",
      );
    },
  );

  it("C* is tough enough to separate without a jump around a 5 µm sphere", () => {
    const { cohesive } = interfacePresets["C*"];
    const least = leastStableToughness("sphere", isotropic(2e9, 0.3).mu, 5e-6, 30e6);
    expect(cohesive?.normalToughness).toBeGreaterThan(least);
  });
});
