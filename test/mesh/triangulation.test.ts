import { describe, expect, it } from "vitest";
import type { Geometry, MeshSettings } from "../../src/fem/mesh/geometry.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";

const row: Geometry = {
  kind: "plane",
  width: 48e-6,
  height: 22e-6,
  particles: [8e-6, 24e-6, 40e-6].map((x) => ({ x, y: 11e-6, radius: 5e-6, high: [{ from: -2, to: 2 }] })),
};
const settings: MeshSettings = { order: 1, interfaceSize: 0.5e-6, growth: 0.25, largestSize: 1.2e-6 };

describe("meshCircles", () => {
  it("pairs coincident surface nodes", () => {
    const mesh = meshCircles(row, settings);
    expect(mesh.contact.particle.length).toBe(3 * 64);
    mesh.contact.particleNodes.forEach((node, i) => {
      const twin = mesh.contact.binderNodes[i];
      expect(twin).not.toBe(node);
      expect([mesh.nodes[2 * twin], mesh.nodes[2 * twin + 1]]).toEqual([
        mesh.nodes[2 * node],
        mesh.nodes[2 * node + 1],
      ]);
    });
  });
});
