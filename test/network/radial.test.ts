import { describe, expect, it } from "vitest";
import { radialMesh, radialMode } from "../../src/network/model/radial.js";
import { expectNear } from "../law/tolerance.js";

/** First root of J₁′ and of j₁′: decay of the first harmonic in a closed disk and sphere, D x²/R². */
const harmonic = { 2: 1.8411837813406593, 3: 2.081575977818101 } as const;

/** Slowest decay rate of a mode, by inverse iteration on K s = μ M s. */
function slowestDecay(dimension: 2 | 3, edge: number): number {
  const mesh = radialMesh(dimension, edge, 1, edge);
  const one = (value: number) => Float64Array.of(value);
  // λ/(4θ(1 − θ)) at θ = ½
  const scales = { charge: one(1), diffusion: one(1), around: one(dimension - 1) };
  const mode = radialMode(mesh, scales, true);
  // shifted by one, so that the pinned centre has a pivot
  mode.factor(1);
  const s = Float64Array.from(mesh.place);
  const stored = new Float64Array(mesh.nodes);
  let rate = 0;
  for (let round = 0; round < 30; round++) {
    mode.store(s, stored);
    mode.solve(stored, s);
    const size = s[mesh.nodes - 1];
    rate = 1 / size - 1;
    for (let j = 0; j < s.length; j++) s[j] /= size;
  }
  return rate;
}

describe("the difference between the covered half of a particle and the other", () => {
  it.each([2, 3] as const)("decays as the first harmonic does in %i-D, with second order in the edges", (dimension) => {
    const exact = harmonic[dimension] ** 2;
    const [coarse, fine] = [0.04, 0.02].map((edge) => Math.abs(slowestDecay(dimension, edge) / exact - 1));
    expect(fine).toBeLessThan(1e-3);
    expect(coarse / fine).toBeGreaterThan(3);
  });
});

describe("the radial mesh", () => {
  it.each([2, 3] as const)("has weights that sum to the volume in %i-D", (dimension) => {
    const { content, mass, stiffness, nodes } = radialMesh(dimension, 0.01, 1.2, 0.1);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    expectNear(sum(content), 1 / dimension, 1e-12);
    expectNear(sum(mass.diagonal) + 2 * sum(mass.next), 1 / dimension, 1e-12);
    // a line has the gradient 1 everywhere, and constants have none
    expect(Math.abs(stiffness.diagonal[0] + stiffness.next[0])).toBeLessThan(1e-12);
    expect(stiffness.diagonal.length).toBe(nodes);
  });
});
