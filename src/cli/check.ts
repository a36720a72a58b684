import { Command } from "commander";
import { coordinatesOf } from "../fem/coordinates/coordinates.js";
import { estimateNodes } from "../fem/mesh/geometry-check.js";
import { jsonText } from "../folder/json-file.js";
import { networkUnknowns } from "../network/model/network-unknowns.js";
import { radialMesh } from "../network/model/radial.js";
import { expectedDuration } from "../result/field-files.js";
import { readScenario } from "../scenario/load.js";
import { reachWarnings } from "../scenario/reach.js";
import type { NetworkChoice, ProtocolStep, Scenario } from "../scenario/scenario.js";
import { solidFraction } from "../space/packing.js";
import { mean } from "../statistics/mean.js";
import { isFitFile, readFit } from "../study/fit/load.js";
import { stretchOf } from "../study/simulation.js";
import { isSweepFile, readSweep } from "../study/sweep/load.js";
import { sweepCost, toldSweep } from "./check-sweep.js";
import { checkedFit, toldFitFile } from "./fit.js";
import type { Terminal } from "./terminal.js";

/** What a run would cost, to about a factor of two. */
export interface Cost {
  readonly particles: number;
  readonly nodes: number;
  readonly unknowns: number;
  readonly instructions: number;
  readonly steps: number;
  readonly memoryMegabytes: number;
}

/** `synchrode check`: validates a scenario file and says what it would do. */
export function checkCommand(terminal: Terminal): Command {
  return new Command("check")
    .description("validate a scenario, sweep or fit file and say what it would do and cost")
    .argument("<file>", "scenario, sweep or fit file (YAML or JSON)")
    .option("--json", "print the resolved scenario and its cost on standard output")
    .addHelpText("after", "\nExample:\n  synchrode check scenarios/three-particles.yaml")
    .action((file: string, options: { json?: true }) => {
      if (isFitFile(file)) return checkFit(file, options, terminal);
      if (isSweepFile(file)) return checkSweep(file, options, terminal);
      const { scenario, inputs } = readScenario(file);
      const cost = costOf(scenario);
      const warnings = reachWarnings(scenario);
      if (options.json) terminal.out(JSON.stringify({ scenario, inputs, cost, warnings }, arrays, 2));
      else terminal.out([told(file, scenario, cost), ...warnings.map((text) => `Warning. ${text}`)].join("\n"));
    });
}

/** Typed arrays are written as lists, as programs expect them. */
function arrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
}

function checkFit(file: string, options: { json?: true }, terminal: Terminal): void {
  const fit = readFit(file);
  terminal.out(options.json ? jsonText(checkedFit(fit)) : toldFitFile(fit));
}

function checkSweep(file: string, options: { json?: true }, terminal: Terminal): void {
  const costs = new Map<string, Cost>();
  const sweep = readSweep(file, (scenario, { hash }) => costs.set(hash, costOf(scenario)));
  const cost = sweepCost([...costs.values()]);
  if (options.json) {
    const { title, design, scenarioFile, runs } = sweep;
    const axes = sweep.axes.map(({ key, name }) => ({ key, name }));
    const listed = runs.map(({ run, replicate, seed, levels, hash }) => ({
      run,
      replicate,
      seed,
      values: levels.map(({ value }) => value),
      hash,
    }));
    terminal.out(jsonText({ title, design, scenarioFile, axes, runs: listed, cost }));
  } else terminal.out(toldSweep(sweep, cost));
}

/** Estimates from the geometry or the packing, the settings of the solver and the protocol. */
export function costOf(scenario: Scenario): Cost {
  const { geometry, solver, protocol } = scenario;
  const { nodes, unknowns, memoryMegabytes } = scenario.network ? networkSize(scenario.network) : meshSize(scenario);
  const each = protocol.steps.map((step) => stepsOf(step, solver.time) + 12);
  const instructions = protocol.repeat * protocol.steps.length;
  const steps = protocol.repeat * each.reduce((total, count) => total + count, 0);
  return { particles: geometry.particles.length, nodes, unknowns, instructions, steps, memoryMegabytes };
}

type Size = Pick<Cost, "nodes" | "unknowns" | "memoryMegabytes">;

/** What the program and its report take besides; the shipped disks were measured at 305 MB in all. */
const processMegabytes = 270;

function meshSize({ geometry, solver }: Scenario): Size {
  const nodes = Math.round(estimateNodes(geometry, solver.mesh));
  const unknowns = 3 * nodes;
  const factorEntries = 12 * unknowns * Math.log2(Math.max(unknowns, 2));
  return { nodes, unknowns, memoryMegabytes: Math.ceil(processMegabytes + (factorEntries * 8 + unknowns * 400) / 1e6) };
}

/** Nodes are those of the conduction graph; the unknowns are counted, the memory was measured on packings of 100 to 2,000, the whole process. */
function networkSize({ packing, resolution }: NetworkChoice): Size {
  const { dimension, radius } = packing;
  const { directions, points, radial } = resolution;
  const particles = radius.length;
  const radialNodes = radialMesh(dimension, radial.first, radial.growth, radial.largest).nodes;
  const patchPoint = new Int32Array(2 * particles * points);
  const { count } = networkUnknowns(particles, radialNodes, patchPoint);
  const bytes = particles * (directions * directionBytes + points * pointBytes + radialNodes * radialBytes);
  return { nodes: 2 * particles + 1, unknowns: count, memoryMegabytes: Math.ceil(205 + bytes / 1e6) };
}

/** Of the solver's working memory, by particle and direction, surface point of a patch, radial node. */
const [directionBytes, pointBytes, radialBytes] = [800, 7000, 1700];

/** Steps that doubling takes to grow long where nothing but their error bounds them. */
const growing = 40;

function stepsOf(step: ProtocolStep, { largestStep, leastSteps }: Scenario["solver"]["time"]): number {
  const stretch = stretchOf(step);
  if (stretch === Number.POSITIVE_INFINITY) return growing;
  const expected = expectedDuration(step);
  const loaded = largestStep * stretch;
  const known = step.until.throughput !== undefined || step.until.time !== undefined;
  const largest = known ? Math.min(loaded, expected / leastSteps) : loaded;
  return Math.ceil(expected / largest);
}

function told(file: string, scenario: Scenario, cost: Cost): string {
  const { protocol, activeMaterial } = scenario;
  return [
    `${file}: ${scenario.title}`,
    `${particlesIn(scenario)}, covered ${coverageWords(scenario.nominalCoverage)}`,
    `material ${materialWords(activeMaterial)}, feedback ${scenario.feedback.kind}`,
    `${protocol.repeat} × (${protocol.steps.map(instruction).join("; ")}), τ ${Number(protocol.tau.toPrecision(6))} s`,
    `about ${cost.nodes} nodes, ${cost.unknowns} unknowns, ${cost.steps} time steps, ${cost.memoryMegabytes} MB`,
  ].join("\n");
}

/** The set or file, and what is not from it. */
function materialWords({ set, sources }: Scenario["activeMaterial"]): string {
  const names = { openCircuitPotential: "potential", diffusivity: "diffusivity", exchangeCurrent: "exchange current" };
  const others = Object.entries(names).flatMap(([key, name]) => {
    const source = sources[key as keyof typeof names];
    return source === set ? [] : [`${name}: ${source}`];
  });
  return others.length === 0 ? set : `${set} (${others.join("; ")})`;
}

function particlesIn({ geometry, network }: Scenario): string {
  const micro = (length: number, digits = 6) => `${Number((length * 1e6).toPrecision(digits))} um`;
  const count = geometry.particles.length;
  if (network === null) {
    return `${count} ${coordinatesOf(geometry.stressState).particles} in a box of ${micro(geometry.width)} by ${micro(geometry.height)}`;
  }
  const { packing } = network;
  const box = packing.box.slice(0, packing.dimension).map((side) => micro(side, 4));
  const sides = packing.periodic ? "periodic sides" : "walls";
  const share = Number(solidFraction(packing).toPrecision(4));
  return `a network of ${count} ${packing.dimension === 3 ? "spheres" : "disks"} at a solid fraction of ${share} in a box of ${box.join(" by ")} with ${sides}`;
}

/** Each coverage while they can be read, then their mean and range. */
function coverageWords(coverage: readonly number[]): string {
  if (coverage.length <= 20) return coverage.join(", ");
  const [low, high] = [Math.min(...coverage), Math.max(...coverage)];
  return `${figure(mean(coverage))} on average, ${figure(low)} to ${figure(high)}`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function instruction({ verb, rate, voltage, until }: ProtocolStep): string {
  const how = rate !== undefined ? ` at ${rate}C` : voltage !== undefined ? ` at ${voltage} V` : "";
  const units = { voltage: " V", current: "C", throughput: " of the window", time: " s" } as const;
  const ends = Object.entries(until).map(([key, value]) => `${value}${units[key as keyof typeof units]}`);
  return `${verb}${how} until ${ends.join(" or ")}`;
}
