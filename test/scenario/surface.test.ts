import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { surfaceLaw } from "../../src/fem/law/surface/surfaces.js";
import { loadScenario } from "../../src/scenario/load.js";
import { packageFolder } from "../../src/scenario/version.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";
import { refusal } from "./refusal.js";

const { written } = scratchFolder();
const load = (more: string) => loadScenario(written("scenario.yaml", `${right}${more}`));
const contact = (conduction: string) =>
  `surface: { kind: contact, conduction: ${conduction}, high: 80 S/m^2, low: 8 S/m^2 }\n`;

describe("the surface of particles in a scenario", () => {
  it("takes electrons from the carbon/binder at each place unless the file says otherwise", () => {
    expect(load("").surface).toEqual({ kind: "binder" });
    expect(surfaceLaw(load("").surface)).toBeNull();
  });

  it("has contacts, lost with damage, to particles that are equipotential unless the file says otherwise", () => {
    const law = surfaceLaw(load("surface: { kind: contact, high: 80 S/m^2, low: 0.8 mS/cm^2 }\n").surface);
    expect(law?.conduction).toBe("equipotential");
    expect(law?.conductance).toEqual([80, 8]);
    expect([0, 0.25, 1].map((damage) => law?.left(damage))).toEqual([1, 0.75, 0]);
    const kept = surfaceLaw(load("surface: { kind: contact, high: 80 S/m^2, low: 8 S/m^2, damage: kept }\n").surface);
    expect(kept?.left(1)).toBe(1);
  });

  it("conducts in the particle by none, by a constant, or by a table", () => {
    const conductionOf = (said: string) => surfaceLaw(load(contact(said)).surface)?.conduction;
    expect(conductionOf("none")).toBe("none");
    expect(conductionOf("5 mS/cm")).toMatchObject({ constant: true });
    const table = conductionOf("{ stoichiometry: [0.2, 0.9], values: [1 S/m, 0.2 S/m] }");
    expect(typeof table === "object" && [0.2, 0.9].map(table.value)).toEqual([1, 0.2]);
  });

  it.each([
    ["-1 S/m", 'surface.conduction: found "-1 S/m"'],
    ["graphite", 'surface.conduction: found "graphite"'],
    ["{ stoichiometry: [0.3, 0.6], values: [1 S/m, 0.1 S/m] }", "-1.10 S/m at s = 1, where the table goes on straight"],
    ["{ stoichiometry: [0.3, 0.6], values: [1 S/m] }", "2 stoichiometries and 1 conductivities"],
    ["{ stoichiometry: [0.6, 0.3], values: [1 S/m, 2 S/m] }", "stoichiometries that do not rise"],
  ])("refuses %s with its line", (said, message) => {
    const told = refusal(() => load(contact(said)));
    expect(told).toContain(message);
    expect(told).toMatch(/scenario\.yaml:\d+:\d+: surface/);
  });

  it("is the carbon/binder's in a network", () => {
    const over = `base: ${join(packageFolder(), "scenarios", "network-100.yaml")}\n`;
    expect(loadScenario(written("over.yaml", over)).network).not.toBeNull();
    const told = refusal(() => loadScenario(written("contact.yaml", `base: over.yaml\n${contact("equipotential")}`)));
    expect(told).toContain("surface.kind: found contact; allowed: binder, with fidelity network");
  });
});
