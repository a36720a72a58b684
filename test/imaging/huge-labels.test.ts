import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fittingChunk, heapNeed, memoryNeed } from "../../src/imaging/memory-need.js";
import { compactLabels, compactStored } from "../../src/imaging/segmentation/label-import.js";
import { finished } from "../../src/imaging/steps/steps.js";
import { inMemory, memory } from "../../src/imaging/volume/store.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { type Shape, type Voxels, volume } from "../../src/imaging/volume/volume.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { say } from "../cli/said.js";
import { scratchFolder } from "../scratch-folder.js";

const { folder } = scratchFolder();

const placed = (name: string, data: Voxels, shape: Shape): string => {
  const path = join(folder, name);
  writeTiff(path, volume(data, shape, [0.4, 0.4, 0.4]));
  return path;
};

describe("labels with huge numbers", () => {
  const shape: Shape = [8, 12, 12];
  const numbers = [7, 65_536, 2 ** 31 - 1, 2 ** 31, 4_000_000_000, 4_000_000_001, 2 ** 32 - 1];
  /** Blocks of 2 × 2 × 2 voxels with gaps of one, numbers in turn and out of order. */
  const huge = Uint32Array.from({ length: 8 * 144 }, (_, i) => {
    const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
    if ([z, y, x].some((at) => at % 3 === 2)) return 0;
    return numbers[(5 * (Math.floor(x / 3) + 4 * Math.floor(y / 3))) % 7] as number;
  });

  it("become 1 to n, and keep their own numbers beside", () => {
    const { data, count, names } = finished(compactStored(inMemory(huge, shape), memory, 300));
    expect(count).toBe(7);
    expect([...names]).toEqual(numbers);
    expect(data.whole?.every((place, i) => (place === 0 ? huge[i] === 0 : names[place - 1] === huge[i]))).toBe(true);
  });

  it("of floating point are refused where it cannot tell them apart", () => {
    expect(compactLabels(Float32Array.from([0, 2 ** 24 - 1])).count).toBe(1);
    expect(() => compactLabels(Float32Array.from([0, 2 ** 24]))).toThrow(/16777216 in floating point/);
  });

  it("are measured by tables of as many rows as there are particles, with a column that tells them", async () => {
    const phases = placed(
      "phases.tif",
      Uint8Array.from(huge, (label) => (label > 0 ? 1 : 0)),
      shape,
    );
    const labels = placed("huge.tif", huge, shape);
    const out = join(folder, "huge");
    const { status, err } = await say("measure", phases, labels, "--out", out);
    expect(status, err).toBe(0);
    const table = readParticleTable(readFileSync(join(out, "particles.csv"), "utf8"));
    expect([...columnOf(table, "Label")]).toEqual(numbers);
    expect([...columnOf(table, "Particle")]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const voxels = numbers.map((number) => huge.filter((label) => label === number).length);
    expect([...columnOf(table, "Volume [um3]")].map((cube) => Math.round(cube / 0.4 ** 3))).toEqual(voxels);
    const { source } = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
    expect(source.join("\n")).toContain("labels 7 to 4294967295 are particles 1 to 7");
    const plain = placed(
      "plain.tif",
      finished(compactStored(inMemory(huge, shape), memory, 300)).data.slices(0, 8),
      shape,
    );
    expect((await say("measure", phases, plain, "--out", join(folder, "plain"))).status).toBe(0);
    const own = readParticleTable(readFileSync(join(folder, "plain", "particles.csv"), "utf8"));
    expect(own.names).toEqual(table.names.filter((name) => name !== "Label"));
    for (const name of own.names) expect(columnOf(own, name), name).toEqual(columnOf(table, name));
  });
});

describe("tables of very many particles", () => {
  const edge = 50;
  const shape: Shape = [edge, edge, edge];

  it("are refused before they are made where memory is short, and nothing is left", async () => {
    const phases = placed("full.tif", new Uint8Array(edge ** 3).fill(1), shape);
    const labels = placed(
      "each.tif",
      Int32Array.from({ length: edge ** 3 }, (_, k) => k + 1),
      shape,
    );
    const out = join(folder, "many");
    const { status, err } = await say("measure", phases, labels, "--memory", "320 MB", "--out", out);
    expect(status).toBe(2);
    expect(err).toMatch(/0\.1 million voxels with 125000 particles take about \d+ MB of memory; 320 MB are allowed\. /);
    expect(err).toMatch(/Give more memory, crop the volume, or have fewer particles/);
    expect(err).not.toMatch(/attributes|\n\s+at /);
    expect(() => readFileSync(join(out, "particles.csv"))).toThrow("ENOENT");
  });

  it("count in what a volume takes, of memory and of the heap", () => {
    expect(memoryNeed([200, 200, 200], "u8", null, 8e6).memory).toBeGreaterThan(10e9);
    expect(memoryNeed([200, 200, 200], "u8", null, 100).memory).toBe(memoryNeed([200, 200, 200], "u8", null).memory);
    expect(heapNeed(8e6)).toBeGreaterThan(8 * heapNeed(1e6) - 8 * heapNeed(0));
    expect(fittingChunk([200, 200, 200], "u8", 4e8, 8e6)).toBe(null);
  });
});
