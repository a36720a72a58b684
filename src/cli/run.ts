import { basename, join } from "node:path";
import { Command, Option } from "commander";
import { rangeSentence } from "../inference/range.js";
import { InputFault } from "../scenario/faults.js";
import { type LoadedScenario, readScenario } from "../scenario/load.js";
import type { SavedPlace } from "../scenario/result/checkpoint.js";
import { inspectFolder } from "../scenario/result/folder.js";
import { scenarioHash } from "../scenario/result/manifest.js";
import type { Summary } from "../scenario/result/summary.js";
import { type RunOutcome, runScenario } from "../scenario/run.js";
import { type BackendRequest, backends, openBackend } from "./backend.js";
import { costOf } from "./check.js";
import type { Collaborators } from "./collaborators.js";
import { CommandFailed } from "./failure.js";
import { interruptible } from "./interruptible.js";
import { bytesOption, bytesText, machineMemory } from "./machine-memory.js";
import { progress } from "./progress.js";
import { type Terminal, textTable } from "./terminal.js";

interface Options {
  readonly out?: string;
  readonly resume?: true;
  readonly memory?: string;
  readonly backend: BackendRequest;
  readonly json?: true;
  readonly report: boolean;
}

/** `synchrode run`: one simulation into a results folder. */
export function runCommand(terminal: Terminal, work: Collaborators): Command {
  return new Command("run")
    .description("run one simulation into a results folder")
    .argument("<scenario>", "scenario file (YAML or JSON)")
    .option("--out <folder>", "results folder (default: results/ and the name of the scenario)")
    .option("--resume", "go on from the checkpoint in the results folder")
    .addOption(new Option("--backend <name>", "what computes").choices([...backends]).default("auto"))
    .option("--memory <size>", 'most memory to take, such as "2 GB" (default: what the machine has free)')
    .option("--no-report", "leave out report.html")
    .option("--json", "print summary.json on standard output")
    .addHelpText("after", "\nExample:\n  synchrode run scenarios/three-particles.yaml --out results/three-particles")
    .action((path: string, options: Options) => run(path, options, terminal, work));
}

async function run(path: string, options: Options, terminal: Terminal, work: Collaborators): Promise<void> {
  const loaded = readScenario(path);
  checkMemory(loaded.scenario, options.memory);
  const folder = options.out ?? join("results", basename(path).replace(/\.(ya?ml|json)$/i, ""));
  const from = startingPlace(folder, loaded, options, terminal);
  const { backend, modeSolving, close } = openBackend(options.backend, loaded.scenario);
  if (backend.reason) terminal.err(`Running on ${backend.ran}: ${backend.reason}.`);
  const outcome = await interruptible(terminal, (signal) => {
    const shown = progress(loaded.scenario, terminal);
    return runScenario({
      ...loaded,
      scenarioFile: path,
      folder,
      backend,
      signal,
      start: (scenario, place) => work.start(scenario, place, modeSolving),
      encodeFields: work.encodeFields,
      onFrame: (frame) => shown.frame(frame),
      ...(from ? { from } : {}),
    }).finally(() => {
      shown.end();
      close();
    });
  });
  const report = options.report && outcome.summary.cycles > 0 ? join(folder, "report.html") : undefined;
  if (report) await work.buildReport([folder], report);
  if (options.json) terminal.out(JSON.stringify(outcome.summary, null, 2));
  else terminal.out(told(outcome.summary));
  conclude(outcome, { path, folder, report }, terminal);
}

/** @throws CommandFailed with status 2 where the run would take more memory than there is. */
function checkMemory(scenario: LoadedScenario["scenario"], limit: string | undefined): void {
  const need = costOf(scenario).memoryMegabytes * 1e6;
  const most = limit === undefined ? machineMemory() : bytesOption(limit, "--memory");
  if (need <= most) return;
  const how = scenario.network ? "take fewer particles, points or directions" : "take a coarser solver.mesh";
  throw new CommandFailed(
    2,
    `The run takes about ${bytesText(need)} of memory; ${bytesText(most)} are there. To run it, ${how}, or allow more by --memory.`,
  );
}

/** Where to begin in the folder. @throws InputFault or CommandFailed when it is not for this run. */
function startingPlace(
  folder: string,
  { scenario }: LoadedScenario,
  { resume }: Options,
  terminal: Terminal,
): SavedPlace | undefined {
  const found = inspect(folder);
  if (found.kind === "foreign") {
    const allowed = "a new or empty folder, or one with results of synchrode";
    throw new InputFault([{ place: { file: folder }, key: "", found: `${found.entry}, which is no result`, allowed }]);
  }
  const place = found.kind === "results" ? found.place : undefined;
  if (!resume) {
    if (place) terminal.err(`Replacing the results in ${folder}.`);
    return undefined;
  }
  if (!place) {
    terminal.err(`No checkpoint in ${folder}: starting from the beginning.`);
    return undefined;
  }
  if (place.scenarioSha256 !== scenarioHash(scenario)) {
    const allowed =
      "the scenario that the run was started with; give another --out, or leave out --resume to start anew";
    throw new InputFault([{ place: { file: folder }, key: "", found: "a checkpoint of another scenario", allowed }]);
  }
  terminal.err(`Going on from cycle ${place.cycle}, ${Number(place.time.toPrecision(6))} s.`);
  return place;
}

function inspect(folder: string) {
  try {
    return inspectFolder(folder);
  } catch (error) {
    throw new CommandFailed(2, `${folder}: ${(error as Error).message}`);
  }
}

function conclude(
  outcome: RunOutcome,
  at: { path: string; folder: string; report: string | undefined },
  terminal: Terminal,
) {
  if (at.report) terminal.err(`Report: ${at.report}`);
  terminal.err(`Results: ${at.folder}`);
  if (outcome.status === "done") return;
  if (outcome.status === "ended-by-limit") {
    terminal.err(`${outcome.message}. What was computed up to there is kept.`);
    return;
  }
  const resume = `To go on: synchrode run ${at.path} --out ${at.folder} --resume`;
  if (outcome.status === "stopped") throw new CommandFailed(1, `Stopped; what was computed is kept. ${resume}`);
  throw new CommandFailed(1, `${outcome.message}. What was computed is kept.`);
}

/** The synchronisation table and the verdicts, as text. */
export function told(summary: Summary): string {
  const rows = picked(summary.perCycle).map((cycle) => [
    String(cycle.cycle),
    figure(cycle.lithium),
    figure(cycle.damage),
    figure(cycle.meanDamage),
    cycle.voltage.toFixed(3),
    figure(cycle.throughput),
  ]);
  const head = ["Cycle", "Lithium spread", "Damage spread", "Mean damage", "End of charge [V]", "Charge [mAh/cm3]"];
  const verdicts = summary.criteria.map(({ id, name, holds, value }) => `${id}  ${verdict(holds)}  ${name}: ${value}`);
  const sync =
    summary.syncCycle === null
      ? summary.cycles === 0
        ? "Stopped before the end of the first charge."
        : `Not in step within ${summary.cycles} cycles.`
      : `In step from cycle ${summary.syncCycle}, at a mean damage of ${figure(summary.meanDamageAtSync)}.`;
  const outside = summary.range ? rangeSentence(summary.range) : "";
  const limit = summary.ending.status === "ended-by-limit" ? [`${summary.ending.message}.`] : [];
  const answer = [sync, ...(outside === "" ? [] : [outside]), ...limit];
  return [summary.title, "", textTable([head, ...rows]), "", ...answer, "", ...verdicts].join("\n");
}

function verdict(holds: boolean | null): string {
  return holds === null ? "open " : holds ? "holds" : "fails";
}

function figure(value: number | null): string {
  return value === null ? "–" : value.toPrecision(3);
}

/** The first cycles, then every doubling or so, and the last. */
function picked<T>(cycles: readonly T[]): readonly T[] {
  const shown = new Set([1, 2, 5, 10, 15, 20, 30, 40, 60, 80, 100, 200, 500, 1000, cycles.length]);
  return cycles.filter((_, index) => shown.has(index + 1));
}
