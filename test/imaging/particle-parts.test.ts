import { describe, expect, it } from "vitest";
import { coordination } from "../../src/imaging/attribute/contact-graph.js";
import { measure } from "../../src/imaging/attribute/measure.js";
import { withoutRim } from "../../src/imaging/attribute/rim.js";
import type { Tally } from "../../src/imaging/attribute/tally.js";
import { particleVoids } from "../../src/imaging/attribute/voids.js";
import { matter, type Specimen, storedSpecimen } from "../../src/imaging/matter/specimen.js";
import { finished } from "../../src/imaging/steps/steps.js";
import { memory } from "../../src/imaging/volume/store.js";
import type { Shape, VoxelSize } from "../../src/imaging/volume/volume.js";
import { columnOf } from "../../src/table/particle-table.js";

/** A brick of one particle in a box, with voids where `hole` says so. */
function brick(
  shape: Shape,
  inside: (z: number, y: number, x: number) => boolean,
  hole: (z: number, y: number, x: number) => boolean = () => false,
  voxelSize: VoxelSize = [1, 1, 1],
): Specimen {
  const labels = new Int32Array(shape[0] * shape[1] * shape[2]);
  const made = new Uint8Array(labels.length).fill(matter.pore);
  labels.forEach((_, i) => {
    const [z, y, x] = [Math.floor(i / (shape[1] * shape[2])), Math.floor(i / shape[2]) % shape[1], i % shape[2]];
    if (!inside(z, y, x)) return;
    labels[i] = 1;
    if (!hole(z, y, x)) made[i] = matter.active;
  });
  return { shape, voxelSize, labels, count: 1, matter: made, grey: null };
}

describe("particles that share faces", () => {
  it("touch from five faces on", () => {
    const contact = (first: number, second: number, faces: number) => ({ first, second, faces });
    const contacts = new Map([contact(1, 2, 4), contact(1, 3, 5), contact(2, 3, 50)].map((each, k) => [k, each]));
    expect([...coordination({ contacts, count: 3 } as unknown as Tally)]).toEqual([0, 1, 1, 2]);
  });
});

describe("the shape of a brick", () => {
  it("counts the extent of its voxels: its axes are as its edges", () => {
    const specimen = brick([6, 8, 20], (z, y, x) => z >= 2 && z < 4 && y >= 2 && y < 6 && x >= 2 && x < 18);
    expect(Math.abs(columnOf(measure(specimen).particles, "Elongation")[0] / 8 - 1)).toBeLessThan(1e-9);
  });
});

describe("voids of a particle", () => {
  const solid = (z: number, y: number, x: number) => [z, y, x].every((at) => at >= 1 && at <= 10);
  const shape: Shape = [12, 12, 12];
  const found = (hole: (z: number, y: number, x: number) => boolean, slab: number) => {
    const { crack, enclosed } = finished(particleVoids(storedSpecimen(brick(shape, solid, hole)), slab));
    return [crack[1], enclosed[1]];
  };

  it.each([144, 288, 100_000])(
    "are cracks where they reach the outside, also through the next slab (%i voxels)",
    (slab) => {
      // straight down to the bottom, one voxel wide, at the corner of the slabs' planes and in their middle
      expect(found((z, y, x) => y === 1 && x === 1 && z >= 4, slab)).toEqual([7, 0]);
      expect(found((z, y, x) => y === 5 && x === 5 && z >= 4, slab)).toEqual([7, 0]);
      expect(found((z, y, x) => y === 5 && x === 5 && z >= 4 && z <= 8, slab)).toEqual([0, 5]);
    },
  );
});

describe("the rim of a particle", () => {
  it("is as broad as it is told, whatever the edges of the voxels", () => {
    const inside = (z: number, y: number, x: number) => z >= 1 && z <= 9 && y >= 1 && y <= 9 && x >= 1 && x <= 9;
    const kept = (rim: number, voxelSize: VoxelSize) => {
      const specimen = storedSpecimen(brick([11, 11, 11], inside, undefined, voxelSize));
      const { labels } = finished(withoutRim(specimen, rim, memory, 1e6));
      return labels.slices(0, 11).reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
    };
    // from the border on, a voxel whose centre is no further than the rim from one outside goes
    expect(kept(1, [1, 1, 1])).toBe(7 ** 3);
    expect(kept(1, [2, 0.5, 0.5])).toBe(9 * 5 * 5);
    expect(kept(1, [0.5, 2, 1])).toBe(5 * 9 * 7);
  });
});
