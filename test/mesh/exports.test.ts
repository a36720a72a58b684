import { describe, expect, it } from "vitest";
import { inUnit, withConductorCells } from "../../src/fem/mesh/exported-mesh.js";
import type { Mesh } from "../../src/fem/mesh/mesh.js";
import { writeMsh } from "../../src/fem/mesh/msh.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";
import { readVtu, writeVtu } from "../../src/fem/mesh/vtu.js";
import { row, settings, sphere } from "./geometries.js";

const electrodes = { collector: "bottom", separator: "top" } as const;
const orders = [1, 2] as const;

interface ReadMsh {
  names: Map<string, number>;
  nodes: Map<number, number[]>;
  /** Elements `[node, …]` by physical name. */
  elements: Map<string, number[][]>;
}

/** Reads by the rules of the format, with no knowledge of the writer: blocks, entities, physical tags. */
function parse(text: string): ReadMsh {
  const lines = (name: string) => {
    const all = text.split("\n");
    return all.slice(all.indexOf(`$${name}`) + 1, all.indexOf(`$End${name}`)).map((line) => line.split(" "));
  };
  const names = new Map(
    lines("PhysicalNames")
      .slice(1)
      .map(([d, tag, name]) => [`${d}-${tag}`, JSON.parse(name) as string]),
  );
  const [[, curves], ...entityLines] = lines("Entities");
  const physical = new Map(
    entityLines.map((line, k) => {
      const dimension = k < Number(curves) ? 1 : 2;
      return [`${dimension}-${line[0]}`, names.get(`${dimension}-${line[8]}`)!];
    }),
  );
  const nodes = new Map<number, number[]>();
  const nodeLines = lines("Nodes");
  for (let at = 1; at < nodeLines.length; ) {
    const count = Number(nodeLines[at][3]);
    for (let k = 1; k <= count; k++) nodes.set(Number(nodeLines[at + k][0]), nodeLines[at + count + k].map(Number));
    at += 2 * count + 1;
  }
  const elements = new Map<string, number[][]>();
  const elementLines = lines("Elements");
  for (let at = 1; at < elementLines.length; ) {
    const [dimension, entity, , count] = elementLines[at];
    const rows = elementLines.slice(at + 1, at + 1 + Number(count)).map((line) => line.slice(1).map(Number));
    elements.set(physical.get(`${dimension}-${entity}`)!, rows);
    at += 1 + Number(count);
  }
  return { names: new Map(Array.from(names, ([, name], k) => [name, k])), nodes, elements };
}

const count = (list: Int32Array, value: number) => list.filter((v) => v === value).length;

describe.each(orders)("MSH, order %i", (order) => {
  const mesh: Mesh = meshCircles(row, settings({ order }));
  const read = parse(writeMsh(mesh, electrodes, "plane"));

  it("holds every node with every digit", () => {
    expect(read.nodes.size).toBe(mesh.nodes.length / 2);
    for (const [tag, [x, y, z]] of read.nodes)
      expect([x, y, z]).toEqual([mesh.nodes[2 * tag - 2], mesh.nodes[2 * tag - 1], 0]);
  });

  it("holds every cell in the group of its region", () => {
    const names = ["particle-1", "particle-2", "particle-3", "binder-high", "binder-low"];
    names.forEach((name, region) => {
      expect(read.elements.get(name)!.length).toBe(count(mesh.region, region));
      const first = mesh.region.indexOf(region) * mesh.nodesPerCell;
      expect(read.elements.get(name)![0]).toEqual(
        Array.from(mesh.cells.subarray(first, first + mesh.nodesPerCell), (n) => n + 1),
      );
    });
  });

  it("names the sides and both faces of every interface by class", () => {
    const sideNames = ["collector", "side-right", "separator", "side-left"];
    sideNames.forEach((name, side) => {
      expect(read.elements.get(name)!.length).toBe(count(mesh.boundary.side, side));
    });
    for (const p of [0, 1, 2]) {
      ["high", "low"].forEach((name, b) => {
        const facets = mesh.contact.particle.filter((q, f) => q === p && mesh.contact.binder[f] === b).length;
        const inner = read.elements.get(`interface-particle-${p + 1}-${name}`)!;
        const outer = read.elements.get(`interface-binder-${p + 1}-${name}`)!;
        expect([inner.length, outer.length]).toEqual([facets, facets]);
        inner.forEach((nodes, f) => {
          expect(nodes.length).toBe(order + 1);
          nodes.forEach((node, k) => {
            expect(outer[f][k]).not.toBe(node);
            expect(read.nodes.get(outer[f][k])).toEqual(read.nodes.get(node));
          });
        });
      });
    }
  });
});

describe("MSH of a sphere", () => {
  it("names the axis", () => {
    const read = parse(writeMsh(meshCircles(sphere, settings()), electrodes, "axisymmetric"));
    expect(read.elements.get("axis")!.length).toBeGreaterThan(10);
    expect(read.names.has("side-left")).toBe(false);
  });
});

describe.each(orders)("VTU, order %i", (order) => {
  const mesh: Mesh = meshCircles(row, settings({ order }));
  const displacement = mesh.nodes.map((v) => 1e-3 * v);
  const potential = Float64Array.from({ length: mesh.nodes.length / 2 }, (_, n) =>
    n % 3 === 0 ? Number.NaN : Math.sin(n),
  );
  const stress = Float64Array.from(mesh.region, (r, c) => r * 1e6 + c);
  const name = 'Potential <"&"> [V]';
  const text = writeVtu(
    mesh,
    { Displacement: { components: 2, values: displacement }, [name]: { components: 1, values: potential } },
    { Stress: { components: 1, values: stress } },
  );

  it("comes back in the same bits", () => {
    const read = readVtu(text);
    expect(read.points.filter((_, k) => k % 3 < 2)).toEqual(mesh.nodes);
    expect(read.connectivity).toEqual(mesh.cells);
    expect(read.offsets[1]).toBe(2 * mesh.nodesPerCell);
    expect(new Set(read.types)).toEqual(new Set([order === 1 ? 5 : 22]));
    expect(read.pointData.Displacement).toEqual({ components: 2, values: displacement });
    expect(read.pointData[name]).toEqual({ components: 1, values: potential });
    expect(read.cellData.Stress.values).toEqual(stress);
    expect(read.cellData.Region.values).toEqual(Float64Array.from(mesh.region));
  });

  it("refuses data of the wrong length", () => {
    const short = { components: 1, values: new Float64Array(3) };
    expect(() => writeVtu(mesh, { Short: short }, {})).toThrow(/"Short" has 3 numbers/);
    expect(() => writeVtu(mesh, {}, { Short: short })).toThrow(RangeError);
  });

  it("refuses to read other files", () => {
    expect(() => readVtu("<VTKFile/>")).toThrow(TypeError);
  });
});

describe("an exported mesh", () => {
  const geometry = row;
  const mesh = meshCircles(geometry, settings());
  const area = ({ nodes, cells, region }: Pick<Mesh, "nodes" | "cells" | "region">, least: number) =>
    region.reduce((sum, own, cell) => {
      if (own < least) return sum;
      const [a, b, c] = [0, 1, 2].map((k) => cells[3 * cell + k]);
      const at = (node: number, k: number) => nodes[2 * node + k];
      const [x, y] = [at(b, 0) - at(a, 0), at(b, 1) - at(a, 1)];
      return sum + (x * (at(c, 1) - at(a, 1)) - y * (at(c, 0) - at(a, 0))) / 2;
    }, 0);

  it("of version 2.2 has every node and element once, with its physical group", () => {
    const text = writeMsh(mesh, electrodes, "plane", "2.2");
    expect(text.startsWith("$MeshFormat\n2.2 0 8\n")).toBe(true);
    const lines = (name: string) => text.split(`$${name}\n`)[1].split(`\n$End${name}`)[0].split("\n");
    const [count, ...nodes] = lines("Nodes");
    expect(Number(count)).toBe(mesh.nodes.length / 2);
    expect(nodes.flatMap((line) => line.split(" ").map(Number).slice(1, 3))).toEqual([...mesh.nodes]);
    const [elements, ...all] = lines("Elements").map((line) => line.split(" ").map(Number));
    expect(all).toHaveLength(elements[0]);
    const triangles = all.filter(([, type]) => type === 2);
    expect(triangles).toHaveLength(mesh.region.length);
    const names = new Map(
      lines("PhysicalNames")
        .slice(1)
        .map((line) => [line.split(" ").slice(0, 2).join(" "), line]),
    );
    for (const [, type, tags, physical, entity] of all) {
      expect([tags, physical]).toEqual([2, entity]);
      expect(names.has(`${type === 2 ? 2 : 1} ${physical}`)).toBe(true);
    }
    expect(triangles.filter(([, , , physical]) => physical === 1)).toHaveLength(
      mesh.region.filter((r) => r === 0).length,
    );
  });

  it("in micrometres is a million times as large", () => {
    expect([...inUnit(mesh, "um").nodes]).toEqual([...mesh.nodes.map((x) => x * 1e6)]);
    expect(inUnit(mesh, "m").nodes).toEqual(mesh.nodes);
  });

  it("with the conductor's cells fills the same carbon/binder, each kind on its side of the border", () => {
    const split = withConductorCells(mesh);
    expect(split.region.length).toBeGreaterThan(mesh.region.length);
    const whole = area(mesh, mesh.particles);
    expect(Math.abs(area(split, mesh.particles) / whole - 1)).toBeLessThan(1e-12);
    expect(Math.abs(area(split, 0) / area(mesh, 0) - 1)).toBeLessThan(1e-12);
    expect(split.nodes.subarray(0, mesh.nodes.length)).toEqual(mesh.nodes);
    const poor = (each: Mesh) => area(each, mesh.particles + 1);
    expect(poor(split)).not.toBe(poor(mesh));
    expect(Math.abs(poor(split) / poor(mesh) - 1)).toBeLessThan(0.1);
  });
});
