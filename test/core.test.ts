import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import * as core from "../src/core.js";
import { packageFolder } from "../src/scenario/version.js";

/** Three disks, three short cycles. */
const cathode: core.ScenarioInput = {
  title: "Three disks",
  geometry: { kind: "plane", lattice: { columns: 3, rows: 1, radius: "5 um", clearance: "6 um" } },
  coverage: { fractions: [0.9, 0.5, 0.1] },
  activeMaterial: { initialStoichiometry: 0.75 },
  binder: { low: { conductivity: "1.2e-3 S/m" } },
  protocol: {
    repeat: 3,
    steps: [
      { charge: { rate: "5C", until: { throughput: 0.3 } } },
      { discharge: { rate: "5C", until: { throughput: 0.3 } } },
    ],
  },
  solver: { mesh: { interfaceSize: "2 um", largestSize: "4 um" } },
};

/** Everything that the frames of a simulation hold. */
function record({ scenarioFrom, simulate }: typeof core, given: core.ScenarioInput): number[][] {
  return Array.from(simulate(scenarioFrom(given)), ({ time, voltage, particles }) => [
    time,
    voltage,
    ...particles.meanStoichiometry,
    ...particles.damage,
  ]);
}

describe("the core, bundled for a browser", () => {
  let bundle: Uint8Array;
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [join(packageFolder(), "src/core.ts")],
      bundle: true,
      minify: true,
      format: "iife",
      globalName: "synchrode",
      platform: "browser",
      write: false,
      logLevel: "silent",
    });
    bundle = outputFiles[0].contents;
  }, 120_000);

  it("is smaller than 800 kB", () => {
    expect(bundle.length).toBeGreaterThan(100_000);
    expect(bundle.length).toBeLessThan(800_000);
  });

  const executablePath = "/usr/bin/chromium";
  it.skipIf(!existsSync(executablePath))(
    "computes in Chromium the bits that Node computes (needs chromium)",
    async () => {
      const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
      try {
        const page = await browser.newPage();
        await page.addScriptTag({ content: new TextDecoder().decode(bundle) });
        const there = await page.evaluate(`(${record})(synchrode, ${JSON.stringify(cathode)})`);
        const here = record(core, cathode);
        expect(here.length).toBeGreaterThan(100);
        expect(there).toEqual(here);
      } finally {
        await browser.close();
      }
    },
    300_000,
  );
});
