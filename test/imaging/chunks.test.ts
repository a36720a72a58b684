import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { measure, measureSteps } from "../../src/imaging/attribute/measure.js";
import { addPiece, emptyTally } from "../../src/imaging/attribute/tally.js";
import type { Specimen } from "../../src/imaging/matter/specimen.js";
import { fittingChunk, memoryNeed } from "../../src/imaging/memory-need.js";
import { crowdedBalls } from "../../src/imaging/phantom/balls.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { type CutSettings, type Labels, storedParticles, usualCut } from "../../src/imaging/segmentation/particles.js";
import { finished } from "../../src/imaging/steps/steps.js";
import { chunksOf, eachVoxelOf, grownBox } from "../../src/imaging/volume/box.js";
import { onDisk } from "../../src/imaging/volume/disk-store.js";
import { readVolume } from "../../src/imaging/volume/files.js";
import { crop, type Shape, voxelCount } from "../../src/imaging/volume/volume.js";
import { columnOf } from "../../src/table/particle-table.js";
import { specimenOf } from "../../validation/imaging/phantoms.js";
import { measuredFile } from "../../validation/measured-data.js";
import { cutParticles } from "./cut-particles.js";

const edge = 90;
const shape = [edge, edge, edge] as const;
const crowd = (seed: number) =>
  phantom(
    {
      balls: crowdedBalls(
        { count: 60, box: [edge, edge, edge], radius: 9, spread: 0.3, overlap: 0.2 },
        draws(seed, "balls"),
      ),
      cracks: [{ particle: 1, normal: [1, 2, 0.5], offset: 2, width: 3 }],
      hollows: [{ particle: 2, radius: 4 }],
      caps: [{ particle: 3, towards: [1, 0, 0], angle: 1, thickness: 2 }],
    },
    shape,
    [1, 1, 1],
  );

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

function same(found: Labels, due: Labels): void {
  expect(found.count).toBe(due.count);
  expect(Buffer.compare(Buffer.from(found.data.buffer), Buffer.from(due.data.buffer))).toBe(0);
}

function cutOnDisk(data: Uint8Array, shape: Shape, settings: CutSettings, slab: number): Labels {
  const scratch = onDisk(folder);
  const inside = scratch.store("u8", shape);
  inside.putSlices(0, data);
  const [height, label] = [scratch.store("f32", shape), scratch.store("i32", shape)];
  const found = finished(storedParticles(inside, height, label, [1, 1, 1], settings, slab));
  const result = { data: found.data.slices(0, shape[0]), count: found.count };
  scratch.close();
  return result;
}

/** A part of a specimen with so many voxels more on every side. */
function pieceOf(specimen: Specimen, core: ReturnType<typeof chunksOf>[number], halo: number) {
  const box = grownBox(core, [halo, halo, halo], specimen.shape);
  const labels = new Int32Array(voxelCount(box.shape));
  const made = new Uint8Array(labels.length);
  eachVoxelOf(box, box, specimen.shape, (k, i) => {
    labels[k] = specimen.labels[i];
    made[k] = specimen.matter[i];
  });
  const from = core.from.map((at, axis) => at - box.from[axis]) as unknown as Shape;
  const to = from.map((at, axis) => at + core.shape[axis]) as unknown as Shape;
  const part = { ...specimen, shape: box.shape, labels, matter: made };
  return { specimen: part, origin: box.from, whole: specimen.shape, from, to };
}

describe("memory", () => {
  it("is bounded by the chunk, and the largest that fits is named", () => {
    const large = [502, 602, 602] as const;
    const whole = memoryNeed(large, "u8", null);
    expect(whole.memory).toBeGreaterThan(11 * voxelCount(large));
    const chunk = fittingChunk(large, "u8", 600e6)!;
    expect(memoryNeed(large, "u8", chunk).memory).toBeLessThanOrEqual(600e6);
    expect(memoryNeed(large, "u8", chunk + 16).memory).toBeGreaterThan(600e6);
    expect(memoryNeed(large, "u8", chunk).disk).toBe(11 * voxelCount(large));
    expect(fittingChunk(large, "u8", 100e6)).toBe(null);
  });
});

describe("chunks", () => {
  it("fill a picture, the last ones with what is left", () => {
    const boxes = chunksOf([5, 4, 3], [2, 4, 2]);
    expect(boxes).toHaveLength(6);
    expect(boxes.reduce((sum, box) => sum + voxelCount(box.shape), 0)).toBe(60);
    expect(() => chunksOf([5, 4, 3], [2, 0, 2])).toThrow("from 1 on");
  });

  for (const slab of [1, 17 ** 3, 31 ** 3, 64 ** 3]) {
    it(`in slabs of ${slab} voxels give the partition of the whole, in memory and on disk`, () => {
      const { data } = crowd(2).phases;
      const settings = usualCut(13, shape, [1, 1, 1]);
      const whole = cutParticles(data, shape, [1, 1, 1], settings, data.length);
      same(cutParticles(data, shape, [1, 1, 1], settings, slab), whole);
      same(cutOnDisk(data, shape, settings, slab), whole);
    });
  }

  for (const chunk of [
    [64, 64, 64],
    [40, 90, 31],
    [17, 23, 90],
  ] as const) {
    it(`of ${chunk.join(" × ")} give the counts of the whole`, () => {
      const specimen = specimenOf(crowd(3));
      const [whole, parts] = [emptyTally(specimen.count), emptyTally(specimen.count)];
      addPiece(whole, { specimen, origin: [0, 0, 0], whole: shape, from: [0, 0, 0], to: shape });
      for (const core of chunksOf(shape, chunk)) addPiece(parts, pieceOf(specimen, core, 3));
      const { contacts: wholeContacts, ...wholeCounts } = whole;
      const { contacts, ...counts } = parts;
      expect(counts).toEqual(wholeCounts);
      const sorted = (of: typeof contacts) => [...of.values()].sort((a, b) => a.first - b.first || a.second - b.second);
      expect(sorted(contacts)).toEqual(sorted(wholeContacts));
    });
  }

  it("in slabs give the table of the whole, from disk", () => {
    const small = [40, 46, 38] as const;
    const parts = {
      balls: crowdedBalls({ count: 6, box: [38, 46, 40], radius: 8, spread: 0.2, overlap: 0.2 }, draws(4, "balls")),
      cracks: [{ particle: 1, normal: [0.2, 0.5, 1], offset: 1, width: 3 } as const],
      hollows: [
        { particle: 1, radius: 5 },
        { particle: 2, radius: 4 },
      ],
      caps: [{ particle: 3, towards: [1, 0, 0], angle: 1, thickness: 2 } as const],
    };
    const painted = specimenOf(phantom(parts, small, [1, 1, 1]));
    const specimen = { ...painted, grey: painted.matter };
    const settings = { register: "both", rim: 1.2 } as const;
    const whole = measure(specimen, settings);
    expect(columnOf(whole.particles, "Crack share")[0]).toBeGreaterThan(0.05);
    expect(columnOf(whole.particles, "Native void fraction")[1]).toBeGreaterThan(0.02);
    for (const slab of [1, 17 ** 3, 25 ** 3]) {
      const scratch = onDisk(folder);
      const [labels, made] = [scratch.store("i32", small), scratch.store("u8", small)];
      labels.putSlices(0, specimen.labels);
      made.putSlices(0, specimen.matter);
      const stored = { ...specimen, labels, matter: made, grey: made };
      const found = finished(measureSteps(stored, settings, scratch, slab));
      for (const [table, due] of [
        [found.particles, whole.particles],
        [found.contacts, whole.contacts],
      ] as const) {
        expect(table.names).toEqual(due.names);
        for (const name of due.names) expect([...columnOf(table, name)], name).toEqual([...columnOf(due, name)]);
      }
      scratch.close();
    }
  });

  it("much smaller than a particle give the partition of the whole", () => {
    const balls = [
      { centre: [25, 25, 24] as const, radius: 22 },
      { centre: [25, 25, 60] as const, radius: 20 },
    ];
    const small = [84, 50, 50] as const;
    const { data } = phantom({ balls, cracks: [], hollows: [], caps: [] }, small, [1, 1, 1]).phases;
    const settings = usualCut(4, small, [1, 1, 1]);
    const whole = cutParticles(data, small, [1, 1, 1], settings, data.length);
    same(cutParticles(data, small, [1, 1, 1], settings, 14 ** 3), whole);
  });

  it("far from any outside give the partition of the whole", () => {
    const wide = [40, 40, 40] as const;
    const data = new Uint8Array(40 ** 3).fill(1);
    for (const hole of [0, 39 * 41, 20 * 1600 + 5, 40 ** 3 - 1]) data[hole] = 0;
    const settings = usualCut(4, wide, [1, 1, 1]);
    const whole = cutParticles(data, wide, [1, 1, 1], settings, data.length);
    same(cutParticles(data, wide, [1, 1, 1], settings, 7 ** 3), whole);
    same(cutOnDisk(data, wide, settings, 1), whole);
  });

  const path = measuredFile("nrel_nmc1cal", "nmc-1-cal_generatedCBD_bridge.tif");
  it.skipIf(path === null)("give the same particles of a measured cathode", async () => {
    const part = crop(await readVolume(path!, [0.4, 0.398, 0.398]), [60, 80, 100], [70, 110, 90]);
    const inside = Uint8Array.from(part.data, (value) => (value === 1 ? 1 : 0));
    const settings = usualCut(5.76, part.shape, part.voxelSize);
    const whole = cutParticles(inside, part.shape, part.voxelSize, settings, inside.length);
    const parts = cutParticles(inside, part.shape, part.voxelSize, settings, 40 ** 3);
    same(parts, whole);
    expect(
      measure({ ...part, labels: parts.data, count: parts.count, matter: inside, grey: null }).particles.rows,
    ).toBe(whole.count);
  });
});
