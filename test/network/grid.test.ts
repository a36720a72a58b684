import { describe, expect, it } from "vitest";
import { multiply } from "../../src/fem/linear/csr.js";
import { laplacian } from "../../src/network/graph/laplacian.js";
import { gridOf } from "../../src/network/model/grid.js";
import { gridFactor } from "../../src/network/model/grid-factor.js";
import { networkParts } from "../../src/network/model/network.js";
import { networkSpec, rowOf } from "./network-spec.js";

const packing = rowOf(3, [0.8, 0.3, 0.5, 0.1, 0.6, 0.4]);
const { graph } = networkParts(networkSpec(packing));
const particles = packing.radius.length;
const scale = Math.max(...graph.conductance);
/** What is drawn is a tenth of what is carried, and not symmetric. */
const blocks = Float64Array.from(
  { length: 4 * particles },
  (_, e) => 0.1 * scale * [1, -0.2, -0.15, 0.7][e % 4] * (1 + e / 40),
);
const rhs = Float64Array.from({ length: graph.nodes }, (_, a) => (a === graph.collector ? 0 : Math.sin(3 * a)));

/** (L + B) z */
function product(conductance: Float64Array, z: Float64Array): Float64Array {
  const out = new Float64Array(graph.nodes);
  multiply(laplacian({ ...graph, conductance }), z, out);
  for (let e = 0; e < 4 * particles; e++) out[2 * (e >> 2) + ((e >> 1) & 1)] += blocks[e] * z[2 * (e >> 2) + (e & 1)];
  return out;
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const apart = (a: Float64Array, b: Float64Array): number => largest(a.map((value, i) => value - b[i])) / largest(b);

describe("a factor of the graph without some edges", () => {
  const left = Uint8Array.from(graph.from, (_, e) => Number(graph.to[e] !== graph.collector && e % 3 === 0));
  const others = graph.conductance.map((g, e) => g * (1 - 0.05 * (e % 7)));

  it.each([
    ["the conductances it was made of", graph.conductance],
    ["others", others],
  ])("multiplies by the whole graph, with %s", (_, conductance) => {
    expect(left.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(2);
    const factor = gridFactor(packing, graph, left);
    factor.conduct(conductance);
    expect(factor.holds(false)).toBe(false);
    // It holds other blocks than it multiplies by.
    expect(
      factor.renew(
        blocks.map((value) => 1.1 * value),
        false,
      ),
    ).toBe(true);
    const z = rhs.slice();
    factor.solve(z);
    const out = new Float64Array(graph.nodes);
    factor.multiply(blocks, rhs, z, out);
    expect(apart(out, product(conductance, z))).toBeLessThan(1e-12);
  });
});

describe("a ladder of resistors, each rung two in parallel and two in series", () => {
  it("takes at the collector what the continued fraction says", () => {
    const rungs = Array.from({ length: particles }, (_, k) => k);
    const pairs = rungs.flatMap((k) => [
      [2 * k, 2 * k + 1, 0.3 + 0.1 * k],
      [2 * k, k + 1 === particles ? 2 * particles : 2 * (k + 1), 1 + 0.2 * k],
    ]);
    const ladder = {
      nodes: 2 * particles + 1,
      collector: 2 * particles,
      from: Int32Array.from(pairs, ([from]) => from),
      to: Int32Array.from(pairs, ([, to]) => to),
      conductance: Float64Array.from(pairs, ([, , g]) => g),
    };
    const drawn = Float64Array.from({ length: 4 * particles }, (_, e) => [0.2, 0, 0, 0.5][e % 4]);
    const factor = gridFactor(packing, ladder, new Uint8Array(pairs.length));
    expect(factor.renew(drawn, false)).toBe(true);
    const potential = new Float64Array(ladder.nodes);
    potential[ladder.collector] = 7;
    factor.solve(potential);
    const series = (a: number, b: number): number => (a * b) / (a + b);
    const taken = rungs.reduce((before, k) => series(1 + 0.2 * k, before + 0.2 + series(0.3 + 0.1 * k, 0.5)), 0);
    expect(Math.abs((potential[ladder.collector] * taken) / 7 - 1)).toBeLessThan(1e-12);
  });
});

describe("a grid", () => {
  it.each([
    ["a current", false],
    ["a held voltage", true],
  ])("is solved under %s, with what the electrolyte takes back", (_, heldVoltage) => {
    const grid = gridOf(packing, graph, new Float64Array(2 * particles).fill(0.1 * scale));
    const takeBack = (z: Float64Array, out: Float64Array): void => {
      for (let a = 0; a < graph.collector; a++) out[a] -= 0.02 * scale * z[a];
    };
    const [out, left] = [new Float64Array(graph.nodes), rhs.slice()];
    const enough = (residual: Float64Array): boolean => largest(residual) < 1e-13;
    expect(grid.solveFor({ blocks, takeBack }, heldVoltage, left, out, enough)).toBe("solved");
    const found = product(graph.conductance, out);
    takeBack(out, found);
    if (heldVoltage) found[graph.collector] = out[graph.collector];
    expect(apart(found, rhs)).toBeLessThan(1e-11);
  });

  it("lets the whole current in at the collector, whatever the conductances", () => {
    const grid = gridOf(packing, graph, new Float64Array(2 * particles));
    const conductance = graph.conductance.map((g, e) => g * (1 - 0.05 * (e % 7)));
    grid.conduct(conductance);
    const [potential, out, again] = [rhs.slice(), new Float64Array(graph.nodes), new Float64Array(graph.nodes)];
    grid.carried(potential, out);
    grid.collect(potential, 3 * scale, out);
    multiply(laplacian({ ...graph, conductance }), potential, again);
    expect(apart(out, again)).toBeLessThan(1e-12);
    expect(Math.abs(again[graph.collector] / (3 * scale) - 1)).toBeLessThan(1e-12);
  });
});
