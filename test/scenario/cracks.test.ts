import { describe, expect, it } from "vitest";
import { loadScenario } from "../../src/scenario/load.js";
import { cathodeSpec } from "../../src/study/simulation.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";
import { refusal } from "./refusal.js";

const { written } = scratchFolder();
const load = (more: string) => loadScenario(written("scenario.yaml", `${right}${more}`));

describe("cracks in a scenario", () => {
  it("are none unless the file says otherwise", () => {
    expect("cracks" in load("")).toBe(false);
    expect(load("cracks: none\n")).toEqual(load(""));
    expect(cathodeSpec(load("")).cracks).toBeNull();
  });

  it("have defaults for every key, and are only observed", () => {
    const { cracks } = load("cracks: {}\n");
    expect(cracks).toMatchObject({ exponent: 3, hoopWeight: 1, collapse: { knee: 0.4, end: 0.2 }, effect: null });
    const wetted = load("cracks: { strength: { scale: 300 MPa }, effect: { area: 5 } }\n").cracks;
    expect(wetted).toMatchObject({ strength: { scale: 300e6, modulus: 6 }, effect: { area: 5 } });
  });

  it("have strengths drawn from the seed, particle by particle, by a stream of their own", () => {
    const strengths = (more: string) => cathodeSpec(load(`cracks: {}\n${more}`)).cracks?.strength;
    const [first, again, other] = [strengths(""), strengths(""), strengths("seed: 2\n")];
    expect(first?.length).toBe(2);
    expect(first?.[0]).not.toBe(first?.[1]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each([
    ["perLoading: -1", "cracks.perLoading: found -1"],
    ["strength: { modulus: 0 }", "cracks.strength.modulus: found 0; allowed: a number above 0"],
    ["strength: { scale: 0 MPa }", 'cracks.strength.scale: found "0 MPa"'],
    ["strength: { referenceRadius: -5 um }", 'cracks.strength.referenceRadius: found "-5 um"'],
    ["collapse: { knee: 0.2 }", "cracks: found knee 0.2, end 0.2; allowed: knee > end"],
    ["largestShare: 1", "cracks.largestShare: found 1"],
    ["effect: { area: -1 }", "cracks.effect.area: found -1"],
  ])("refuse %s with their line", (said, message) => {
    const told = refusal(() => load(`cracks: { ${said} }\n`));
    expect(told).toContain(message);
    expect(told).toMatch(/scenario\.yaml:\d+:\d+: cracks/);
  });
});
