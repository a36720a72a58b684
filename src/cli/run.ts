import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { Command, Option } from "commander";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { isPassing, MachineFailure } from "../folder/machine-failure.js";
import { controlWords } from "../inference/controls.js";
import { rangeSentence } from "../inference/range.js";
import { bytesText } from "../quantity/bytes.js";
import type { SavedPlace } from "../result/checkpoint.js";
import { continuation } from "../result/continuation.js";
import { readManifest, scenarioHash } from "../result/manifest.js";
import { readPlace } from "../result/series.js";
import type { Summary } from "../result/summary.js";
import { type LoadedScenario, readScenario } from "../scenario/load.js";
import { version } from "../scenario/version.js";
import { type BackendRequest, backends, openBackend } from "../study/backend.js";
import { openControls, runBeside } from "../study/controls/beside.js";
import { type ControlPlan, planControls } from "../study/controls/plan.js";
import { costOf } from "../study/cost.js";
import { type RunOutcome, runScenario } from "../study/run.js";
import { rounded } from "../words/numbers.js";
import type { Collaborators } from "./collaborators.js";
import { CommandFailed } from "./failure.js";
import { interruptible } from "./interruptible.js";
import { memoryOption } from "./memory-option.js";
import { runProgress } from "./run-progress.js";
import { positive } from "./study-options.js";
import { type Terminal, textTable } from "./terminal.js";
import { ownProgram } from "./worker-program.js";

interface Options {
  readonly out?: string;
  readonly resume?: true;
  readonly memory?: string;
  readonly backend: BackendRequest;
  readonly withControls?: true;
  readonly permutations?: number;
  readonly jobs?: number;
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
    .option("--with-controls", "run the scenario's own controls beside it, and judge it by them")
    .addOption(
      new Option(
        "--permutations <number>",
        "how many orders of the coverages are among the controls (default: 1)",
      ).argParser(positive),
    )
    .addOption(
      new Option("--jobs <number>", "runs at a time, with controls (default: the cores of this machine)").argParser(
        positive,
      ),
    )
    .option("--memory <size>", 'most memory to take, such as "2 GB" (default: what the machine has free)')
    .option("--no-report", "leave out report.html")
    .option("--json", "print summary.json on standard output")
    .addHelpText(
      "after",
      "\nExample:\n  synchrode run scenarios/three-spheres.yaml --with-controls --out results/three-spheres",
    )
    .action((path: string, options: Options) => run(path, options, terminal, work));
}

async function run(path: string, options: Options, terminal: Terminal, work: Collaborators): Promise<void> {
  const loaded = readScenario(path);
  const room = checkMemory(loaded.scenario, options.memory);
  if (!options.withControls && (options.permutations ?? options.jobs) !== undefined)
    throw new CommandFailed(2, "--permutations and --jobs are about controls: give --with-controls beside them.");
  const plan = options.withControls ? planControls(path, loaded.scenario, options.permutations ?? 1) : undefined;
  const folder = options.out ?? join("results", basename(path).replace(/\.(ya?ml|json)$/i, ""));
  const inputs = loaded.inputs.map((input) => input.path);
  const given = {
    folder,
    path,
    loaded,
    options,
    ...(plan && { controls: { plan, workers: workersFor(plan, options, room) } }),
  };
  await inFolder(folder, folderKinds.run, { inputs }, () => runInto(given, terminal, work));
}

interface GivenRun {
  readonly folder: string;
  readonly path: string;
  readonly loaded: LoadedScenario;
  readonly options: Options;
  /** Controls, and how many of them run at a time beside the run. */
  readonly controls?: { readonly plan: ControlPlan; readonly workers: number };
}

async function runInto(given: GivenRun, terminal: Terminal, work: Collaborators): Promise<void> {
  const { folder, path, loaded, options, controls } = given;
  const from = startingPlace(folder, loaded, options, terminal);
  const { backend, modeSolving, close } = openBackend(options.backend, loaded.scenario);
  if (backend.reason) terminal.err(`Running on ${backend.ran}: ${backend.reason}.`);
  const outcome = await interruptible(terminal, (signal) => {
    const shown = runProgress(
      loaded.scenario,
      controls && openControls(controls.plan, options.resume ? folder : undefined),
      terminal,
    );
    const start = (begun?: () => void) =>
      runScenario({
        ...loaded,
        scenarioFile: path,
        folder,
        backend,
        signal,
        start: (scenario, place) => work.start(scenario, place, { ...(modeSolving && { modeSolving }) }),
        encodeFields: work.encodeFields,
        onFrame: shown.frame,
        ...(begun ? { onBegun: begun } : {}),
        ...(from ? { from } : {}),
      });
    const watch = { signal, share: shown.control, say: terminal.err };
    const program = work.worker ?? ownProgram();
    const ran = controls ? runBeside({ ...controls, folder, program, watch }, start) : start();
    return ran
      .catch((error: Error) => {
        if (!isPassing(error)) throw error;
        throw new CommandFailed(1, `${error.message} What was computed is kept. ${goOn(given)}`);
      })
      .finally(() => {
        shown.end();
        close();
      });
  });
  const report = options.report && outcome.summary.cycles > 0 ? join(folder, "report.html") : undefined;
  if (report) await work.buildReport([folder], report);
  if (options.json) terminal.out(jsonText(outcome.summary));
  else terminal.out(told(outcome.summary));
  conclude(outcome, given, report, terminal);
}

/** Controls at a time beside the run: as many as there are cores and room for, so that the run itself is not slowed. */
function workersFor({ runs }: ControlPlan, { jobs }: Options, room: number): number {
  const largest = runs.reduce((most, { cost }) => Math.max(most, cost.memoryMegabytes * 1e6), 1);
  return Math.max(0, Math.min((jobs ?? availableParallelism()) - 1, Math.floor(room / largest)));
}

/** What is left beside the run, in bytes. @throws CommandFailed with status 2 where the run would take more memory than there is. */
function checkMemory(scenario: LoadedScenario["scenario"], limit: string | undefined): number {
  const need = costOf(scenario).memoryMegabytes * 1e6;
  const most = memoryOption(limit);
  if (need <= most) return most - need;
  const how = scenario.network ? "take fewer particles, points or directions" : "take a coarser solver.mesh";
  throw new CommandFailed(
    2,
    `The run takes about ${bytesText(need)} of memory; ${bytesText(most)} are there. To run it, ${how}, or allow more by --memory.`,
  );
}

/** Where to begin in the folder. @throws CommandFailed when it cannot go on there. */
function startingPlace(
  folder: string,
  { scenario }: LoadedScenario,
  { resume }: Options,
  terminal: Terminal,
): SavedPlace | undefined {
  const manifest = readManifest(folder);
  if (!resume) {
    if (manifest) terminal.err(`Replacing the results in ${folder}.`);
    return undefined;
  }
  const place = placeIn(folder);
  // A checkpoint of earlier results, which a run of this scenario was killed before it could clear away.
  const leftOver =
    place?.scenarioSha256 !== scenarioHash(scenario) && manifest?.scenarioSha256 === scenarioHash(scenario);
  if (!place || leftOver) {
    terminal.err(`No checkpoint in ${folder}: starting from the beginning.`);
    return undefined;
  }
  const found = continuation(scenario, place, manifest);
  if (!found.ok) throw new CommandFailed(2, anotherScenario(folder, found.changes));
  if (place.version !== version())
    throw new CommandFailed(
      2,
      `${folder}: found a checkpoint of version ${place.version}; this is ${version()}. Go on with that version, or leave out --resume to start anew.`,
    );
  if (found.extended)
    terminal.err(`The protocol is repeated ${scenario.protocol.repeat} instead of ${place.repeat} times.`);
  terminal.err(`Going on from cycle ${place.cycle}, ${rounded(place.time, 6)} s.`);
  return place;
}

function anotherScenario(folder: string, changes: readonly string[]): string {
  const found = changes.length === 0 ? "" : ` (${changes.join("; ")})`;
  return `${folder}: found a checkpoint of another scenario${found}; allowed: the scenario that the run was started with, or one that only repeats its protocol more often; give another --out, or leave out --resume to start anew.`;
}

function placeIn(folder: string): SavedPlace | undefined {
  try {
    return readPlace(folder);
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof MachineFailure && !isPassing(error)))
      throw new CommandFailed(2, `${folder}: ${error.message}`);
    throw error;
  }
}

function goOn({ path, folder, options }: GivenRun): string {
  const { withControls, permutations = 1 } = options;
  const controls = withControls ? ` --with-controls${permutations > 1 ? ` --permutations ${permutations}` : ""}` : "";
  return `To go on: synchrode run ${path} --out ${folder}${controls} --resume`;
}

function conclude(outcome: RunOutcome, given: GivenRun, report: string | undefined, terminal: Terminal): void {
  if (report) terminal.err(`Report: ${report}`);
  terminal.err(`Results: ${given.folder}`);
  if (outcome.status === "ended-by-limit") terminal.err(`${outcome.message}. What was computed up to there is kept.`);
  if (outcome.status === "failed") throw new CommandFailed(1, `${outcome.message}. What was computed is kept.`);
  const { controls = [] } = outcome.summary;
  if (outcome.status === "stopped" || controls.some(({ status }) => status === "stopped"))
    throw new CommandFailed(1, `Stopped; what was computed is kept. ${goOn(given)}`);
  const failed = controls.filter(({ status }) => status === "failed");
  if (failed.length > 0)
    throw new CommandFailed(
      1,
      `The run is whole, but ${failed.length} of its controls failed: what they were to judge is open.`,
    );
}

/** The synchronisation table and the verdicts, as text. */
export function told(summary: Summary): string {
  const rows = picked(summary.perCycle).map((cycle) => [
    String(cycle.cycle),
    figure(cycle.lithium),
    figure(cycle.lithiumStd),
    figure(cycle.damage),
    figure(cycle.damageStd),
    figure(cycle.meanDamage),
    cycle.voltage.toFixed(3),
    figure(cycle.throughput),
  ]);
  const spreads = ["Lithium spread", "(std)", "Damage spread", "(std)"];
  const head = ["Cycle", ...spreads, "Mean damage", "End of charge [V]", "Charge [mAh/cm3]"];
  const verdicts = summary.criteria.map(({ id, name, holds, value }) => `${id}  ${verdict(holds)}  ${name}: ${value}`);
  const sync =
    summary.syncCycle === null
      ? summary.cycles === 0
        ? "Stopped before the end of the first charge."
        : `Not in step within ${summary.cycles} cycles.`
      : `In step from cycle ${summary.syncCycle}, at a mean damage of ${figure(summary.meanDamageAtSync)}.`;
  const outside = summary.range ? rangeSentence(summary.range) : "";
  const limit = summary.ending.status === "ended-by-limit" ? [`${summary.ending.message}.`] : [];
  const controls = (summary.controls ?? []).filter(({ status }) => status !== "done");
  const missing = controls.map(
    ({ name, status, message }) =>
      `Control, ${controlWords(name)}: ${[status, message].filter((part) => part !== undefined).join(": ")}.`,
  );
  const answer = [sync, ...(outside === "" ? [] : [outside]), ...limit];
  return [
    summary.title,
    "",
    textTable([head, ...rows]),
    "",
    ...answer,
    "",
    ...verdicts,
    ...(missing.length > 0 ? ["", ...missing] : []),
  ].join("\n");
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
