import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { synchrode } from "../../src/cli/program.js";
import type { Terminal } from "../../src/cli/terminal.js";
import { draws } from "../../src/draws/draws.js";
import { crowdedBalls } from "../../src/imaging/phantom/balls.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { readPicture } from "../../src/imaging/volume/files.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { say } from "./said.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));
const scaled = join(folder, "scaled.tif");
const bare = join(folder, "bare.tif");
const edge = 56;

beforeAll(() => {
  const box = [0.4 * edge, 0.4 * edge, 0.4 * edge] as const;
  const settings = { count: 14, box, radius: 3.2, spread: 0.2, overlap: 0.1 };
  const balls = crowdedBalls(settings, draws(1, "balls"));
  const caps = [{ particle: 1, towards: [0, 0, 1] as const, angle: 1, thickness: 1 }];
  const { phases } = phantom({ balls, cracks: [], hollows: [], caps }, [edge, edge, edge], [0.4, 0.4, 0.4]);
  writeTiff(scaled, phases);
  writeTiff(bare, { ...phases, voxelSize: null });
});

describe("segment and measure", () => {
  it("go from a tomogram to tables, labels, a summary and a page", async () => {
    const out = join(folder, "segmented");
    const { status, out: text } = await say("segment", scaled, "--json", "--out", out);
    expect(status).toBe(0);
    const summary = JSON.parse(text);
    expect(summary.voxelSize).toEqual([0.4, 0.4, 0.4]);
    expect(summary.particles).toBe(14);
    expect(summary.phases.map(({ value }: { value: number }) => value)).toEqual([0, 1, 2]);
    expect(summary.interfaces.length).toBe(3);
    expect(JSON.parse(readFileSync(join(out, "summary.json"), "utf8"))).toEqual(summary);
    const table = readParticleTable(readFileSync(join(out, "particles.csv"), "utf8"));
    expect(table.rows).toBe(14);
    expect([...columnOf(table, "Touches edge")].filter((edge) => edge === 0)).toHaveLength(summary.interiorParticles);
    expect((await readPicture(join(out, "labels.tif"))).voxelSize).toEqual([0.4, 0.4, 0.4]);
    for (const name of ["particles.parquet", "contacts.csv"]) expect(existsSync(join(out, name))).toBe(true);
    const page = readFileSync(join(out, "report.html"), "utf8");
    for (const word of ["data:image/png", "Sphericity", "How attributes go together", "Settings"])
      expect(page).toContain(word);

    const measured = join(folder, "measured");
    const again = await say("measure", scaled, join(out, "labels.tif"), "--register", "both", "--out", measured);
    expect(again.status).toBe(0);
    const both = readParticleTable(readFileSync(join(measured, "particles.csv"), "utf8"));
    expect([...columnOf(both, "Volume [um3]")]).toEqual([...columnOf(table, "Volume [um3]")]);
    expect(both.names).toContain("VSratio (paper)");
  });

  it("give the same particles in chunks", async () => {
    const parts = await say("segment", scaled, "--chunk", "31", "--out", join(folder, "parts"));
    expect(parts.status).toBe(0);
    const read = (name: string) => readFileSync(join(folder, name, "particles.csv"), "utf8");
    expect(read("parts")).toBe(read("segmented"));
    const labels = join(folder, "segmented", "labels.tif");
    const words = ["--closing", "0.5 um", "--register", "both", "--rim", "0.5 um"];
    const once = await say("measure", scaled, labels, ...words, "--out", join(folder, "once"));
    const slabs = await say("measure", scaled, labels, ...words, "--chunk", "24", "--out", join(folder, "slabs"));
    expect([once.status, slabs.status]).toEqual([0, 0]);
    expect(read("slabs")).toBe(read("once"));
    expect(existsSync(join(folder, "slabs", "scratch"))).toBe(false);
  });

  it("say what memory they take, and refuse with a chunk that fits when it is too much", async () => {
    const enough = await say("segment", scaled, "--memory", "300 MB", "--out", join(folder, "enough"));
    expect(enough.status).toBe(0);
    expect(enough.err).toContain("0.2 million voxels take about 280 MB");
    const out = join(folder, "too-much");
    const little = await say("segment", scaled, "--memory", "200 MB", "--out", out);
    expect(little.status).toBe(2);
    expect(little.err).toContain("200 MB are allowed. Give more memory");
    expect(existsSync(out)).toBe(false);
    expect((await say("segment", scaled, "--memory", "2 apples", "--out", out)).err).toContain('such as "2 GB"');
  });

  it("keep what is finished when they are stopped, and say how to go on", async () => {
    const stopped = async (at: string, ...words: string[]) => {
      const err: string[] = [];
      const terminal: Terminal = {
        out: () => {},
        err: (text) => {
          err.push(text);
          if (text.startsWith(at)) process.emit("SIGINT");
        },
        interactive: false,
      };
      return { status: await synchrode(words, terminal), err: err.join("\n") };
    };
    const early = join(folder, "early");
    const soon = await stopped("particles", "segment", scaled, "--chunk", "24", "--out", early);
    expect(soon.status).toBe(1);
    expect(soon.err).toContain("run the same command again");
    expect(JSON.parse(readFileSync(join(early, "summary.json"), "utf8"))).toMatchObject({
      status: "stopped",
      finished: [],
    });
    expect(readdirSync(early)).toEqual([".synchrode.json", "summary.json"]);

    const late = join(folder, "late");
    const { status, err } = await stopped("attributes", "segment", scaled, "--out", late);
    expect(status).toBe(1);
    const kept = JSON.parse(readFileSync(join(late, "summary.json"), "utf8"));
    expect(kept).toMatchObject({
      status: "stopped",
      stoppedAt: "attributes",
      finished: ["labels", "phases"],
      particles: 14,
    });
    expect(kept.phases.length).toBe(3);
    const words = /To go on: synchrode (.*)/.exec(err)![1];
    const again = await say(...words.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', "")));
    expect(again.status).toBe(0);
    const volumes = (name: string) =>
      columnOf(readParticleTable(readFileSync(join(folder, name, "particles.csv"), "utf8")), "Volume [um3]");
    expect([...volumes("late-measured")]).toEqual([...volumes("segmented")]);
  });

  it("refuse what they cannot use, and say what to do", async () => {
    const refused = async (...words: string[]) => {
      const { status, err } = await say(...words);
      expect(status).toBe(2);
      return err;
    };
    expect(await refused("segment", bare, "--out", join(folder, "x"))).toContain('--voxel-size "398 nm"');
    expect(await refused("segment", bare, "--voxel-size", "398")).toContain("without a unit");
    expect(await refused("segment", bare, "--voxel-size", "1 um, 2 um")).toContain("three for z, y, x");
    expect(await refused("segment", bare, "--voxel-size", "0 um")).toContain("above 0");
    expect(await refused("segment", scaled, "--active", "7")).toContain("there are: 0, 1, 2");
    expect(await refused("segment", scaled, "--closing", "thick")).toContain("--closing");
    expect(await refused("segment", join(folder, "absent.tif"))).toContain("cannot be opened");
    expect(await refused("measure", scaled, join(folder, "absent.tif"))).toContain("cannot be opened");
    expect(existsSync(join(folder, "x"))).toBe(false);
  });
});
