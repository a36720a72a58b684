import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/inference/run-record.js";
import { controlOf } from "../../src/report/control.js";
import * as networkFigures from "../../src/report/figure/network.js";
import { damageDeviation, damageOverCycles } from "../../src/report/figure/over-cycles.js";
import { measureRun, type Run } from "../../src/report/measured-run.js";
import { renderSvg } from "../../src/report/render.js";
import { buildReport } from "../../src/report/run-report.js";
import { readRunFolder } from "../../src/result/run-folder.js";
import { quantiles } from "../../src/statistics/quantile.js";
import { prototypeRun } from "../inference/prototype.js";
import { writeResultFolder } from "./result-folder.js";

const place = mkdtempSync(join(tmpdir(), "synchrode-network-report-"));
const particles = 36;
const network = {
  dimension: 2,
  periodic: false,
  solidFraction: 0.4,
  resolution: { directions: 48, points: 4, radial: { first: 0.04 } },
};
let run: Run;

/** The prototype's three courses, each a dozen times, a little apart. */
function many(): RunRecord {
  const three = prototypeRun("on", 8);
  const spread = (row: readonly number[]) =>
    Array.from({ length: particles }, (_, k) => row[k % 3] * (1 + 0.001 * Math.floor(k / 3)));
  return {
    ...three,
    coverage: spread(three.coverage),
    cycles: three.cycles.map((cycle) => ({
      ...cycle,
      meanStoichiometry: spread(cycle.meanStoichiometry),
      damage: spread(cycle.damage),
    })),
    firstCharge: {
      ...three.firstCharge,
      damage: three.firstCharge.damage.map(spread),
      meanStoichiometry: three.firstCharge.meanStoichiometry.map(spread),
    },
  };
}

/** Keeps the rows of particles that `outputs.particleRows: ends` would: of the first charge and of the ends. */
function thinned(folder: string): void {
  const [, ...series] = readFileSync(join(folder, "timeseries.csv"), "utf8").trim().split("\n");
  const kept = series.map((row) => {
    const cells = row.split(",");
    return cells[cells.length - 1] !== "" || (cells[2] === "1" && cells[3] === "0");
  });
  const file = join(folder, "particle_timeseries.csv");
  const [head, ...rows] = readFileSync(file, "utf8").trim().split("\n");
  const left = rows.filter((_, k) => kept[Math.floor(k / particles)]);
  expect(left.length).toBeLessThan(rows.length);
  writeFileSync(file, [head, ...left, ""].join("\n"));
}

beforeAll(async () => {
  const folder = join(place, "many");
  writeResultFolder(folder, { record: many(), steps: 6, scenario: { network, outputs: { particleRows: "ends" } } });
  thinned(folder);
  run = measureRun(readRunFolder(folder));
});
afterAll(() => rmSync(place, { recursive: true }));

describe("a network's results with rows of the particles at chosen steps", () => {
  it("are measured as those with rows at every step", async () => {
    const whole = join(place, "whole");
    writeResultFolder(whole, { record: many(), steps: 6, scenario: { network } });
    expect(run.measured).toEqual(measureRun(readRunFolder(whole)).measured);
    expect(run.steps.kept.filter((row) => row < 0).length).toBeGreaterThan(0);
  });

  it("are refused when the end of a charge has none", async () => {
    const torn = join(place, "torn");
    writeResultFolder(torn, { record: many(), steps: 6, scenario: { network, outputs: { particleRows: "ends" } } });
    const file = join(torn, "particle_timeseries.csv");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .split("\n")
        .slice(0, 1 + particles)
        .concat("")
        .join("\n"),
    );
    expect(() => readRunFolder(torn)).toThrow(/none if it ends no instruction/);
  });

  it("are no control of a resolved run", async () => {
    const resolved = join(place, "resolved");
    writeResultFolder(resolved, { record: many(), steps: 6, feedback: "off" });
    expect(controlOf(run, measureRun(readRunFolder(resolved)))).toBeNull();
  });

  it("make a page without a mesh", async () => {
    const out = join(place, "report.html");
    await buildReport([join(place, "many")], out);
    const page = readFileSync(out, "utf8");
    expect(page).toContain("36 particles (a network of disks)");
    expect(page).toContain('id="figure-severe-distances"');
    expect(page).not.toContain("Edge length at the surfaces");
  });
});

describe("figures of many particles", () => {
  it("take quantiles between sorted values", () => {
    expect(quantiles([4, 1, 3, 2], [0, 0.5, 1])).toEqual([1, 2.5, 4]);
    expect(quantiles([5], [0.05, 0.95])).toEqual([5, 5]);
  });

  it("draw at most 600 of them one by one", () => {
    expect(networkFigures.drawnParticles(36)).toHaveLength(36);
    expect(networkFigures.drawnParticles(2000).length).toBeLessThanOrEqual(600);
    expect(networkFigures.drawnParticles(2000).at(-1)).toBeLessThan(2000);
  });

  const figures: Readonly<Record<string, () => object>> = {
    "many-damage": () => damageOverCycles(run),
    "many-deviation": () => damageDeviation(run),
    "network-histogram": () => networkFigures.damageHistogram(networkFigures.damageMoments(run)),
    "network-against": () =>
      networkFigures.damageAgainst(networkFigures.damageMoments(run), {
        title: "Coverage",
        values: run.measured.coverage,
      }),
    "network-spread": () => networkFigures.damageSpread(run),
    "network-side": () => {
      const x = run.measured.coverage.map((_, k) => k);
      return networkFigures.sideView(run, { x, depth: x }, { title: "Coverage", values: run.measured.coverage });
    },
    "network-severe": () =>
      networkFigures.severeDistanceFigure([{ moment: "cycle 1", observed: 9, expected: 12, low: 10, high: 14 }]),
  };
  for (const [name, spec] of Object.entries(figures))
    it(`${name} is the specification it was, and draws`, async () => {
      const text = `${JSON.stringify(spec()).replaceAll("},{", "},\n{")}\n`;
      await expect(text).toMatchFileSnapshot(`figures/${name}.vl`);
      const svg = await renderSvg(spec() as never);
      expect(svg).toMatch(/<path/);
      expect(svg).not.toMatch(/NaN|undefined/);
    });
});
