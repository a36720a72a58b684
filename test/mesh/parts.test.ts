import { describe, expect, it } from "vitest";
import { delaunay, doubleArea, type Outline } from "../../src/fem/mesh/delaunay.js";
import { estimateNodes } from "../../src/fem/mesh/geometry-check.js";
import { SurfaceLocator } from "../../src/fem/mesh/locator.js";
import { angleHistogram, cellAngles, jacobianRatios, regionAreas, regionVolumes } from "../../src/fem/mesh/quality.js";
import { binderSize, divide } from "../../src/fem/mesh/size-field.js";
import { directions, mirroredPlace } from "../../src/fem/mesh/surface-nodes.js";
import { findTiling } from "../../src/fem/mesh/tiling.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";
import { micron, numbers, plane, row, settings, sphere, uneven } from "./geometries.js";

describe("delaunay", () => {
  /** A thin kite whose long diagonal no Delaunay triangulation has. */
  const kite = (edges: number[]): Outline => ({
    points: Float64Array.from([0, 0, 10, 0, 5, 1, 5, -1]),
    hole: Int32Array.from([-1, -1, -1, -1]),
    edges: Int32Array.from(edges),
    size: () => 1,
    admits: () => true,
  });
  const has = (triangles: Int32Array, a: number, b: number) =>
    Array.from({ length: triangles.length / 3 }, (_, t) => Array.from(triangles.subarray(3 * t, 3 * t + 3))).some(
      (corners) => corners.includes(a) && corners.includes(b),
    );

  it("keeps edges that must exist", () => {
    expect(has(delaunay(kite([]).points, kite([])), 0, 1)).toBe(false);
    expect(has(delaunay(kite([]).points, kite([0, 1])), 0, 1)).toBe(true);
  });

  it("turns triangles counter-clockwise and leaves out holes", () => {
    const outline = kite([0, 1]);
    const triangles = delaunay(outline.points, outline);
    for (let t = 0; t < triangles.length; t += 3)
      expect(doubleArea(outline.points, triangles[t], triangles[t + 1], triangles[t + 2])).toBeGreaterThan(0);
    const hole = { ...outline, hole: Int32Array.from([0, 0, 0, -1]) };
    expect(delaunay(outline.points, hole).length).toBe(3);
  });
});

describe("SurfaceLocator", () => {
  it("finds what trying all circles finds", () => {
    const next = numbers(3);
    const disks = Array.from({ length: 60 }, () => ({ x: 50 * next(), y: 30 * next(), radius: 2 * next() }));
    const locator = new SurfaceLocator(disks, 50, 30);
    for (let k = 0; k < 500; k++) {
      const [x, y] = [50 * next(), 30 * next()];
      const sorted = disks.map((d) => Math.hypot(x - d.x, y - d.y) - d.radius).sort((a, b) => a - b);
      locator.find(x, y);
      expect(Math.abs(locator.distance - sorted[0])).toBeLessThan(1e-12);
      expect(Math.abs(locator.secondDistance - sorted[1])).toBeLessThan(1e-12);
    }
  });
});

describe("sizes", () => {
  it("grow away from the surface up to the largest, and shrink in gaps", () => {
    const locator = new SurfaceLocator(
      [
        { x: 10, y: 20, radius: 5 },
        { x: 22, y: 20, radius: 5 },
      ],
      60,
      40,
    );
    const size = binderSize(locator, { growth: 0.25, largest: 4 }, () => 100);
    expect(Math.abs(size(10, 33) - 3)).toBeLessThan(1e-12);
    expect(size(55, 20)).toBe(4);
    expect(Math.abs(size(16, 20) - 2 / 2.5)).toBeLessThan(1e-12);
  });

  it("divide a line symmetrically into pieces of about the wanted length", () => {
    const inner = divide(0, 20, (t) => 1 + 0.2 * Math.abs(t - 10));
    expect(inner.length + 1).toBe(Math.round(10 * Math.log(3)));
    inner.forEach((t, k) => {
      expect(Math.abs(t + inner[inner.length - 1 - k] - 20)).toBeLessThan(1e-9);
    });
    expect(divide(0, 0.3, () => 1).length).toBe(0);
  });

  it("are foreseen to within a third", () => {
    for (const geometry of [row, uneven, sphere]) {
      for (const order of [1, 2] as const) {
        const made = meshCircles(geometry, settings({ order, interfaceSize: 0.3 * micron })).nodes.length / 2;
        const foreseen = estimateNodes(geometry, settings({ order, interfaceSize: 0.3 * micron }));
        expect(Math.abs(Math.log(foreseen / made))).toBeLessThan(Math.log(4 / 3));
      }
    }
  });
});

describe("symmetry", () => {
  it("of directions is bitwise", () => {
    for (const n of [4, 8, 12, 60, 64]) {
      const d = directions(n);
      for (let k = 0; k < n; k++) {
        expect(Math.abs(d[2 * k] - Math.cos((2 * Math.PI * k) / n))).toBeLessThan(1e-15);
        expect(Math.abs(d[2 * k + 1] - Math.sin((2 * Math.PI * k) / n))).toBeLessThan(1e-15);
        const mirrored = mirroredPlace(k, n, true, false);
        expect([d[2 * mirrored], d[2 * mirrored + 1]]).toEqual([0 - d[2 * k], d[2 * k + 1]]);
      }
    }
  });

  const columnsAndRows = (geometry: Parameters<typeof findTiling>[0]) => {
    const { columns, rows } = findTiling(geometry);
    return [columns, rows];
  };

  it("is found as far as the particles have it", () => {
    expect(columnsAndRows(row)).toEqual([6, 2]);
    expect(columnsAndRows(uneven)).toEqual([1, 1]);
    expect(columnsAndRows(sphere)).toEqual([1, 2]);
    expect(
      columnsAndRows(
        plane(50, 22, [
          [9, 11, 5],
          [25, 11, 5],
          [41, 11, 5],
        ]),
      ),
    ).toEqual([2, 2]);
    expect(
      columnsAndRows(
        plane(48, 22, [
          [8, 11, 5],
          [24, 11, 5],
          [40, 11, 4],
        ]),
      ),
    ).toEqual([1, 2]);
    expect(
      columnsAndRows(
        plane(20, 20, [
          [5, 5, 2],
          [15, 15, 2],
        ]),
      ),
    ).toEqual([1, 1]);
    expect(
      columnsAndRows(
        plane(20, 20, [
          [5, 5, 2],
          [15, 15, 2],
          [5, 15, 2],
          [15, 5, 2],
        ]),
      ),
    ).toEqual([4, 4]);
  });
});

describe("quality", () => {
  it("measures a right triangle", () => {
    const mesh = {
      ...meshCircles(plane(10, 10, []), settings()),
      nodes: Float64Array.from([0, 0, Math.sqrt(3), 0, 0, 1]),
      cells: Int32Array.from([0, 1, 2]),
      region: Int32Array.from([0]),
    };
    expect(Math.abs(cellAngles(mesh)[0] - 30)).toBeLessThan(1e-12);
    expect(Array.from(angleHistogram(cellAngles(mesh), 20))).toEqual([0, 1, 0]);
    expect(Math.abs(regionAreas(mesh)[0] / (Math.sqrt(3) / 2) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(regionVolumes(mesh, "axisymmetric")[0] / Math.PI - 1)).toBeLessThan(1e-12);
    expect(Math.abs(jacobianRatios(mesh)[0] - 1)).toBeLessThan(1e-14);
  });

  it("measures a sphere and the cylinder around it", () => {
    const mesh = meshCircles(sphere, settings({ order: 2, interfaceSize: 0.25 * micron }));
    const volumes = regionVolumes(mesh, "axisymmetric");
    const ball = (4 / 3) * Math.PI * (5 * micron) ** 3;
    const cylinder = Math.PI * (9 * micron) ** 2 * 12 * micron;
    expect(Math.abs(volumes[0] / ball - 1)).toBeLessThan(1e-6);
    expect(Math.abs((volumes[0] + volumes[1] + volumes[2]) / cylinder - 1)).toBeLessThan(1e-12);
  });
});
