import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { blur } from "../../src/imaging/filter/gaussian.js";
import { medians } from "../../src/imaging/filter/median.js";
import { nonLocalMeans } from "../../src/imaging/filter/non-local-means.js";
import { atLevel, byHysteresis, byKMeans } from "../../src/imaging/filter/thresholding.js";
import { matterMap, usualMatter } from "../../src/imaging/matter/matter-map.js";
import { phaseInterfaces, phaseShares, storedInterfaces, storedShares } from "../../src/imaging/matter/phases.js";
import { storedMatter } from "../../src/imaging/matter/stored-matter.js";
import { closed, closeStored } from "../../src/imaging/morphology/closing.js";
import { fillHoles } from "../../src/imaging/morphology/flood.js";
import { fillStoredHoles } from "../../src/imaging/morphology/holes.js";
import { compactLabels, compactStored } from "../../src/imaging/segmentation/label-import.js";
import { finished } from "../../src/imaging/steps/steps.js";
import { onDisk } from "../../src/imaging/volume/disk-store.js";
import { readVolume } from "../../src/imaging/volume/files.js";
import { readStored } from "../../src/imaging/volume/stored-picture.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { type Volume, type Voxels, volume } from "../../src/imaging/volume/volume.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
const scratch = onDisk(folder);
afterAll(() => {
  scratch.close();
  expect(existsSync(join(folder, "scratch"))).toBe(false);
  rmSync(folder, { recursive: true });
});

const shape = [19, 23, 27] as const;
const size = [0.5, 0.4, 0.4] as const;
const slabs = [1, 2 * 23 * 27, 5 * 23 * 27, 1e6];
const random = draws(6, "slabs");
const mask = Uint8Array.from({ length: 19 * 23 * 27 }, () => (random.uniform() < 0.7 ? 1 : 0));

function stored<V extends Voxels>(data: V) {
  const store = scratch.store(data instanceof Uint8Array ? "u8" : data instanceof Uint16Array ? "u16" : "f32", shape);
  store.putSlices(0, data as never);
  return store;
}

describe("slabs from disk give what the whole gives", () => {
  it("in filling holes, of every size", () => {
    for (const most of [1, 4, 60, Infinity]) {
      const due = mask.slice();
      const filled = fillHoles(due, shape, most);
      expect(filled).toBeGreaterThan(100);
      for (const slab of slabs) {
        const found = stored(mask) as ReturnType<typeof scratch.store<"u8">>;
        expect(finished(fillStoredHoles(found, most, slab))).toBe(filled);
        expect(Buffer.compare(found.slices(0, 19), due)).toBe(0);
      }
    }
  });

  it("in closing cracks", () => {
    const sparse = mask.map((value, i) => (value === 1 && i % 11 === 0 ? 1 : 0));
    const due = closed(sparse, shape, size, 0.9);
    expect(due).not.toEqual(sparse);
    for (const slab of slabs) {
      const found = stored(sparse) as ReturnType<typeof scratch.store<"u8">>;
      finished(closeStored(found, scratch.store("f32", shape), size, 0.9, slab));
      expect(Buffer.compare(found.slices(0, 19), due)).toBe(0);
    }
  });

  const grey = Uint16Array.from(mask, (value) => 900 + 700 * value + 90 * random.normal());
  const phases = Uint8Array.from(mask, (value, i) => (i % 13 === 0 ? 2 : value));

  it("in telling active material", () => {
    const wanted = [
      { picture: volume(phases, shape, size), settings: usualMatter },
      { picture: volume(grey, shape, size), settings: usualMatter },
      {
        picture: volume(grey, shape, size),
        settings: { ...usualMatter, threshold: byKMeans(3), filters: [medians(2), blur(0.4)] },
      },
      {
        picture: volume(grey, shape, size),
        settings: { ...usualMatter, threshold: atLevel(1300), filters: [nonLocalMeans()] },
      },
      { picture: volume(grey, shape, size), settings: { ...usualMatter, threshold: byHysteresis(1100, 1500) } },
    ];
    for (const { picture, settings } of wanted) {
      const due = matterMap(picture as Volume, settings);
      for (const slab of slabs) {
        const inStore = { ...picture, data: stored(picture.data) };
        const found = finished(storedMatter(inStore as never, settings, scratch, slab));
        expect(found.phases).toEqual(due.phases);
        expect(found.threshold).toBe(due.threshold);
        expect(Buffer.compare(found.matter.slices(0, 19), due.matter)).toBe(0);
      }
    }
  });

  it("in counting phases and their interfaces, and in numbering labels", () => {
    const picture = volume(phases, shape, size);
    const labels = Uint16Array.from(grey, (value) => (value > 1400 ? value : 0));
    for (const slab of slabs) {
      const data = stored(phases);
      const inStore = { ...picture, data };
      expect(finished(storedShares(data, [0, 1, 2], slab))).toEqual(phaseShares(phases, [0, 1, 2]));
      expect(finished(storedInterfaces(inStore as never, [0, 1, 2], slab))).toEqual(
        phaseInterfaces(picture, [0, 1, 2]),
      );
      const found = finished(compactStored(stored(labels), scratch, slab));
      const due = compactLabels(labels);
      expect(found.count).toBe(due.count);
      expect(found.data.slices(0, 19)).toEqual(due.data);
    }
  });

  it("in reading and in boxes", async () => {
    const path = join(folder, "grey.tif");
    writeTiff(path, volume(grey, shape, [0.4, 0.4, 0.4]));
    const read = await readVolume(path);
    const found = await readStored(path, (pages) => ({ pages }), scratch);
    expect(found.data.whole).toBe(null);
    expect(found.data.slices(0, 19)).toEqual(read.data);
    expect(found.voxelSize).toEqual(read.voxelSize);
    const box = { from: [3, 4, 5], shape: [6, 7, 8] } as const;
    const part = found.data.box(box);
    expect(part[1 * 56 + 2 * 8 + 3]).toBe(grey[((3 + 1) * 23 + 4 + 2) * 27 + 5 + 3]);
    found.data.putBox(
      box,
      part.map((value) => value + 1),
    );
    const changed = found.data.slices(0, 19) as Uint16Array;
    const differing = changed.reduce((sum, value, i) => sum + (value - grey[i]), 0);
    expect(differing).toBe(6 * 7 * 8);
    expect(found.data.box(box)).toEqual(part.map((value) => value + 1));
  });
});
