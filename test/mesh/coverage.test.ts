import { describe, expect, it } from "vitest";
import {
  evenPatches,
  facingArc,
  isHigh,
  measuredCoverage,
  randomPatches,
  sphereBand,
} from "../../src/fem/mesh/coverage.js";
import type { Arc, Geometry } from "../../src/fem/mesh/geometry.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";
import { row, settings, sphere, uneven } from "./geometries.js";

const withArcs = (geometry: Geometry, arcs: readonly Arc[]): Geometry => ({
  ...geometry,
  particles: geometry.particles.map((particle) => ({ ...particle, high: arcs })),
});
const measured = (geometry: Geometry, arcs: readonly Arc[]) =>
  Array.from(measuredCoverage(meshCircles(withArcs(geometry, arcs), settings()), geometry.kind));
const total = (arcs: readonly Arc[]) => arcs.reduce((sum, arc) => sum + arc.to - arc.from, 0) / (2 * Math.PI);
const fractions = [0, 0.1, 0.37, 0.5, 0.9, 1];

describe("patches on circles", () => {
  it.each(fractions)("cover exactly %f of the outline", (fraction) => {
    for (const arcs of [facingArc(fraction, 0.3), evenPatches(fraction, 5, 1), randomPatches(fraction, 4, 7)]) {
      expect(Math.abs(total(arcs) - fraction)).toBeLessThan(1e-14);
      for (const arc of arcs) {
        expect(arc.to).toBeGreaterThan(arc.from);
        expect(arc.to - arc.from).toBeLessThanOrEqual(2 * Math.PI);
      }
    }
  });

  it("face the direction asked for", () => {
    const arcs = facingArc(0.25, Math.PI / 2);
    expect(isHigh(arcs, Math.PI / 2)).toBe(true);
    expect(isHigh(arcs, Math.PI / 4 + 0.01)).toBe(true);
    expect(isHigh(arcs, Math.PI / 4 - 0.01)).toBe(false);
    expect(isHigh(arcs, -Math.PI / 2)).toBe(false);
    expect(isHigh(facingArc(0.5, Math.PI), -Math.PI)).toBe(true);
  });

  it("at random do not overlap, differ by seed, and repeat for a seed", () => {
    const arcs = randomPatches(0.6, 6, 11);
    for (let k = 1; k < 6; k++) expect(arcs[k].from).toBeGreaterThan(arcs[k - 1].to);
    expect(arcs[0].from + 2 * Math.PI).toBeGreaterThan(arcs[5].to);
    expect(randomPatches(0.6, 6, 11)).toEqual(arcs);
    expect(randomPatches(0.6, 6, 12)).not.toEqual(arcs);
  });

  it.each([-0.1, 1.1, Number.NaN])("refuse a coverage of %f", (fraction) => {
    expect(() => facingArc(fraction, 0)).toThrow(/allowed is 0 to 1/);
    expect(() => sphereBand(fraction, "top")).toThrow(RangeError);
  });

  it("refuse a broken number of patches", () => {
    expect(() => evenPatches(0.5, 0, 0)).toThrow(/number of patches is 0/);
    expect(() => randomPatches(0.5, 1.5, 1)).toThrow(RangeError);
    expect(() => randomPatches(0.5, 2, 0.5)).toThrow(/seed/);
  });
});

describe("coverage measured on the mesh", () => {
  it.each(fractions)("is %f within a facet for each patch", (fraction) => {
    for (const count of [1, 3]) {
      measured(row, evenPatches(fraction, count, 0.2)).forEach((coverage) => {
        expect(Math.abs(coverage - fraction)).toBeLessThanOrEqual(
          fraction === 0 || fraction === 1 ? 1e-12 : count / 64,
        );
      });
    }
    const random = randomPatches(fraction, 3, 5);
    for (const coverage of measured(uneven, random)) expect(Math.abs(coverage - fraction)).toBeLessThan(3 / 40 + 1e-12);
  });

  it.each(["wall", "bottom", "top"] as const)("is the share of a sphere's area for a band facing %s", (facing) => {
    for (const fraction of fractions) {
      const [coverage] = measured(sphere, sphereBand(fraction, facing));
      const facet = facing === "wall" ? (2 * Math.PI) / 64 : Math.PI / 64;
      expect(Math.abs(coverage - fraction)).toBeLessThanOrEqual(fraction === 0 || fraction === 1 ? 1e-12 : facet);
    }
  });

  it("is mirror symmetric for a symmetric patch", () => {
    const mesh = meshCircles(withArcs(row, facingArc(0.3, Math.PI / 2)), settings());
    const labels = Array.from(mesh.contact.binder.subarray(0, 64));
    expect(labels.map((_, f) => labels[(31 - f + 64) % 64])).toEqual(labels);
    expect(labels[16]).toBe(0);
  });

  it("gives a facet the class of its middle's direction, however skew the cell behind it", () => {
    const arcs = randomPatches(0.5, 20, 3);
    const { nodes, contact } = meshCircles(withArcs(uneven, arcs), settings());
    for (let f = 0; f < contact.particle.length; f++) {
      const [a, b] = [contact.particleNodes[2 * f], contact.particleNodes[2 * f + 1]];
      const { x, y } = uneven.particles[contact.particle[f]];
      const angle = Math.atan2(nodes[2 * a + 1] + nodes[2 * b + 1] - 2 * y, nodes[2 * a] + nodes[2 * b] - 2 * x);
      expect(contact.binder[f]).toBe(isHigh(arcs, angle) ? 0 : 1);
    }
  });

  it("labels each carbon/binder cell by the nearest surface", () => {
    const arcs = facingArc(0.4, 0);
    const mesh = meshCircles(withArcs(uneven, arcs), settings());
    const behind = new Set(mesh.contact.binderNodes);
    let seen = 0;
    for (let c = 0; c < mesh.region.length; c++) {
      const nodes = Array.from(mesh.cells.subarray(3 * c, 3 * c + 3));
      if (mesh.region[c] < mesh.particles || nodes.some((node) => behind.has(node))) continue;
      const x = nodes.reduce((s, n) => s + mesh.nodes[2 * n], 0) / 3;
      const y = nodes.reduce((s, n) => s + mesh.nodes[2 * n + 1], 0) / 3;
      const gaps = uneven.particles.map((p) => Math.hypot(x - p.x, y - p.y) - p.radius);
      const near = uneven.particles[gaps.indexOf(Math.min(...gaps))];
      const high = Math.abs(Math.atan2(y - near.y, x - near.x)) <= 0.4 * Math.PI;
      expect(mesh.region[c] - mesh.particles).toBe(high ? 0 : 1);
      seen++;
    }
    expect(seen).toBeGreaterThan(100);
  });
});
