import { describe, expect, it } from "vitest";
import { spaceOf } from "../../src/fem/assembly/assemble.js";
import { cellValues } from "../../src/fem/assembly/cell-values.js";
import { planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { patchLabel } from "../../src/fem/mesh/coverage.js";
import type { Geometry } from "../../src/fem/mesh/geometry.js";
import type { Mesh } from "../../src/fem/mesh/mesh.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";
import { cathode } from "../../src/fem/model/cathode.js";
import { loadScenario } from "../../src/scenario/load.js";
import { cathodeSpec } from "../../src/study/simulation.js";

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

  it.each([1, 2] as const)("has every node of the carbon/binder in a cell, P%d", (order) => {
    const of = meshCircles(row, { ...settings, order });
    const held = new Set(of.conductor!.cells);
    const lost = of.cells.filter(
      (node, k) => of.region[Math.floor(k / of.nodesPerCell)] >= of.particles && !held.has(node),
    );
    expect(lost.length).toBe(0);
  });

  describe("of second order", () => {
    const second = meshCircles(row, { ...settings, order: 2 });
    const space = spaceOf(second, planeStrain);
    const { nodes, cells, binder } = second.conductor!;
    /** ∫ f and ∫ |∇f|² over the chosen cells, f by its values at the nodes. */
    const integrals = (at: Float64Array, of: Int32Array, chosen: (cell: number) => boolean, f: Float64Array) => {
      const values = cellValues(space.element, space.quadrature, planeStrain);
      let [whole, energy] = [0, 0];
      for (let cell = 0; cell < of.length / 6; cell++) {
        if (!chosen(cell)) continue;
        values.move(at, of, cell);
        for (let q = 0; q < values.points; q++) {
          let [value, gx, gy] = [0, 0, 0];
          for (let a = 0; a < 6; a++) {
            const own = f[of[6 * cell + a]];
            value += values.value[6 * q + a] * own;
            gx += values.gradient[12 * q + 2 * a] * own;
            gy += values.gradient[12 * q + 2 * a + 1] * own;
          }
          whole += values.weight[q] * value;
          energy += values.weight[q] * (gx * gx + gy * gy);
        }
      }
      return [whole, energy];
    };
    const compared = (f: (x: number, y: number) => number): number[] => {
      const on = (at: Float64Array) =>
        Float64Array.from({ length: at.length / 2 }, (_, n) => f(at[2 * n], at[2 * n + 1]));
      const own = integrals(
        second.nodes,
        second.cells,
        (cell) => second.region[cell] >= second.particles,
        on(second.nodes),
      );
      const split = integrals(nodes, cells, () => true, on(nodes));
      return own.map((value, k) => Math.abs(split[k] / value - 1));
    };

    it("covers the same curved carbon/binder, and holds what its cells do", () => {
      expect(cells.length).toBeGreaterThan(6 * second.region.filter((region) => region >= second.particles).length);
      for (const defect of compared((x, y) => 1 + 1e5 * x + 3e5 * y)) expect(defect).toBeLessThan(1e-12);
    });

    it("has one midside on each edge, and no more than two cells at it", () => {
      const seen = new Map<string, { middle: number; times: number }>();
      for (let c = 0; c < cells.length; c += 6) {
        for (let e = 0; e < 3; e++) {
          const key = [cells[c + e], cells[c + ((e + 1) % 3)]].sort((p, q) => p - q).join();
          const edge = seen.get(key) ?? { middle: cells[c + 3 + e], times: 0 };
          expect(edge.middle).toBe(cells[c + 3 + e]);
          edge.times++;
          seen.set(key, edge);
        }
      }
      expect(Math.max(...Array.from(seen.values(), ({ times }) => times))).toBe(2);
      const middles = new Set(Array.from(seen.values(), ({ middle }) => middle));
      expect(middles.size).toBe(seen.size);
    });

    it("puts the border where first order does", () => {
      let high = 0;
      binder.forEach((kind, cell) => {
        if (kind === 0)
          high += integrals(nodes, cells, (own) => own === cell, new Float64Array(nodes.length / 2).fill(1))[0];
      });
      expect(Math.abs(high / areas(mesh).high - 1)).toBeLessThan(2e-3);
    });
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
