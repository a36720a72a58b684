/**
 * Time of a step against mesh size and number of particles, and where it goes.
 *   node --import tsx bench/step.ts            (after npm run kernels)
 */
import type { Mesh } from "../src/fem/mesh/mesh.js";
import { meshCircles } from "../src/fem/mesh/triangulation.js";
import { prepareCathode } from "../src/fem/model/prepared-cathode.js";
import { initialState, stepped } from "../src/fem/model/run-state.js";
import { takeStep } from "../src/fem/model/stepping.js";
import { nextStep } from "../src/fem/time/step-size.js";
import { cathodeSpec } from "../src/study/simulation.js";
import { variant } from "../validation/simulated-run.js";

interface Measured {
  readonly particles: number;
  readonly nodes: number;
  /** ms */
  readonly step: number;
  /** ms a step: triangular solves, as many as the step took, timed by themselves. */
  readonly solves: number;
  readonly iterations: readonly [number, number];
  readonly factorings: readonly [number, number];
}

/** Mean over the steps of the first charge, the ramp included. */
function measure(changes: Record<string, unknown>, steps: number): Measured {
  const scenario = variant("three-particles", changes);
  const mesh: Mesh = meshCircles(scenario.geometry, scenario.solver.mesh);
  const prepared = prepareCathode({ ...cathodeSpec(scenario), mesh });
  let state = initialState(prepared);
  const instruction = prepared.spec.protocol.steps[0];
  const iterations = [0, 0];
  const factorings = [0, 0];
  const began = performance.now();
  for (let k = 0; k < steps; k++) {
    const solved = takeStep(prepared, state, instruction);
    if (!solved.ok) throw new Error(solved.reason);
    const { trial, length, size } = solved;
    for (const part of [0, 1]) {
      iterations[part] += trial.iterations[part] / steps;
      factorings[part] += trial.factorings[part] / steps;
    }
    const next = stepped(state, length, { ...trial, ledger: state.ledger, stress: state.stress });
    state = { ...next, h: nextStep(size, trial.error, trial.order, state.sizes) };
  }
  const step = (performance.now() - began) / steps;
  const alone = [prepared.electrochemistry, prepared.mechanics].map((system) => {
    const [from, out] = [new Float64Array(system.unknowns).fill(1e-9), new Float64Array(system.unknowns)];
    return median(() => system.correct(from, out));
  });
  return {
    particles: mesh.particles,
    nodes: mesh.nodes.length / 2,
    step,
    solves: iterations[0] * alone[0] + iterations[1] * alone[1],
    iterations: [iterations[0], iterations[1]],
    factorings: [factorings[0], factorings[1]],
  };
}

/** ms */
function median(run: () => void): number {
  const times = Array.from({ length: 31 }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[15];
}

function line(m: Measured): string {
  const numbers = [m.step, m.solves, m.step / m.solves, ...m.iterations, ...m.factorings];
  return `| ${m.particles} | ${m.nodes} | ${numbers.map((value) => value.toFixed(2)).join(" | ")} |`;
}

function exponent(rows: readonly Measured[], size: (m: Measured) => number): string {
  const [a, b] = [rows[0], rows[rows.length - 1]];
  return (Math.log(b.step / a.step) / Math.log(size(b) / size(a))).toFixed(2);
}

const header =
  "| particles | nodes | step, ms | solves in it, ms | ratio | iterations EC | mech | factorings EC | mech |";
const meshes = [0.33, 0.2, 0.14, 0.1, 0.066, 0.0515].map((size) =>
  measure({ solver: { mesh: { interfaceSize: `${size} um`, growth: 0.2, largestSize: `${4 * size} um` } } }, 60),
);
console.log(`${header}\n${"|---".repeat(9)}|\n${meshes.map(line).join("\n")}`);
console.log(`time per step ~ nodes^${exponent(meshes, (m) => m.nodes)}\n`);
const networks = [
  [3, 1],
  [4, 3],
  [6, 4],
  [8, 6],
].map(([columns, rows]) => {
  const fractions = Array.from({ length: columns * rows }, (_, k) => [0.9, 0.5, 0.1][k % 3]);
  return measure(
    { geometry: { lattice: { columns, rows, radius: "5 um", clearance: "6 um" } }, coverage: { fractions } },
    40,
  );
});
console.log(`${header}\n${"|---".repeat(9)}|\n${networks.map(line).join("\n")}`);
console.log(`time per step ~ particles^${exponent(networks, (m) => m.particles)}`);
