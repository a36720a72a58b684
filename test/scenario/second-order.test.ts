import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Frame } from "../../src/fem/model/frame.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { startSimulation } from "../../src/study/simulation.js";

const folder = mkdtempSync(join(tmpdir(), "second-order-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Scenarios that ship and resolve their particles. */
const shipped = readdirSync("scenarios")
  .filter((name) => name.endsWith(".yaml"))
  .filter((name) => loadScenario(join("scenarios", name)).network === null);

function written(changes: object): Scenario {
  const file = join(folder, "scenario.yaml");
  writeFileSync(file, JSON.stringify(changes));
  return loadScenario(file);
}

const coarse = { order: 2, interfaceSize: "1.2 um", growth: 0.2, largestSize: "3 um" };
const longSteps = { leastSteps: 8, largestStep: "40 s" };

/** Frames until `enough`; throws with the solver's reason where it gives up before. */
function run(scenario: Scenario, enough: (frame: Frame, count: number) => boolean): Frame[] {
  const simulation = startSimulation(scenario);
  const frames: Frame[] = [];
  for (;;) {
    const frame = simulation.advance();
    if ("ok" in frame) throw new Error(frame.ok ? "the protocol ended" : frame.reason);
    frames.push(frame);
    if (enough(frame, frames.length)) return frames;
  }
}

const spread = ({ particles }: Frame): number =>
  Math.max(...particles.meanStoichiometry) - Math.min(...particles.meanStoichiometry);

describe("quadratic elements", () => {
  it("are tried with every scenario that is resolved", () => {
    for (const name of ["three-particles", "three-spheres", "nine-particles", "cccv", "cutoff-cycling"])
      expect(shipped).toContain(`${name}.yaml`);
  });

  it.each(shipped)("take the first steps of %s", (name) => {
    const scenario = written({ base: resolve("scenarios", name), solver: { mesh: coarse, time: longSteps } });
    const frames = run(scenario, (_, count) => count === 4);
    expect(frames[3].voltage).toBeGreaterThan(3.6);
    expect(frames[3].voltage).toBeLessThan(4.4);
  });

  it.each([
    ["close to the walls", { lattice: { columns: 2, rows: 1, radius: "5 um", clearance: "0.3 um" } }],
    [
      "close to the walls at both poles",
      { kind: "axisymmetric", stack: { count: 2, radius: "5 um", clearance: "0.3 um" } },
    ],
  ])("take the first steps of particles %s", (_, geometry) => {
    const mesh = { ...coarse, interfaceSize: "0.3 um" };
    const scenario = written({
      geometry,
      coverage: { fractions: [0.83, 0.31] },
      activeMaterial: { set: "Chen2020", diffusivity: "5e-14 m^2/s" },
      protocol: { steps: [{ charge: { rate: "1C", until: { throughput: 0.2 } } }] },
      solver: { mesh, time: longSteps },
    });
    expect(run(scenario, (__, count) => count === 3)[2].voltage).toBeGreaterThan(3.5);
  });

  it.each(["three-particles", "three-spheres"])(
    "agree with linear ones on a far finer mesh over a cycle of %s",
    (name) => {
      const at = (mesh: object): Frame[] => {
        const ends: Frame[] = [];
        const solver = { mesh, time: longSteps };
        run(written({ base: resolve("scenarios", `${name}.yaml`), solver }), (frame) => {
          if (frame.ended !== null) ends.push(frame);
          return ends.length === 2;
        });
        return ends;
      };
      // Facets of 9 and 2.25 degrees, at whose ends all edges of the coverages lie.
      const quadratic = at({ ...coarse, interfaceSize: "0.786 um" });
      const linear = at({ ...coarse, order: 1, interfaceSize: "0.1964 um", largestSize: "1 um" });
      quadratic.forEach((frame, k) => {
        expect(Math.abs(frame.voltage - linear[k].voltage)).toBeLessThan(7e-4);
        expect(Math.abs(spread(frame) / spread(linear[k]) - 1)).toBeLessThan(0.015);
        frame.particles.damage.forEach((damage, j) => {
          expect(Math.abs(damage / linear[k].particles.damage[j] - 1)).toBeLessThan(0.07);
        });
      });
    },
  );
});
