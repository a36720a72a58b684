import { describe, expect, it } from "vitest";
import { right } from "../scenario/malformed.js";
import { scratchFolder } from "../scratch-folder.js";
import { saidBy } from "./said.js";

const { written } = scratchFolder();

/** What `check` says of a material over its window from s = 0.8 to 0.2. */
async function checked(eigenstrain: string): Promise<string> {
  const own = right.replace(/^activeMaterial:.*(?:\n .*)*\n/m, "");
  const material = `activeMaterial: { set: ORegan2022, initialStoichiometry: 0.8, usableWindow: 0.6, eigenstrain: ${eigenstrain} }\n`;
  const { out, status } = await saidBy(["check", written("scenario.yaml", `${own}${material}`)]);
  expect(status).toBe(0);
  return out;
}

describe("what check says", () => {
  it("has the change of volume over the window, beside the measured one", async () => {
    // 1.84e-6 m³/mol × 51765 mol/m³ × 0.6
    expect(await checked("{ kind: linear }")).toContain(
      "volume −5.7 % over the usable window, s 0.8 to 0.2 (NMC811 over 3.0 to 4.3 V: −5.1 %, Kondrakov et al. 2017)",
    );
    const collapsing = "{ kind: twoSlope, start: 0.8, knee: 0.4, end: 0.2, volumeAbove: 0.012, volumeBelow: 0.045 }";
    expect(await checked(collapsing)).toContain("volume −5.7 % over");
    expect(await checked("{ kind: table, stoichiometry: [0, 1], strain: [0.01, 0] }")).toContain("volume +1.8 % over");
  });

  it("has how damage acts back and how electrons reach the surface", async () => {
    expect(await checked("{ kind: linear }")).toMatch(/feedback \w+, surface binder/);
  });
});
