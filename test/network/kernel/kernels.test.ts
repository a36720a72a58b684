import { describe, expect, it } from "vitest";
import { butlerVolmer } from "../../../src/fem/law/butler-volmer.js";
import { cycles } from "../../../src/fem/law/fatigue/cycles.js";
import { accumulate } from "../../../src/fem/law/fatigue/fatigue.js";
import { multiply } from "../../../src/fem/linear/csr.js";
import { laplacian } from "../../../src/network/graph/laplacian.js";
import { damageGrowth } from "../../../src/network/kernel/damage-growth.js";
import { graphProduct, graphRows } from "../../../src/network/kernel/graph-product.js";
import { interfaceKinetics } from "../../../src/network/kernel/interface-kinetics.js";
import { factorTwisted, radialSolve, twistedFactors } from "../../../src/network/kernel/radial-solve.js";
import { radialMesh, radialMode } from "../../../src/network/model/radial.js";
import { devices, pointwiseError, relativeError } from "./device.js";

/** Repeatable numbers in (0, 1). */
function drawn(length: number, seed: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) => Math.abs(Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453) % 1,
  );
}

/** Threads enough for gpu.js to share them out among its workers, and not a multiple of four. */
const many = 4099;
const thermal = 0.0257;
const ohm = (u: number): number => (u < 0.1 ? 0 : 10 ** (8 * u - 8));

describe.each(await devices())("kernels of gpu.js on $name", ({ mode, device }) => {
  const here = device === null ? it.skip : it;

  here("solves the radial systems of all particles and both modes", async () => {
    const particles = 401;
    const mesh = radialMesh(3, 0.04, 1.25, 0.16);
    const charge = Float64Array.from(drawn(particles, 1), (u) => 1e-6 * (1 + 9 * u));
    const scales = { charge, diffusion: charge.map((c) => 4e-4 * c) };
    const modes = [
      radialMode(mesh, { ...scales, around: new Float64Array(particles) }, false),
      radialMode(mesh, { ...scales, around: new Float64Array(particles).fill(2) }, true),
    ];
    const shape = { nodes: mesh.nodes, particles, modes: 2 };
    const factors = twistedFactors(shape);
    const rhs = drawn(2 * mesh.nodes * particles, 2).map((u) => 1e-9 * (u - 0.5));
    const solver = radialSolve(device!, shape);
    const found = new Float32Array(rhs.length);
    const half = rhs.length / 2;
    for (const a0 of [1e-3, 0.1, 10]) {
      const exact = Float64Array.from(rhs);
      modes.forEach((one, m) => {
        one.factor(a0);
        factorTwisted(shape, m, one.matrices, factors);
        const own = exact.subarray(m * half, (m + 1) * half);
        one.solve(own, own);
      });
      await solver.take(factors);
      await solver.solve(rhs, found);
      expect(solver.ran()).toEqual({ mode });
      for (const m of [0, 1]) {
        const own = [found, exact].map((all) => all.subarray(m * half, (m + 1) * half));
        expect(relativeError(own[0], own[1])).toBeLessThan(1e-6);
      }
    }
  });

  here("is not cut short on radii of more nodes than gpu.js loops by itself", async () => {
    const mesh = radialMesh(2, 0.0008, 1, 0.0008);
    expect(mesh.nodes).toBeGreaterThan(1200);
    const one = Float64Array.of(1);
    const mode = radialMode(mesh, { charge: one, diffusion: one, around: Float64Array.of(0) }, false);
    mode.factor(50);
    const shape = { nodes: mesh.nodes, particles: 1, modes: 1 };
    const factors = twistedFactors(shape);
    factorTwisted(shape, 0, mode.matrices, factors);
    const rhs = new Float32Array(mesh.nodes).fill(1, 0, 1);
    const solver = radialSolve(device!, shape);
    await solver.take(factors);
    const found = new Float32Array(mesh.nodes);
    await solver.solve(rhs, found);
    const exact = Float64Array.from(rhs);
    mode.solve(exact, exact);
    expect(pointwiseError(found, exact)).toBeLessThan(1e-3);
  });

  here("refuses what single precision cannot count", () => {
    expect(() => radialSolve(device!, { nodes: 2, particles: 2 ** 24 + 1, modes: 1 })).toThrow(/2\^24/);
  });

  here("gives current and slopes of the reaction with and without a film", async () => {
    const drive = drawn(many, 3).map((u) => 0.6 * (u - 0.5));
    const exchange = drawn(many, 4).map((u) => 10 ** (4 * u - 2));
    const film = drawn(many, 5).map(ohm);
    const exact = new Float64Array(3 * many);
    const at = { current: 0, conductance: 0, exchangeSlope: 0 };
    for (let p = 0; p < many; p++) {
      butlerVolmer(drive[p], exchange[p], film[p], thermal, Number.NaN, at);
      [at.current, at.conductance, at.exchangeSlope].forEach((value, row) => {
        exact[row * many + p] = value;
      });
    }
    const kinetics = interfaceKinetics(device!, many);
    const found = new Float32Array(3 * many);
    await kinetics.evaluate({ drive, exchange, film }, thermal, found);
    expect(kinetics.ran()).toEqual({ mode });
    expect(pointwiseError(found, exact)).toBeLessThan(2e-6);
  });

  here("lets damage grow as the law of fatigue does", async () => {
    const parameters = { perLoading: 0.5, exponent: 2, threshold: 0.3, referenceTraction: 1e7, shearWeight: 0.7 };
    const law = cycles.law(parameters);
    const damage = drawn(many, 6);
    const levelOld = drawn(many, 7);
    const normalTraction = drawn(many, 8).map((u) => 4e7 * (u - 0.3));
    const shearTraction = drawn(many, 9).map((u) => 1e7 * u);
    const exact = new Float64Array(2 * many);
    for (let p = 0; p < many; p++) {
      exact[p] = law.level(normalTraction[p], shearTraction[p]);
      const grown = law.growth(levelOld[p], exact[p], 1);
      exact[many + p] = (1 - damage[p]) * -Math.expm1(-grown);
      if (damage[p] < 0.1) expect(accumulate(damage[p], grown)).toBe(damage[p] + exact[many + p]);
    }
    const found = new Float32Array(2 * many);
    const growth = damageGrowth(device!, many, parameters);
    await growth.evaluate({ damage, levelOld, normalTraction, shearTraction }, found);
    expect(growth.ran()).toEqual({ mode });
    expect(relativeError(found.subarray(0, many), exact.subarray(0, many))).toBeLessThan(1e-6);
    expect(relativeError(found.subarray(many), exact.subarray(many))).toBeLessThan(1e-6);
  });

  here("multiplies the conduction graph, on a common level too", async () => {
    const graph = ringGraph(2 * 2050 + 1);
    const level = 4;
    const potential = drawn(graph.nodes, 10).map((u) => level + 1e-2 * u);
    const exact = new Float64Array(graph.nodes);
    multiply(laplacian(graph), Float64Array.from(potential), exact);
    const product = await graphProduct(device!, graphRows(graph));
    const found = new Float64Array(graph.nodes);
    await product.multiply(potential, found);
    expect(product.ran()).toEqual({ mode });
    const { collector } = graph;
    expect(relativeError(found.subarray(0, collector), exact.subarray(0, collector))).toBeLessThan(1e-6);
    expect(Math.abs(found[collector] / exact[collector] - 1)).toBeLessThan(1e-5);
  });
});

/** Every node with its next three around a ring, and every tenth with the collector, which is the last. */
function ringGraph(nodes: number) {
  const [from, to, conductance]: [number[], number[], number[]] = [[], [], []];
  const collector = nodes - 1;
  const add = (a: number, b: number): void => {
    from.push(Math.min(a, b));
    to.push(Math.max(a, b));
    conductance.push(1 + Math.sin(a + 3 * b) / 2);
  };
  for (let i = 0; i < collector; i++) {
    for (const step of [1, 2, 3]) add(i, (i + step) % collector);
    if (i % 10 === 0) add(i, collector);
  }
  return {
    nodes,
    collector,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    conductance: Float64Array.from(conductance),
  };
}
