import { describe, expect, it } from "vitest";
import { spaceOf } from "../../src/fem/assembly/assemble.js";
import { cellValues } from "../../src/fem/assembly/cell-values.js";
import { contactPoints } from "../../src/fem/assembly/contact-points.js";
import { axisymmetric, generalisedPlaneStrain, planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { structuredMesh } from "../../validation/mesh/structured.js";
import { pulledStackDefect, rigidModes, uniformStrainDefect, variants } from "../../validation/patch.js";

describe.each(variants)("patch test, $name", ({ order, kind }) => {
  const coordinates = kind === "plane" ? planeStrain : axisymmetric;

  it("keeps uniform strain on a distorted mesh to 1e-12", () => {
    expect(uniformStrainDefect(order, kind)).toBeLessThan(1e-12);
  });

  it("carries a uniform stress through a stiff interface to 1e-10", () => {
    const { traction, displacement } = pulledStackDefect(order, coordinates);
    expect(traction).toBeLessThan(1e-10);
    expect(displacement).toBeLessThan(1e-10);
  });

  it("has no motion without energy but the rigid ones", () => {
    const { modes, next } = rigidModes(order, kind);
    expect(modes).toBe(kind === "plane" ? 3 : 1);
    expect(next).toBeGreaterThan(1e-4);
  });
});

describe.each([1, 2] as const)("patch test in generalised plane strain, P%d", (order) => {
  it("pulls a stack as a bar that is free to thin along its depth", () => {
    const found = pulledStackDefect(order, generalisedPlaneStrain);
    for (const [what, defect] of Object.entries(found)) expect(defect, what).toBeLessThan(1e-10);
  });
});

describe.each(variants)("interface points, $name", ({ order, kind }) => {
  const mesh = structuredMesh({
    order,
    towards: "right",
    length: 3,
    columns: 4,
    layers: [
      { body: "low", thickness: 1, rows: 2 },
      { body: "particle", thickness: 2, rows: 3 },
      { body: "high", thickness: 1, rows: 2 },
    ],
    distortion: 0.2,
  });
  const space = spaceOf(mesh, kind === "plane" ? planeStrain : axisymmetric);
  const points = contactPoints(space);

  it("have normals out of the particle, also where the interface ends on a wall", () => {
    for (let p = 0; p < points.count; p++) {
      const out = mesh.nodes[2 * points.particleNode[p]] > 2 ? 1 : -1;
      expect([points.normal[2 * p], Math.abs(points.normal[2 * p + 1])]).toEqual([out, 0]);
    }
  });

  it("have weights that sum to the surface, of either carbon/binder", () => {
    const sum = (of: (p: number) => number): number => points.weight.reduce((total, w, p) => total + w * of(p), 0);
    const [left, right] = kind === "plane" ? [3, 3] : [2 * Math.PI * 3, 2 * Math.PI * 9];
    expect(Math.abs(sum(() => 1) / (left + right) - 1)).toBeLessThan(1e-13);
    expect(Math.abs(sum((p) => points.high[p]) / right - 1)).toBeLessThan(1e-13);
  });

  it("pair nodes at the same place", () => {
    points.particleNode.forEach((node, p) => {
      for (const c of [0, 1]) expect(mesh.nodes[2 * node + c]).toBe(mesh.nodes[2 * points.binderNode[p] + c]);
    });
  });
});

describe("a mesh that is tangled", () => {
  it("is refused with the cell and its Jacobian", () => {
    const mesh = structuredMesh({
      order: 1,
      towards: "up",
      length: 1,
      columns: 1,
      layers: [{ body: "high", thickness: 1, rows: 1 }],
    });
    const space = spaceOf(mesh, planeStrain);
    const values = cellValues(space.element, space.quadrature, planeStrain);
    const flipped = Int32Array.of(mesh.cells[0], mesh.cells[2], mesh.cells[1]);
    expect(() => values.move(mesh.nodes, flipped, 0)).toThrow(/cell 0.*Jacobian is -1/);
  });
});
