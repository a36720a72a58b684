import { Command } from "commander";
import { estimateNodes } from "../fem/mesh/geometry-check.js";
import { readScenario } from "../scenario/load.js";
import { expectedDuration } from "../scenario/result/field-files.js";
import type { ProtocolStep, Scenario } from "../scenario/scenario.js";
import { isSweepFile, readSweep } from "../scenario/sweep/load.js";
import { sweepCost, toldSweep } from "./check-sweep.js";
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
    .description("validate a scenario or sweep file and say what it would do and cost")
    .argument("<file>", "scenario or sweep file (YAML or JSON)")
    .option("--json", "print the resolved scenario and its cost on standard output")
    .addHelpText("after", "\nExample:\n  synchrode check scenarios/three-particles.yaml")
    .action((file: string, options: { json?: true }) => {
      if (isSweepFile(file)) return checkSweep(file, options, terminal);
      const { scenario, inputs } = readScenario(file);
      const cost = costOf(scenario);
      if (options.json) terminal.out(JSON.stringify({ scenario, inputs, cost }, null, 2));
      else terminal.out(told(file, scenario, cost));
    });
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
    terminal.out(JSON.stringify({ title, design, scenarioFile, axes, runs: listed, cost }, null, 2));
  } else terminal.out(toldSweep(sweep, cost));
}

/** Estimates from the geometry, the mesh settings and the protocol. */
export function costOf(scenario: Scenario): Cost {
  const { geometry, solver, protocol } = scenario;
  const nodes = Math.round(estimateNodes(geometry, solver.mesh));
  const unknowns = 3 * nodes;
  const each = protocol.steps.map((step) => stepsOf(step, solver.time) + 12);
  const instructions = protocol.repeat * protocol.steps.length;
  const steps = protocol.repeat * each.reduce((total, count) => total + count, 0);
  const factorEntries = 12 * unknowns * Math.log2(Math.max(unknowns, 2));
  const memoryMegabytes = Math.ceil(80 + (factorEntries * 8 + unknowns * 400) / 1e6);
  return { particles: geometry.particles.length, nodes, unknowns, instructions, steps, memoryMegabytes };
}

function stepsOf(step: ProtocolStep, { largestStep, leastSteps }: Scenario["solver"]["time"]): number {
  const expected = expectedDuration(step);
  const largest = Number.isFinite(expected) ? Math.min(largestStep, expected / leastSteps) : largestStep;
  return Math.ceil(lasts(step) / largest);
}

function lasts(step: ProtocolStep): number {
  const expected = expectedDuration(step);
  return Number.isFinite(expected) ? expected : 600;
}

function told(file: string, scenario: Scenario, cost: Cost): string {
  const { geometry, protocol, activeMaterial } = scenario;
  const shape = geometry.kind === "plane" ? "disks in plane strain" : "spheres on an axis";
  const micro = (length: number) => `${Number((length * 1e6).toPrecision(6))} um`;
  return [
    `${file}: ${scenario.title}`,
    `${cost.particles} ${shape} in a box of ${micro(geometry.width)} by ${micro(geometry.height)}, covered ${scenario.nominalCoverage.join(", ")}`,
    `material ${activeMaterial.set}, feedback ${scenario.feedback.kind}`,
    `${protocol.repeat} × (${protocol.steps.map(instruction).join("; ")}), τ ${Number(protocol.tau.toPrecision(6))} s`,
    `about ${cost.nodes} nodes, ${cost.unknowns} unknowns, ${cost.steps} time steps, ${cost.memoryMegabytes} MB`,
  ].join("\n");
}

function instruction({ verb, rate, voltage, until }: ProtocolStep): string {
  const how = rate !== undefined ? ` at ${rate}C` : voltage !== undefined ? ` at ${voltage} V` : "";
  const units = { voltage: " V", current: "C", throughput: " of the window", time: " s" } as const;
  const ends = Object.entries(until).map(([key, value]) => `${value}${units[key as keyof typeof units]}`);
  return `${verb}${how} until ${ends.join(" or ")}`;
}
