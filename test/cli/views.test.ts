import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { viewNamed } from "../../src/imaging/fusion/view.js";
import { greyPicture, usualAppearance } from "../../src/imaging/phantom/grey.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { matching } from "../../src/imaging/segmentation/matching.js";
import { readPicture } from "../../src/imaging/volume/files.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { type Volume, volume } from "../../src/imaging/volume/volume.js";
import { corruptedOutlines, crowdLabels, threeViews, usualErrors } from "../../validation/imaging/views.js";
import { say } from "./said.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));
const [phases, views] = [join(folder, "phases.tif"), join(folder, "views")];
const truth = crowdLabels(50, 8, 4);
const { shape, voxelSize } = truth;

beforeAll(() => {
  writeTiff(
    phases,
    volume(
      Uint8Array.from(truth.data, (label) => (label > 0 ? 1 : 0)),
      shape,
      voxelSize,
    ),
  );
});

/** The volume cut along every view, as a network that errs would colour it. */
const stacks: (readonly [string, string])[] = [];

describe("segment by views", () => {
  it("writes a volume as slices along views", async () => {
    const { status, out } = await say("segment", phases, "--reslice", "xy, x+z", "--out", views, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({ views: [join(views, "xy.tif"), join(views, "x+z.tif")] });
    const cut = await readPicture(join(views, "x+z.tif"));
    expect(cut.shape).toEqual([99, 50, 50]);
    expect(existsSync(join(views, "labels.tif"))).toBe(false);
  });

  it("links outlines of three views that err", async () => {
    for (const name of threeViews) {
      const few = { ...usualErrors, missing: 0.05, cut: 0.02, joined: 0.05, shifted: 0 };
      const seen = corruptedOutlines(truth, viewNamed(name), few, draws(5, name)) as Volume<Int32Array>;
      const path = join(folder, `${name}-outlines.tif`);
      writeTiff(path, { ...seen, data: Uint16Array.from(seen.data) });
      stacks.push([name, path]);
    }
    const out = join(folder, "linked");
    const words = stacks.flatMap(([name, path]) => ["--outlines", `${name}=${path}`]);
    const { status, out: text } = await say("segment", phases, ...words, "--json", "--out", out);
    expect(status).toBe(0);
    const { f1 } = matching(truth.data, (await readPicture(join(out, "labels.tif"))).data)[0];
    expect(f1).toBeGreaterThan(0.95);
    const summary = JSON.parse(text);
    expect(Object.keys(summary.settings.views)).toEqual([...threeViews]);
    expect(readFileSync(join(out, "particles.csv"), "utf8")).toContain("Sphericity");
  });

  it("fuses probabilities, cut at necks or as they are connected", async () => {
    const words: string[] = [];
    for (const [name, path] of stacks) {
      const { data, shape } = await readPicture(path);
      const probability = Uint8Array.from(data, (label, k) => (label > 0 ? 200 : 30) + (k % 7));
      const at = join(folder, `${name}-probabilities.tif`);
      writeTiff(at, volume(probability, shape, [1, 1, 1]));
      words.push("--probabilities", `${name}=${at}`);
    }
    const out = join(folder, "fused");
    const cut = await say("segment", phases, ...words, "--clusters", "2", "--fusion", "median", "--json", "--out", out);
    expect(cut.err.split("\n").filter((line) => line.includes("Error"))).toEqual([]);
    expect(cut.status).toBe(0);
    const { f1 } = matching(truth.data, (await readPicture(join(out, "labels.tif"))).data)[0];
    expect(f1).toBeGreaterThan(0.9);
    const whole = await say(
      "segment",
      phases,
      ...words,
      "--connected",
      "--least-voxels",
      "200",
      "--json",
      "--out",
      out,
    );
    expect(whole.status).toBe(0);
    expect(JSON.parse(whole.out).particles).toBeLessThan(JSON.parse(cut.out).particles);
    expect(JSON.parse(whole.out).settings).toMatchObject({ connected: true, clusters: 5, leastVoxels: 200 });
  });

  for (const [words, reason] of [
    [["--reslice", "zz"], /found zz; allowed: xy, xz/],
    [["--probabilities", "xy.tif"], /allowed: a view and a file, such as xz=xz.tif/],
    [["--probabilities", `xz=${join(views, "x+z.tif")}`], /found 99 × 50 × 50 .* has 50 × 50 × 50/],
    [["--outlines", `xy=${phases}`, "--outlines", `xy=${phases}`], /xy twice/],
    [["--outlines", `xy=${phases}`, "--probabilities", `xy=${phases}`], /found both/],
    [["--outlines", "xy=absent.tif"], /cannot be opened/],
    [["--outlines", `xy=${phases}`, "--quorum", "0"], /--quorum: found 0/],
  ] as const) {
    it(`refuses ${words.join(" ").replaceAll(folder, "")}`, async () => {
      const { status, err } = await say("segment", phases, ...words, "--out", join(folder, "none"));
      expect(status).toBe(2);
      expect(err).toMatch(reason);
    });
  }
});

describe("train", () => {
  it("makes a network of labelled slices, which segment takes", async () => {
    const [grey, labels, model] = ["grey.tif", "labels.tif", "model.json"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const made = phantom(
      { balls: [15, 45].map((x) => ({ centre: [x, 30, 0.5], radius: 13 })), cracks: [], hollows: [], caps: [] },
      [1, 70, 70],
      [1, 1, 1],
    );
    writeTiff(grey, greyPicture(made.phases, usualAppearance, draws(1, "grey")));
    writeTiff(labels, { ...made.phases, data: Uint16Array.from(made.labels) });
    const trained = await say("train", grey, labels, "--batches", "20", "--out", model, "--json");
    expect(trained.status).toBe(0);
    expect(Math.abs(JSON.parse(trained.out).pixel / (13 / 12) - 1)).toBeLessThan(0.02);
    const out = join(folder, "learned");
    const { status, out: text } = await say("segment", grey, "--model", model, "--json", "--out", out);
    expect(status).toBe(0);
    expect(JSON.parse(text).settings.views).toEqual(["xy"]);
    const found = (await readPicture(join(out, "labels.tif"))).data;
    expect(matching(made.labels, found)[0].f1).toBe(1);
    const both = await say("segment", grey, "--model", model, "--outlines", `xy=${labels}`, "--out", out);
    expect(both.err).toContain("--model: found it with");
    expect((await say("segment", grey, "--model", grey, "--out", out)).err).toContain("synchrode train");
    expect((await say("segment", grey, "--model", join(folder, "none"), "--out", out)).err).toContain("ENOENT");
    expect((await say("train", grey, phases, "--out", model)).err).toContain("Both are one picture");
  });
});
