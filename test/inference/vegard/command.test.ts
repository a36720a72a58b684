import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readPicture } from "../../../src/imaging/volume/files.js";
import { writeTiff } from "../../../src/imaging/volume/tiff-writer.js";
import { volume } from "../../../src/imaging/volume/volume.js";
import type { VegardRecord } from "../../../src/inference/vegard/record.js";
import { stackFile } from "../../../src/scenario/vegard/schema.js";
import { obliqueWaves, wavePatch } from "../../../validation/vegard/waves.js";
import { say } from "../../cli/said.js";
import { expectNear } from "../../law/tolerance.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-vegard-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const quick = ["--order", "1"];
const slope = ({ coefficients }: VegardRecord, component: string) =>
  coefficients.find((each) => each.component === component && each.order === 1)!.value;

describe("synchrode vegard", () => {
  it("infers the law of made-up maps, writes its maps and a page, and prints the record", async () => {
    const stack = write("made.yaml", "synthetic: { pixels: 32, particles: 3, strainNoise: 0.001 }\n");
    const out = join(folder, "made");
    const { status, out: said } = await say("vegard", stack, ...quick, "--out", out, "--json");
    expect(status).toBe(0);
    const record = JSON.parse(said) as VegardRecord;
    expect(record.degree).toBe(1);
    expectNear(slope(record, "a"), 0.0503, 0.01);
    expectNear(slope(record, "c"), -0.019, 0.03);
    expect(Object.keys(record.coefficients[0])).toEqual(
      expect.arrayContaining(["component", "order", "value", "interval"]),
    );
    expect(record.heldOut.particle).toBe("P1");
    expect(record.pixelwise.map(({ component }) => component)).toEqual(["a", "c"]);
    expect(readdirSync(out).sort()).toEqual([
      ".synchrode.json",
      "maps-1.tif",
      "maps-2.tif",
      "maps-3.tif",
      "report.html",
      "vegard.json",
    ]);
    expect(JSON.parse(readFileSync(join(out, "vegard.json"), "utf8"))).toEqual(record);
    const page = readFileSync(join(out, "report.html"), "utf8");
    for (const id of ["coefficients", "law", "held-out", "maps", "particles", "definitions"])
      expect(page).toContain(`id="${id}"`);
    const { shape, data } = await readPicture(join(out, "maps-2.tif"), { gaps: true });
    expect(shape).toEqual([10, 32, 32]);
    const at = 16 * 32 + 16;
    expectNear(data[1024 + at] - data[4 * 1024 + at], data[7 * 1024 + at], 1e-4, 0.01);
    rmSync(join(out, "report.html"));
    expect((await say("report", out)).status).toBe(0);
    expect(readFileSync(join(out, "report.html"), "utf8") === page).toBe(true);
  });

  it("shows an example that works as printed", async () => {
    const { out } = await say("vegard", "--help");
    expect(out).toMatch(/Example:\n {2}synchrode vegard scenarios\/stacks\/lfp-like\.yaml --out results\/vegard/);
    expect(readFileSync("scenarios/stacks/lfp-like.yaml", "utf8")).toContain("synthetic:");
  });

  it("takes every stack that the how-to shows", () => {
    const blocks = [...readFileSync("docs/how-to/vegard.md", "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)];
    expect(blocks).toHaveLength(3);
    for (const [, text] of blocks) expect(stackFile.safeParse(parse(text)).error).toBeUndefined();
  });

  it("reads back the pictures it saved, to the same law", async () => {
    const stack = write("saved.yaml", "pixelSize: 10 nm\nsynthetic: { pixels: 32, particles: 2, badPixels: 0.02 }\n");
    const pictures = join(folder, "pictures");
    const words = [...quick, "--json", "--out", join(folder, "saved")];
    const made = JSON.parse((await say("vegard", stack, ...words, "--save-stack", pictures)).out) as VegardRecord;
    expect(readdirSync(pictures).sort()).toEqual([".synchrode.json", "P1.tif", "P2.tif", "stack.yaml"]);
    const read = JSON.parse((await say("vegard", pictures, ...words)).out) as VegardRecord;
    for (const [k, { value }] of made.coefficients.entries()) expectNear(read.coefficients[k].value, value, 1e-4, 0.01);
    expect(read.pixelSize).toBe(0.01);
    expect(read.truth).toBeNull();
  });

  it("lays a displaced composition upon the strain before it infers", async () => {
    const stack = write(
      "apart.yaml",
      "synthetic: { pixels: 48, particles: 2, strainNoise: 0, displaced: { x: 2.6, y: -1.8, angle: 4 deg } }\n",
    );
    const pictures = join(folder, "apart");
    const words = [...quick, "--json", "--out", join(folder, "apart-out")];
    await say("vegard", stack, ...words, "--save-stack", pictures);
    expect(readdirSync(pictures)).toContain("P1-composition.tif");
    const laid = JSON.parse((await say("vegard", pictures, ...words)).out) as VegardRecord;
    expect(laid.alignments).toHaveLength(2);
    expectNear(slope(laid, "a"), 0.0503, 0.01);
    expectNear(slope(laid, "c"), -0.019, 0.05);
    const text = readFileSync(join(pictures, "stack.yaml"), "utf8").replace(
      "registration: rigid",
      "registration: none",
    );
    writeFileSync(join(pictures, "loose.yaml"), text);
    const loose = JSON.parse((await say("vegard", join(pictures, "loose.yaml"), ...words)).out) as VegardRecord;
    expect(loose.rmse).toBeGreaterThan(3 * laid.rmse);
  });

  it("takes pictures of a patch that repeats", async () => {
    const { composition, strain } = wavePatch(24, obliqueWaves);
    const pages = new Float32Array(4 * 576);
    pages.set(composition);
    pages.set(strain, 576);
    writeTiff(join(folder, "patch.tif"), volume(pages, [4, 24, 24], [1, 1, 1]));
    const stack = [
      "boundary: periodic",
      "state: planeStrain",
      "stiffness: { youngModulus: 100 GPa, poissonRatio: 0.3 }",
      "compositionNoise: 0",
      "channels: [composition, xx, yy, xy]",
      "particles: [{ name: patch, file: patch.tif }]",
    ];
    write("patch.yaml", stack.join("\n"));
    const { out } = await say("vegard", join(folder, "patch.tif"), "--json", "--out", join(folder, "patch-out"));
    const record = JSON.parse(out) as VegardRecord;
    expectNear(slope(record, "a"), 0.0503, 1e-6);
    expectNear(slope(record, "c"), -0.019, 1e-6);
    expectNear(record.pixelwise[0].difference, -0.13, 0.01);
  });

  it("marks bad pixels by a channel of their own", async () => {
    const stack = write("bad.yaml", "synthetic: { pixels: 32, particles: 2, strainNoise: 0 }\n");
    const pictures = join(folder, "bad");
    const words = [...quick, "--json", "--out", join(folder, "bad-out")];
    const made = JSON.parse((await say("vegard", stack, ...words, "--save-stack", pictures)).out) as VegardRecord;
    const { data, shape } = await readPicture(join(pictures, "P1.tif"), { gaps: true });
    const wrong = new Float32Array(6 * 1024);
    wrong.set(data);
    for (let k = 16 * 32 + 12; k < 16 * 32 + 20; k++) {
      wrong[5 * 1024 + k] = 1;
      for (let page = 0; page < 4; page++) wrong[page * 1024 + k] = 7;
    }
    writeTiff(join(pictures, "P1.tif"), volume(wrong, [6, shape[1], shape[2]], [1, 1, 1]));
    const yaml = readFileSync(join(pictures, "stack.yaml"), "utf8");
    writeFileSync(
      join(pictures, "stack.yaml"),
      yaml.replace("name: P1\n", "name: P1\n    channels: [composition, xx, yy, xy, mask, bad]\n"),
    );
    const read = JSON.parse((await say("vegard", pictures, ...words)).out) as VegardRecord;
    expect(read.particles[0].pixels.filled).toBe(8);
    expectNear(slope(read, "a"), slope(made, "a"), 0.005);
  });
});

describe("what cannot be used", () => {
  const stacks = join(folder, "wrong");
  mkdirSync(stacks);
  const three = new Float32Array(3 * 64).fill(0.1);
  writeTiff(join(stacks, "three.tif"), volume(three, [3, 8, 8], [1, 1, 1]));
  writeFileSync(join(stacks, "text.tif"), "no picture");
  const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (8, 8), }".padEnd(117);
  writeFileSync(join(stacks, "bare.npy"), `\u0093NUMPY\u0001\u0000v\u0000${header}\n${"x".repeat(64)}`, "latin1");
  it.each([
    ["an absent file", null, /no such file/],
    ["an unknown key", "synthetic: { pixel: 32 }", /unknown key "pixel".*did you mean pixels/],
    ["neither pictures nor how to make some", "title: Empty", /neither particles nor synthetic/],
    ["both", "synthetic: {}\nparticles: [{ name: P1, file: three.tif }]", /particles and synthetic/],
    ["a bare number for a length", "pixelSize: 10\nsynthetic: {}", /pixelSize: found 10.*with its unit/],
    [
      "pages and channels that differ",
      "particles: [{ name: P1, file: three.tif }]",
      /3 pages in three\.tif.*5, one for each channel/,
    ],
    [
      "channels without strain",
      "channels: [composition, xx, mask]\nparticles: [{ name: P1, file: three.tif }]",
      /without yy/,
    ],
    ["a picture that is none", "particles: [{ name: P1, file: text.tif }]", /text\.tif/],
    ["a picture that is not there", "particles: [{ name: P1, file: gone.tif }]", /gone\.tif: it cannot be opened/],
    [
      "a name twice",
      "channels: [composition, xx, yy]\nparticles: [{ name: P, file: three.tif }, { name: P, file: three.tif }]",
      /a name of its own/,
    ],
    [
      "a pixel size in one of two pictures",
      "channels: [xx, yy, mask]\nregistration: rigid\nparticles: [{ name: P, file: three.tif, composition: { file: bare.npy } }]",
      /a pixel size in one picture only/,
    ],
    ["made-up maps that repeat", "boundary: periodic\nsynthetic: {}", /free for made-up particles/],
    ["the same axis twice", "axes: [a, a]\nsynthetic: {}", /two different ones of a, b, c/],
    [
      "an impossible crystal",
      "stiffness: { youngModulus: 100 GPa, poissonRatio: 0.5 }\nsynthetic: {}",
      /below 0\.5|youngModulus and poissonRatio/,
    ],
    ["an unknown particle held out", "heldOut: P7\nsynthetic: { pixels: 24, particles: 1 }", /no particle P7/],
    [
      "maps that hardly vary",
      "channels: [composition, xx, yy]\nboundary: periodic\nstiffness: FePO4\ncompositionNoise: 0\nparticles: [{ name: P1, file: three.tif }]",
      /hardly varies/,
    ],
  ])("%s: status 2, and words", async (_, text, message) => {
    const path = join(stacks, "case.yaml");
    if (text === null) rmSync(path, { force: true });
    else writeFileSync(path, text);
    const { status, err } = await say("vegard", path, ...quick, "--out", join(folder, "none"));
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });

  it("options out of range: usage errors", async () => {
    for (const words of [
      ["--degree", "4"],
      ["--order", "3"],
      ["--margin", "x"],
      ["--block", "0"],
    ])
      expect((await say("vegard", "scenarios/stacks/lfp-like.yaml", ...words)).status).toBe(2);
  });
});
