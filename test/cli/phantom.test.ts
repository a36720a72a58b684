import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { examplesOf } from "./help-examples.js";
import { say } from "./said.js";

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "synchrode-phantom-"));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

describe("the examples of phantom, segment, measure and network", () => {
  it("work as printed where nothing else is", async () => {
    const lines = (await Promise.all(["phantom", "segment", "measure", "network"].map(examplesOf))).flat();
    const commands = [...new Set(lines)];
    expect(commands.map((line) => line.split(" ")[1])).toEqual(["phantom", "segment", "measure", "network", "check"]);
    for (const line of commands) {
      const { status, err } = await say(...line.split(" ").slice(1));
      expect(`${line}: ${status} ${status === 0 ? "" : err}`).toBe(`${line}: 0 `);
    }
  }, 300_000);

  it("find the particles that were painted, and say how far off each attribute is", () => {
    const { errors, card, findings, radial, calibration } = JSON.parse(readFileSync("measured/summary.json", "utf8"));
    expect([errors.truth, errors.found, errors.matched]).toEqual([60, 60, 60]);
    const of = (name: string) => errors.columns.find(({ column }: { column: string }) => column === name);
    expect(Math.abs(of("Coverage").bias)).toBeLessThan(0.03);
    expect(Math.abs(of("Crack share").bias)).toBeLessThan(0.01);
    expect(Math.abs(of("Mean stoichiometry").bias)).toBeLessThan(0.02);
    expect(card.licence).toBe("CC0-1.0");
    expect(calibration.perPercentVoid).toBeGreaterThan(0.1);
    for (const { nearest } of findings.damage.severe) expect(nearest.p).toBeGreaterThan(0);
    expect(findings.settings.permutations).toBeGreaterThanOrEqual(999);
    const profile = radial.find(({ column }: { column: string }) => column === "Stoichiometry").shells;
    for (const { at, mean } of profile) expect(Math.abs(mean - (0.4 + 0.2 * at))).toBeLessThan(0.05);
  });

  it("carry the card into the tables, the page and the scenario", () => {
    const words = "painted balls with cracks";
    expect(readFileSync("segmented/card.yaml", "utf8")).toContain(words);
    expect(readFileSync("measured/report.html", "utf8")).toContain(words);
    expect(readFileSync("cathode.yaml", "utf8")).toMatch(/^# Licence: CC0-1.0$/m);
    const file = readFileSync("measured/particles.parquet");
    const held = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer);
    const card = held.key_value_metadata?.find(({ key }) => key === "synchrode.card")?.value;
    expect(card).toContain(words);
  });

  it("make a page that can be made again from the folder, with everything the section names say", async () => {
    const page = readFileSync("measured/report.html", "utf8");
    for (const id of ["slices", "truth", "attributes", "correlations", "damage", "detachment", "radial", "settings"])
      expect(page).toContain(`<section id="${id}">`);
    expect(page.match(/id="slice-\d+"/g)!.length).toBeGreaterThanOrEqual(9);
    for (const figure of [
      "correlation-ring",
      "correlation-matrix",
      "severe-distance",
      "detachment-size",
      "damage-depth",
    ])
      expect(page).toContain(`id="figure-${figure}"`);
    const again = await say("report", "measured", "--out", "again.html");
    expect(again.status).toBe(0);
    expect(readFileSync("again.html", "utf8")).toBe(page);
  });
});

describe("a phantom", () => {
  it("follows its file, and is the same bits for a seed", async () => {
    const text = "seed: 7\nbox: [16 um, 14 um, 12 um]\nparticles: { count: 6, radius: 2.5 um }\n";
    writeFileSync("small.yaml", text);
    const { status, out } = await say("phantom", "small.yaml", "--out", "one", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ particles: 6, shape: [30, 35, 40], voxelSize: [0.4, 0.4, 0.4] });
    await say("phantom", "small.yaml", "--out", "two");
    for (const file of ["cathode.tif", "phases.tif", "labels.tif", "truth.csv", "card.yaml", "calibration.yaml"])
      expect(readFileSync(join("one", file)).equals(readFileSync(join("two", file)))).toBe(true);
    expect(columnOf(readParticleTable(readFileSync("one/truth.csv", "utf8")), "Crack share").length).toBe(6);
  });

  it("is refused with the line and what is allowed", async () => {
    const refused = async (text: string) => {
      writeFileSync("wrong.yaml", text);
      const { status, err } = await say("phantom", "wrong.yaml", "--out", "wrong");
      expect([status, existsSync("wrong")]).toEqual([2, false]);
      return err;
    };
    expect(await refused("particles: { cuont: 5 }")).toMatch(/wrong.yaml:1:.*did you mean count/);
    expect(await refused("voxelSize: 0.4")).toContain("with its unit");
    expect(await refused("voxelSize: 1 nm")).toContain("larger voxels");
    expect(await refused("particles: { radius: 1 um }")).toContain("three voxels");
    expect(await refused("particles: { count: 5000 }")).toContain("no room");
  });
});

describe("measure", () => {
  it("refuses what does not fit a volume, with what to do", async () => {
    const refused = async (...words: string[]) => {
      const { status, err } = await say("measure", "one/phases.tif", "one/labels.tif", "--out", "refused", ...words);
      expect([status, existsSync("refused")]).toEqual([2, false]);
      return err;
    };
    expect(await refused("--calibration", "one/calibration.yaml")).toContain("--grey");
    expect(await refused("--truth", "measured")).toContain("synchrode phantom has written");
    expect(await refused("--truth", "phantom")).toContain("100 × 100 × 100");
    expect(await refused("--grey", "phantom/cathode.tif")).toContain("Both are one picture");
    writeFileSync(
      "turning.yaml",
      readFileSync("one/calibration.yaml", "utf8").replace("stoichiometry: 1,", "stoichiometry: 0,"),
    );
    expect(await refused("--grey", "one/cathode.tif", "--calibration", "turning.yaml")).toContain("turns back");
    writeFileSync("other.yaml", readFileSync("one/card.yaml", "utf8").replace("0.4 um", "0.5 um"));
    expect(await refused("--card", "other.yaml")).toContain("Say which with --voxel-size");
  });
});
