import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { Command, Option } from "commander";
import { checkFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { sweepFiles } from "../result/result-files.js";
import type { SweepRecord } from "../result/sweep-folder.js";
import { readLayered } from "../scenario/base.js";
import { disk } from "../scenario/disk.js";
import { costOf } from "../study/cost.js";
import type { Engine, WorkerProgram } from "../study/sweep/engine.js";
import { runState } from "../study/sweep/job.js";
import { readSweep, type Sweep } from "../study/sweep/load.js";
import { localEngine } from "../study/sweep/local.js";
import { openJobs, runSweep } from "../study/sweep/run-sweep.js";
import { slurmEngine } from "../study/sweep/slurm.js";
import type { Collaborators } from "./collaborators.js";
import { CommandFailed } from "./failure.js";
import { interruptible } from "./interruptible.js";
import { type StudyOptions, withStudyOptions } from "./study-options.js";
import { sweepProgress } from "./sweep-progress.js";
import type { Terminal } from "./terminal.js";
import { ownProgram } from "./worker-program.js";

const engines = ["local", "slurm"] as const;

interface Options extends StudyOptions {
  readonly engine: (typeof engines)[number];
}

/** `synchrode sweep`: many simulations over axes of scenario keys, into one table. */
export function sweepCommand(terminal: Terminal, work: Collaborators): Command {
  const command = new Command("sweep").addOption(
    new Option("--engine <name>", "where runs are computed").choices([...engines]).default("local"),
  );
  return withStudyOptions(command, "sweep", "runs", "; slurm: no limit")
    .description("run many variants of a scenario into one table; runs that are there already are kept")
    .addHelpText(
      "after",
      "\nExample:\n  synchrode sweep scenarios/sweeps/coverage-spread.yaml --out results/coverage-spread",
    )
    .action((path: string, options: Options) => sweep(path, options, terminal, work));
}

async function sweep(path: string, options: Options, terminal: Terminal, work: Collaborators): Promise<void> {
  const weights = new Map<string, number>();
  const read = readSweep(path, (scenario, { hash }) => {
    const { steps, unknowns } = costOf(scenario);
    weights.set(hash, steps * unknowns);
  });
  const folder = options.out ?? join("results", basename(path).replace(/\.(ya?ml|json)$/i, ""));
  const inputs = [path, ...readLayered(disk, read.scenarioFile).files];
  checkFolder(folder, folderKinds.sweep, inputs);
  tellStart(read, folder, options, terminal);
  const jobs = openJobs(read, folder, weights);
  const left = new Map(jobs.map(({ hash }) => [hash, weights.get(hash)!]));
  const record = await interruptible(terminal, (signal) => {
    const shown = sweepProgress(left, terminal);
    const watch = { signal, say: terminal.err, share: shown.run };
    const engine = engineOf(options, folder, work.worker ?? ownProgram());
    return runSweep({ sweep: read, folder, inputs, engine, weights, watch }).finally(shown.end);
  });
  const report = options.report && record.runs.done > 0 ? join(folder, "report.html") : undefined;
  if (report) await work.buildReport([folder], report);
  terminal.out(options.json ? jsonText(record) : told(record));
  conclude(record, { path, folder, report, options }, terminal);
}

function tellStart({ runs }: Sweep, folder: string, { resume }: Options, terminal: Terminal): void {
  const hashes = [...new Set(runs.map(({ hash }) => hash))];
  const there = hashes.filter((hash) => runState(folder, hash).status !== "open").length;
  if (there > 0) terminal.err(`${there} of ${hashes.length} runs are in ${folder} already and are kept.`);
  else if (resume) terminal.err(`No finished run in ${folder}: starting from the beginning.`);
}

function engineOf({ engine, jobs }: Options, folder: string, program: WorkerProgram): Engine {
  if (engine === "local") return localEngine({ program, folder, workers: jobs ?? availableParallelism() });
  return slurmEngine({ program, folder, interval: 2, ...(jobs === undefined ? {} : { workers: jobs }) });
}

/** What a person sees at the end: how the runs stand, and what they say. */
function told({ title, runs, rule }: SweepRecord): string {
  const { total, scenarios, done, failed, open } = runs;
  const twice = scenarios < total ? ` (${scenarios} different scenarios)` : "";
  const stand = `${total} runs${twice}: ${done} done, ${failed} failed, ${open} open`;
  return [title, "", stand, ...(rule ? ["", rule.sentence] : [])].join("\n");
}

function conclude(
  { runs }: SweepRecord,
  at: { path: string; folder: string; report: string | undefined; options: Options },
  terminal: Terminal,
): void {
  if (at.report) terminal.err(`Report: ${at.report}`);
  terminal.err(`Table: ${join(at.folder, sweepFiles.runs)}`);
  const engine = at.options.engine === "local" ? "" : ` --engine ${at.options.engine}`;
  if (runs.open > 0) {
    const resume = `To go on: synchrode sweep ${at.path} --out ${at.folder}${engine} --resume`;
    throw new CommandFailed(1, `${runs.open} runs are open; what was computed is kept. ${resume}`);
  }
  if (runs.failed > 0) throw new CommandFailed(1, `${runs.failed} runs failed; their reasons are in the table.`);
}
