import { Command } from "commander";
import { coordinatesOf } from "../fem/coordinates/coordinates.js";
import { eigenstrainLaw } from "../fem/law/eigenstrain/eigenstrains.js";
import { volumeChange } from "../fem/law/eigenstrain/volume-change.js";
import { jsonText } from "../folder/json-file.js";
import { controlWords } from "../inference/controls.js";
import { readScenario } from "../scenario/load.js";
import { reachWarnings } from "../scenario/reach.js";
import type { Scenario } from "../scenario/scenario.js";
import type { ProtocolStep } from "../scenario/step/steps.js";
import { solidFraction } from "../space/packing.js";
import { mean } from "../statistics/mean.js";
import { type ControlPlan, planControls } from "../study/controls/plan.js";
import { type Cost, costOf } from "../study/cost.js";
import { isFitFile, readFit } from "../study/fit/load.js";
import { isSweepFile, readSweep } from "../study/sweep/load.js";
import { sweepCost } from "../study/sweep/sweep-cost.js";
import { digitsOf, rounded } from "../words/numbers.js";
import { checkedFit, toldFitFile } from "./fit.js";
import { toldSweep } from "./sweep-words.js";
import type { Terminal } from "./terminal.js";

/** `synchrode check`: validates a scenario file and says what it would do. */
export function checkCommand(terminal: Terminal): Command {
  return new Command("check")
    .description("validate a scenario, sweep or fit file and say what it would do and cost")
    .argument("<file>", "scenario, sweep or fit file (YAML or JSON)")
    .option("--with-controls", "say also what the controls of a scenario would be and cost")
    .option("--json", "print the resolved scenario and its cost on standard output")
    .addHelpText("after", "\nExample:\n  synchrode check scenarios/three-spheres.yaml")
    .action((file: string, options: CheckOptions) => {
      if (isFitFile(file)) return checkFit(file, options, terminal);
      if (isSweepFile(file)) return checkSweep(file, options, terminal);
      const { scenario, inputs } = readScenario(file);
      const cost = costOf(scenario);
      const warnings = reachWarnings(scenario);
      const plan = options.withControls ? planControls(file, scenario, 1) : undefined;
      const controls = plan && { controls: checkedControls(plan) };
      if (options.json) terminal.out(JSON.stringify({ scenario, inputs, cost, warnings, ...controls }, arrays, 2));
      else {
        const said = warnings.map((text) => `Warning. ${text}`);
        terminal.out([told(file, scenario, cost), ...(plan ? toldControls(plan) : []), ...said].join("\n"));
      }
    });
}

interface CheckOptions {
  readonly json?: true;
  readonly withControls?: true;
}

/** Each control with what it would cost, or why there is none. */
function checkedControls({ runs, absent }: ControlPlan) {
  return [...runs.map(({ name, job, cost }) => ({ name, folder: job.place, cost })), ...absent];
}

function toldControls({ runs, absent }: ControlPlan): string[] {
  return [
    ...runs.map(
      ({ words, cost }) =>
        `control, ${words}: about ${cost.unknowns} unknowns, ${cost.steps} time steps, ${cost.memoryMegabytes} MB`,
    ),
    ...absent.map(({ name, reason }) => `control, ${controlWords(name)}: none, ${reason}`),
  ];
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

function told(file: string, scenario: Scenario, cost: Cost): string {
  const { protocol, activeMaterial } = scenario;
  return [
    `${file}: ${scenario.title}`,
    `${particlesIn(scenario)}, covered ${coverageWords(scenario.nominalCoverage)}`,
    `material ${materialWords(activeMaterial)}, feedback ${scenario.feedback.kind}, surface ${scenario.surface.kind}`,
    `volume ${volumeWords(activeMaterial)}`,
    `${protocol.repeat} × (${protocol.steps.map(instruction).join("; ")}), τ ${rounded(protocol.tau, 6)} s`,
    `about ${cost.nodes} nodes, ${cost.unknowns} unknowns, ${cost.steps} time steps, ${cost.memoryMegabytes} MB`,
  ].join("\n");
}

/** How much the material's volume changes over the window that is used, beside what was measured. */
function volumeWords(active: Scenario["activeMaterial"]): string {
  const { initialStoichiometry: full, usableWindow } = active;
  const empty = full - usableWindow;
  const change = volumeChange(eigenstrainLaw(active.eigenstrain, active.maximumConcentration), full, empty);
  const percent = `${change < 0 ? "−" : "+"}${rounded(Math.abs(change) * 100, 2)} %`;
  return `${percent} over the usable window, s ${rounded(full)} to ${rounded(empty)} (NMC811 over 3.0 to 4.3 V: −5.1 %, Kondrakov et al. 2017)`;
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
  const micro = (length: number, digits = 6) => `${rounded(length * 1e6, digits)} um`;
  const count = geometry.particles.length;
  if (network === null) {
    return `${count} ${coordinatesOf(geometry.stressState).particles} in a box of ${micro(geometry.width)} by ${micro(geometry.height)}`;
  }
  const { packing } = network;
  const box = packing.box.slice(0, packing.dimension).map((side) => micro(side, 4));
  const sides = packing.periodic ? "periodic sides" : "walls";
  const share = rounded(solidFraction(packing));
  return `a network of ${count} ${packing.dimension === 3 ? "spheres" : "disks"} at a solid fraction of ${share} in a box of ${box.join(" by ")} with ${sides}`;
}

/** Each coverage while they can be read, then their mean and range. */
function coverageWords(coverage: readonly number[]): string {
  if (coverage.length <= 20) return coverage.join(", ");
  const [low, high] = [Math.min(...coverage), Math.max(...coverage)];
  return `${digitsOf(mean(coverage))} on average, ${digitsOf(low)} to ${digitsOf(high)}`;
}

function instruction({ verb, rate, voltage, until }: ProtocolStep): string {
  const how = rate !== undefined ? ` at ${rate}C` : voltage !== undefined ? ` at ${voltage} V` : "";
  const units = { voltage: " V", current: "C", throughput: " of the window", time: " s" } as const;
  const ends = Object.entries(until).map(([key, value]) => `${value}${units[key as keyof typeof units]}`);
  return `${verb}${how} until ${ends.join(" or ")}`;
}
