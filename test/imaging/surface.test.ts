import { describe, expect, it } from "vitest";
import { eulerAngles } from "../../src/imaging/attribute/euler.js";
import { crossingAreas } from "../../src/imaging/surface/crofton.js";
import { directions } from "../../src/imaging/surface/directions.js";
import { balls, discs } from "../../src/imaging/surface/round-body.js";
import type { VoxelSize } from "../../src/imaging/volume/volume.js";

type Vector = readonly [number, number, number];

/** Columns turned by yaw, pitch and roll: the axes of a body, x, y, z. */
function axesOf(yaw: number, pitch: number, roll: number): readonly [Vector, Vector, Vector] {
  const [a, b, c] = [yaw, pitch, roll];
  const [ca, sa, cb, sb, cc, sc] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b), Math.cos(c), Math.sin(c)];
  return [
    [ca * cb, sa * cb, -sb],
    [ca * sb * sc - sa * cc, sa * sb * sc + ca * cc, cb * sc],
    [ca * sb * cc + sa * sc, sa * sb * cc - ca * sc, cb * cc],
  ];
}

/** Surface of an ellipsoid by a sum over a spiral of normals of the unit ball: dA = abc |s/a| dω. */
function ellipsoidArea(half: Vector): number {
  const points = 20_000;
  let sum = 0;
  for (let k = 0; k < points; k++) {
    const z = 1 - (2 * k + 1) / points;
    const [r, turn] = [Math.sqrt(1 - z * z), Math.PI * (3 - Math.sqrt(5)) * k];
    sum += Math.hypot((r * Math.cos(turn)) / half[0], (r * Math.sin(turn)) / half[1], z / half[2]);
  }
  return (4 * Math.PI * half[0] * half[1] * half[2] * sum) / points;
}

/** Area of a voxelised ellipsoid by crossings. */
function crossedArea(half: Vector, axes: readonly [Vector, Vector, Vector], size: VoxelSize): number {
  const counts = size.map((edge) => Math.ceil((2 * Math.max(...half)) / edge) + 4) as [number, number, number];
  const inside = (z: number, y: number, x: number) => {
    const at = [(x - counts[2] / 2) * size[2], (y - counts[1] / 2) * size[1], (z - counts[0] / 2) * size[0]];
    return (
      axes.reduce(
        (sum, axis, k) => sum + (axis.reduce((dot, u, d) => dot + u * (at[d] as number), 0) / (half[k] as number)) ** 2,
        0,
      ) <= 1
    );
  };
  const [nz, ny, nx] = counts;
  const mask = new Uint8Array(nz * ny * nx);
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, i++) mask[i] = inside(z, y, x) ? 1 : 0;
  const areas = crossingAreas(balls, size);
  let area = 0;
  for (const [k, [dz, dy, dx]] of directions.entries()) {
    const step = (dz * ny + dy) * nx + dx;
    let crossings = 0;
    for (let i = 0; i + step < mask.length; i++) if (mask[i] !== mask[i + step]) crossings++;
    area += crossings * (areas[k] as number);
  }
  return area;
}

describe("surfaces by crossings", () => {
  it.each([
    [0.5, 0.3, 0.2],
    [0.4, 0.4, 0.4],
    [1, 0.4, 0.4],
    [0.6, 0.3, 0.3],
  ] as const)("of tilted ellipsoids on voxels of %d × %d × %d µm: within 1.2 percent", (dz, dy, dx) => {
    const half = [6, 4, 3] as const;
    const exact = ellipsoidArea(half);
    for (const [yaw, pitch, roll] of [
      [0.5, 0.4, 0.3],
      [1.2, -0.7, 0.9],
      [0, 0, 0.8],
    ] as const)
      expect(Math.abs(crossedArea(half, axesOf(yaw, pitch, roll), [dz, dy, dx]) / exact - 1)).toBeLessThan(0.012);
  });

  it("count all directions alike on the whole: planes that face all ways have their area", () => {
    for (const [body, used] of [
      [balls, 13],
      [discs(0.5), 4],
    ] as const) {
      const size = [0.5, 0.3, 0.2] as const;
      const shares = directions.map((step, k) => {
        const length = Math.hypot(...step.map((count, axis) => count * (size[axis] as number)));
        return ((crossingAreas(body, size)[k] as number) * length * body.meanCosine) / 0.03;
      });
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-9);
      expect(shares.filter((share) => share > 0).length).toBeLessThanOrEqual(used);
    }
  });
});

describe("angles of a particle", () => {
  it("turn x into its longest axis: yaw about z, pitch about y, roll about x, each with its sign", () => {
    for (const turns of [
      [20, 35, 10],
      [-50, -25, 40],
      [70, 15, -30],
    ]) {
      const [first, second, third] = axesOf(
        ...(turns.map((angle) => (angle * Math.PI) / 180) as [number, number, number]),
      );
      const found = eulerAngles({ values: [3, 2, 1], longest: first, directions: [first, second, third] });
      for (const [k, angle] of found.entries()) expect(Math.abs(angle - (turns[k] as number))).toBeLessThan(1e-9);
    }
  });
});
