import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/fem/model/balances.js";
import { mechanicalNewton } from "../../src/fem/model/deform.js";
import { electrochemicalNewton } from "../../src/fem/model/prepared-cathode.js";

const theory = readFileSync("docs/theory.md", "utf8").replace(/\s+/g, " ");

/** Numbers in the groups of what the text must say. */
function said(pattern: RegExp): number[] {
  const found = theory.match(pattern);
  expect(found, `docs/theory.md says ${pattern}`).not.toBeNull();
  return (found ?? []).slice(1).map(Number);
}

describe("numbers in docs/theory.md", () => {
  it("are the tolerances of Newton's method", () => {
    const [electrochemical, mechanical] = said(
      /Newton's tolerances, (\S+) of the largest current for electrochemistry and (\S+) of the interface's forces/,
    );
    expect(electrochemical).toBe(electrochemicalNewton.tolerance);
    expect(mechanical).toBe(mechanicalNewton.tolerance);
    expect(electrochemicalNewton.tolerance).toBeLessThan(limits.charge);
    expect(mechanicalNewton.tolerance).toBeLessThan(limits.momentum);
  });

  it("are the iterations that cost a factor, and the depths of the acceleration", () => {
    const [electrochemical, mechanical] = said(
      /Anderson acceleration over the interface unknowns \(depth (\d) and (\d)\)/,
    );
    expect([electrochemical, mechanical]).toEqual([electrochemicalNewton.depth, mechanicalNewton.depth]);
    const [slow] = said(/shrinks the residual by less than a half \((\S+) in mechanics\)/);
    expect([electrochemicalNewton.slow, mechanicalNewton.slow]).toEqual([0.5, slow]);
  });

  it("are the limits of the balances", () => {
    const row = (name: string) => said(new RegExp(`\\| ${name} \\|[^|]*(?:\\\\\\|[^|]*)*\\| (\\S+) \\|`))[0];
    expect([row("lithium"), row("charge"), row("momentum")]).toEqual([limits.lithium, limits.charge, limits.momentum]);
  });
});
