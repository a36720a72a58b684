import { describe, expect, it } from "vitest";
import { byOtsu } from "../../src/imaging/filter/thresholding.js";
import { distanceMap } from "../../src/imaging/morphology/distance.js";
import { standsOut, voxelBall } from "../../src/imaging/segmentation/markers.js";
import { segment, usualSegment } from "../../src/imaging/segmentation/segment.js";
import { type Shape, volume } from "../../src/imaging/volume/volume.js";

const shapes: readonly Shape[] = [
  [1, 1, 50],
  [1, 50, 1],
  [50, 1, 1],
  [1, 1, 1],
  [1, 20, 20],
  [20, 1, 20],
  [20, 20, 1],
  [6, 6, 6],
];

const of = ([nz, ny, nx]: Shape, value: (i: number) => number) =>
  volume(
    Uint8Array.from({ length: nz * ny * nx }, (_, i) => value(i)),
    [nz, ny, nx],
    [0.4, 0.4, 0.4],
  );

describe("pictures of a row, a slice, a voxel, a level", () => {
  for (const shape of shapes) {
    it(`${shape.join(" × ")}: nothing outside is infinitely far, and an answer comes`, () => {
      const ones = of(shape, () => 1);
      expect([...distanceMap(ones.data, shape, ones.voxelSize)].every((far) => far === Infinity)).toBe(true);
      expect(() => segment(ones, usualSegment)).toThrow(/no active material, or nothing else/);
      expect(() =>
        segment(
          of(shape, () => 7),
          usualSegment,
        ),
      ).toThrow(/every voxel has the value 7/);
      const grey = { ...usualSegment, threshold: byOtsu() };
      expect(() =>
        segment(
          of(shape, () => 100),
          grey,
        ),
      ).toThrow(/same grey level \(100\)/);
      if (shape[0] * shape[1] * shape[2] > 1)
        expect(
          segment(
            of(shape, (i) => i % 2),
            usualSegment,
          ).labels.data.length,
        ).toBe(ones.data.length);
    });
  }

  it("says how few levels there are where more classes are asked for", () => {
    const two = of([4, 4, 4], (i) => 90 + 20 * (i % 2));
    expect(() => segment(two, { ...usualSegment, threshold: byOtsu(5) })).toThrow(/2 different grey levels; 5 classes/);
  });

  it("lengths beyond the picture are refused, and no ball is larger than it", () => {
    const picture = of([6, 6, 6], (i) => i % 2);
    for (const name of ["closing", "smoothing", "separation"] as const)
      expect(() => segment(picture, { ...usualSegment, [name]: 1e6 })).toThrow(new RegExp(`--${name} 1000000 µm`));
    const ball = voxelBall(1e9, [1, 1, 1], [3, 4, 5]);
    expect([ball.z, ball.y, Math.max(...ball.rows)]).toEqual([2, 3, 4]);
    const height = Float32Array.from({ length: 60 }, (_, i) => (i === 59 ? 2 : i === 0 ? 1 : 0));
    expect([standsOut(59, height, [3, 4, 5], ball), standsOut(0, height, [3, 4, 5], ball)]).toEqual([true, false]);
    const small = voxelBall(1, [1, 1, 1], [3, 4, 5]);
    expect(standsOut(0, height, [3, 4, 5], small)).toBe(true);
  });
});
