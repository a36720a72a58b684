import type { Circle, Geometry, MeshSettings } from "../../src/fem/mesh/geometry.js";

export const micron = 1e-6;

export const settings = (over: Partial<MeshSettings> = {}): MeshSettings => ({
  order: 1,
  interfaceSize: 0.5 * micron,
  growth: 0.25,
  largestSize: 1.2 * micron,
  ...over,
});

/** Lengths in µm. */
export function plane(width: number, height: number, disks: readonly number[][]): Geometry {
  return {
    kind: "plane",
    width: width * micron,
    height: height * micron,
    particles: disks.map(([x, y, radius]) => circle(x, y, radius)),
  };
}

export function circle(x: number, y: number, radius: number): Circle {
  return { x: x * micron, y: y * micron, radius: radius * micron, high: [{ from: -1, to: 1 }] };
}

/** Three in a row: a lattice of equal cells. */
export const row = plane(48, 22, [
  [8, 11, 5],
  [24, 11, 5],
  [40, 11, 5],
]);

/** No symmetry, three radii, a gap of 0.3 µm. */
export const uneven = plane(30, 22, [
  [6, 6, 5],
  [16.3, 7, 5],
  [11.5, 15.5, 4.4],
  [22.5, 13, 3],
]);

export const sphere: Geometry = { ...plane(9, 12, [[0, 6, 5]]), kind: "axisymmetric" };

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Discs thrown into a box, half of them as near to another as `gap` (µm) allows. */
export function randomGeometry(seed: number, gap: number): { geometry: Geometry; growth: number; largest: number } {
  const next = numbers(seed);
  const axisymmetric = next() < 0.25;
  const [width, height] = [8 + 30 * next(), 8 + 30 * next()];
  const disks: number[][] = [];
  for (let trial = 0; trial < 100; trial++) {
    const radius = 0.6 + 5 * next();
    let [x, y] = axisymmetric ? [0, next() * height] : [next() * width, next() * height];
    const near = disks[Math.floor(next() * 2 * disks.length)];
    const angle = axisymmetric ? Math.PI / 2 : 2 * Math.PI * next();
    if (near) {
      x = near[0] + (near[2] + radius + gap * (1 + 1e-6)) * (axisymmetric ? 0 : Math.cos(angle));
      y = near[1] + (near[2] + radius + gap * (1 + 1e-6)) * Math.sin(angle);
    }
    const inside = (axisymmetric || x >= radius + gap) && x <= width - radius - gap;
    if (!inside || y < radius + gap || y > height - radius - gap) continue;
    if (disks.some((d) => Math.hypot(d[0] - x, d[1] - y) < d[2] + radius + gap)) continue;
    disks.push([x, y, radius]);
  }
  const geometry: Geometry = { ...plane(width, height, disks), kind: axisymmetric ? "axisymmetric" : "plane" };
  return { geometry, growth: 0.5 * next(), largest: 0.5 + 4 * next() };
}
