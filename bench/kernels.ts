/**
 * Milliseconds of each kernel of gpu.js on each backend that this machine has, against the plain loop in double precision, and
 * what they do to a network's step.
 *   node --import tsx bench/kernels.ts [largest number of particles, 1e5]
 * A call takes arrays from the solver and gives arrays back: sending them is part of it, factors and graph aside.
 */
import { butlerVolmer } from "../src/fem/law/butler-volmer.js";
import { cycles } from "../src/fem/law/fatigue/cycles.js";
import { product } from "../src/fem/linear/product.js";
import { type KernelDevice, type KernelMode, kernelModes, openDevice } from "../src/kernel/device.js";
import { laplacian } from "../src/network/graph/laplacian.js";
import { damageGrowth } from "../src/network/kernel/damage-growth.js";
import { graphProduct, graphRows } from "../src/network/kernel/graph-product.js";
import { interfaceKinetics } from "../src/network/kernel/interface-kinetics.js";
import { radialKernels } from "../src/network/kernel/radial-kernels.js";
import { factorTwisted, radialSolve, twistedFactors } from "../src/network/kernel/radial-solve.js";
import type { ModeSolving } from "../src/network/model/mode-solver.js";
import { radialMesh, radialMode } from "../src/network/model/radial.js";
import { loadScenario } from "../src/scenario/load.js";
import type { Scenario } from "../src/scenario/scenario.js";
import { startSimulation } from "../src/study/simulation.js";

const largest = Number(process.argv[2] ?? 1e5);
/** Of a particle, as in the networks shipped. */
const points = 8;
const mesh = radialMesh(3, 0.04, 1.25, 0.16);

/** A kernel at one size: the plain loop, and a call on a device. */
interface Case {
  readonly name: string;
  readonly loop: () => void;
  readonly on: (device: KernelDevice) => Promise<() => Promise<void>>;
}

const drawn = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.abs(Math.sin((i + 1) * 12.9898 + seed * 78.233) * 43758.5453) % 1);

function radial(particles: number): Case {
  const charge = Float64Array.from(drawn(particles, 1), (u) => 1e-6 * (1 + 9 * u));
  const scales = { charge, diffusion: charge.map((c) => 4e-4 * c), around: new Float64Array(particles).fill(2) };
  const modes = [radialMode(mesh, scales, false), radialMode(mesh, scales, true)];
  for (const mode of modes) mode.factor(0.1);
  const shape = { nodes: mesh.nodes, particles, modes: 2 };
  const rhs = drawn(2 * mesh.nodes * particles, 2);
  const exact = Float64Array.from(rhs);
  const solved = new Float64Array(rhs.length);
  const half = rhs.length / 2;
  return {
    name: "radial systems",
    loop: () => {
      for (const [m, mode] of modes.entries()) {
        mode.solve(exact.subarray(m * half, (m + 1) * half), solved.subarray(m * half, (m + 1) * half));
      }
    },
    on: async (device) => {
      const factors = twistedFactors(shape);
      for (const [m, { matrices }] of modes.entries()) factorTwisted(shape, m, matrices, factors);
      const solver = radialSolve(device, shape);
      await solver.take(factors);
      const out = new Float32Array(rhs.length);
      return () => solver.solve(rhs, out);
    },
  };
}

function kinetics(particles: number): Case {
  const n = points * particles;
  const drive = drawn(n, 3).map((u) => 0.2 * (u - 0.5));
  const exchange = drawn(n, 4).map((u) => 0.1 + u);
  const film = drawn(n, 5).map((u) => 1e-3 * u);
  const [d, i, f] = [drive, exchange, film].map((values) => Float64Array.from(values));
  const [current, conductance, slope] = [d, d, d].map((values) => new Float64Array(values.length));
  const at = { current: 0, conductance: 0, exchangeSlope: 0 };
  return {
    name: "reaction",
    loop: () => {
      for (let p = 0; p < n; p++) {
        butlerVolmer(d[p], i[p], f[p], 0.0257, Number.NaN, at);
        current[p] = at.current;
        conductance[p] = at.conductance;
        slope[p] = at.exchangeSlope;
      }
    },
    on: async (device) => {
      const kernel = interfaceKinetics(device, n);
      const out = new Float32Array(3 * n);
      return () => kernel.evaluate({ drive, exchange, film }, 0.0257, out);
    },
  };
}

function fatigue(particles: number): Case {
  const n = points * particles;
  const parameters = { perLoading: 0.5, exponent: 2, threshold: 0.3, referenceTraction: 1e7, shearWeight: 0.7 };
  const law = cycles.law(parameters);
  const [damage, levelOld] = [drawn(n, 6), drawn(n, 7)];
  const [normalTraction, shearTraction] = [drawn(n, 8).map((u) => 3e7 * u), drawn(n, 9).map((u) => 1e6 * u)];
  const [d, l, t, s] = [damage, levelOld, normalTraction, shearTraction].map((values) => Float64Array.from(values));
  const [level, growth] = [new Float64Array(n), new Float64Array(n)];
  return {
    name: "fatigue",
    loop: () => {
      for (let p = 0; p < n; p++) {
        level[p] = law.level(t[p], s[p]);
        growth[p] = -(1 - d[p]) * Math.expm1(-law.growth(l[p], level[p], 12));
      }
    },
    on: async (device) => {
      const kernel = damageGrowth(device, n, parameters);
      const out = new Float32Array(2 * n);
      return () => kernel.evaluate({ damage, levelOld, normalTraction, shearTraction }, out);
    },
  };
}

/** Two nodes a particle, about seven neighbours each as the packings have, every fiftieth at the collector. */
function graph(particles: number): Case {
  const nodes = 2 * particles + 1;
  const [from, to]: [number[], number[]] = [[], []];
  const collector = nodes - 1;
  for (let i = 0; i < collector; i++) {
    const next = [1, 7, 61, 400].map((step) => i + step).filter((node) => node < collector);
    for (const node of i % 50 === 0 ? [...next, collector] : next) {
      from.push(i);
      to.push(node);
    }
  }
  const conductance = Float64Array.from(from, (_, e) => 1 + Math.sin(e) / 2);
  const own = { nodes, collector, from: Int32Array.from(from), to: Int32Array.from(to), conductance };
  const compiled = product(laplacian(own));
  const potential = drawn(nodes, 10);
  const [x, out] = [Float64Array.from(potential), new Float64Array(nodes)];
  return {
    name: "graph product",
    loop: () => compiled.multiply(x, out),
    on: async (device) => {
      const kernel = await graphProduct(device, graphRows(own));
      const found = new Float64Array(nodes);
      return () => kernel.multiply(potential, found);
    },
  };
}

/** ms a step over the first steps of a shipped network; `solving` the loops unless given. */
function step(scenario: Scenario, solving?: ModeSolving): string {
  const simulation = startSimulation(scenario, undefined, { ...(solving && { modeSolving: solving }) });
  const began = performance.now();
  let steps = 0;
  for (let next = simulation.advance(); "verb" in next && steps < 60; next = simulation.advance()) steps = next.step;
  return ((performance.now() - began) / steps).toFixed(1);
}

function stepOn(scenario: Scenario, mode: KernelMode): string {
  try {
    const kernels = radialKernels(mode);
    const taken = step(scenario, kernels.solving);
    kernels.close();
    return taken;
  } catch (error) {
    return `– (${(error as Error).message.slice(0, 60)})`;
  }
}

/** Median ms of as many calls as half a second holds, five at least. */
async function median(call: () => void | Promise<void>): Promise<number> {
  const taken: number[] = [];
  await call();
  await call();
  for (const began = performance.now(); taken.length < 5 || (performance.now() - began < 500 && taken.length < 200); ) {
    const start = performance.now();
    await call();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[taken.length >> 1];
}

async function onDevice({ on }: Case, mode: KernelMode): Promise<string> {
  let device: KernelDevice | undefined;
  try {
    device = await openDevice(mode);
    return (await median(await on(device))).toFixed(3);
  } catch (error) {
    return `– (${(error as Error).message.split("\n")[0].slice(0, 60)})`;
  } finally {
    await device?.close();
  }
}

console.log(`| kernel | particles | loop, ms | ${kernelModes.map((mode) => `${mode}, ms`).join(" | ")} |`);
console.log("|---|---|---|---|---|---|");
for (const make of [radial, kinetics, fatigue, graph]) {
  for (let particles = 1e3; particles <= largest; particles *= 10) {
    const one = make(particles);
    const loop = (await median(async () => one.loop())).toFixed(3);
    const times: string[] = [];
    for (const mode of kernelModes) times.push(await onDevice(one, mode));
    console.log(`| ${one.name} | ${particles} | ${loop} | ${times.join(" | ")} |`);
  }
}

console.log(`| network | loops, ms a step | ${kernelModes.map((mode) => `${mode}, ms`).join(" | ")} |`);
console.log("|---|---|---|---|---|");
for (const name of ["network-100", "network-1000"]) {
  const scenario = loadScenario(`scenarios/${name}.yaml`);
  step(scenario);
  const times = [step(scenario), ...kernelModes.map((mode) => stepOn(scenario, mode))];
  console.log(`| ${name} | ${times.join(" | ")} |`);
}
