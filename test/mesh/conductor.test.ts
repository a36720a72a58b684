import { describe, expect, it } from "vitest";
import { patchLabel } from "../../src/fem/mesh/coverage.js";
import type { Geometry } from "../../src/fem/mesh/geometry.js";
import type { Mesh } from "../../src/fem/mesh/mesh.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";
import { cathode } from "../../src/fem/model/cathode.js";
import { loadScenario } from "../../src/scenario/load.js";
import { cathodeSpec } from "../../src/scenario/simulation.js";

const high = [{ from: -1.9, to: 0.4 }];
const row: Geometry = {
  kind: "plane",
  width: 32e-6,
  height: 22e-6,
  particles: [
    { x: 8e-6, y: 11e-6, radius: 5e-6, high },
    { x: 24e-6, y: 11e-6, radius: 5e-6, high: [] },
  ],
};
const settings = { order: 1, interfaceSize: 0.4e-6, growth: 0.2, largestSize: 1.2e-6 } as const;

function area(nodes: Float64Array, a: number, b: number, c: number): number {
  const across = (k: number, n: number): number => nodes[2 * n + k] - nodes[2 * a + k];
  return (across(0, b) * across(1, c) - across(0, c) * across(1, b)) / 2;
}

/** Areas of the conductor's cells by kind, and the smallest. */
function areas({ conductor, nodesPerCell }: Mesh): { high: number; low: number; smallest: number } {
  const { nodes, cells, binder } = conductor!;
  const sum = { high: 0, low: 0, smallest: Number.POSITIVE_INFINITY };
  binder.forEach((kind, cell) => {
    const [a, b, c] = cells.subarray(cell * nodesPerCell, cell * nodesPerCell + 3);
    const own = area(nodes, a, b, c);
    sum[kind === 0 ? "high" : "low"] += own;
    sum.smallest = Math.min(sum.smallest, own);
  });
  return sum;
}

describe("the conductor", () => {
  const mesh = meshCircles(row, settings);

  it("covers the carbon/binder once, with cells of positive area", () => {
    let whole = 0;
    mesh.region.forEach((region, cell) => {
      if (region >= mesh.particles)
        whole += area(mesh.nodes, mesh.cells[3 * cell], mesh.cells[3 * cell + 1], mesh.cells[3 * cell + 2]);
    });
    const found = areas(mesh);
    expect(Math.abs((found.high + found.low) / whole - 1)).toBeLessThan(1e-12);
    expect(found.smallest).toBeGreaterThan(0);
  });

  it("has edges that two cells share, but for those of the carbon/binder's own boundary", () => {
    const count = (cells: Int32Array): number => {
      const seen = new Map<string, number>();
      for (let c = 0; c < cells.length; c += 3) {
        for (let e = 0; e < 3; e++) {
          const key = [cells[c + e], cells[c + ((e + 1) % 3)]].sort((p, q) => p - q).join();
          seen.set(key, (seen.get(key) ?? 0) + 1);
        }
      }
      expect(Math.max(...seen.values())).toBe(2);
      return Array.from(seen.values()).filter((times) => times === 1).length;
    };
    const binder = mesh.cells.filter((_, k) => mesh.region[Math.floor(k / 3)] >= mesh.particles);
    const onBoundary = Array.from(mesh.conductor!.parents).length;
    expect(onBoundary).toBeGreaterThan(0);
    // Both ends of the patch and of its border may split an edge of the boundary in two.
    const added = count(mesh.conductor!.cells) - count(binder);
    expect(added).toBeGreaterThanOrEqual(0);
    expect(added).toBeLessThanOrEqual(4);
  });

  it("holds the border closer than the mesh does, and ever closer", () => {
    const isHigh = patchLabel(row);
    let [inside, all] = [0, 0];
    for (let x = 0.05; x < 32; x += 0.1) {
      for (let y = 0.05; y < 22; y += 0.1) {
        const outside = row.particles.every((p) => Math.hypot(x * 1e-6 - p.x, y * 1e-6 - p.y) > p.radius);
        if (outside && isHigh(x * 1e-6, y * 1e-6)) inside++;
        all++;
      }
    }
    const exact = (inside / all) * 32 * 22e-12;
    expect(Math.abs(areas(mesh).high / exact - 1)).toBeLessThan(2e-3);
  });

  it("leaves a mesh without a border as it is", () => {
    const plain = meshCircles({ ...row, particles: row.particles.map((p) => ({ ...p, high: [] })) }, settings);
    expect(plain.conductor!.nodes.length).toBe(plain.nodes.length);
    expect(areas(plain).high).toBe(0);
  });

  it("splits cells of second order alike", () => {
    const second = areas(meshCircles(row, { ...settings, order: 2 }));
    const first = areas(mesh);
    expect(Math.abs(second.high / first.high - 1)).toBeLessThan(1e-9);
  });

  it("lets the collector's potential reach the nodes that a border leaves on it", () => {
    const parents = mesh.conductor!.parents;
    const onBottom = Array.from({ length: parents.length / 2 }, (_, k) => k).filter(
      (k) => mesh.nodes[2 * parents[2 * k] + 1] === 0 && mesh.nodes[2 * parents[2 * k + 1] + 1] === 0,
    );
    for (const k of onBottom) expect(mesh.conductor!.nodes[mesh.nodes.length + 2 * k + 1]).toBe(0);
    expect(onBottom.length).toBe(1);
  });

  it("leaves the fields on the mesh's own nodes and cells", () => {
    const scenario = loadScenario("scenarios/three-particles.yaml");
    const coarse = { ...scenario.solver, mesh: { ...settings, interfaceSize: 1e-6, largestSize: 3e-6 } };
    const simulation = cathode(cathodeSpec({ ...scenario, solver: coarse }));
    simulation.advance();
    const { nodes, region, conductor } = simulation.mesh;
    const fields = simulation.fields();
    expect(conductor!.nodes.length).toBeGreaterThan(nodes.length);
    for (const field of [fields.potential, fields.stoichiometry, fields.damage])
      expect(field.length).toBe(nodes.length / 2);
    expect(fields.displacement.length).toBe(nodes.length);
    expect(fields.vonMisesStress.length).toBe(region.length);
  });
});
