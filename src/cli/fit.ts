import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { Command } from "commander";
import { checkFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { namesIn } from "../folder/read-file.js";
import type { FitRecord } from "../inference/fit/record.js";
import { type Fit, readFit } from "../study/fit/load.js";
import { runFit } from "../study/fit/run-fit.js";
import { localEngine } from "../study/sweep/local.js";
import { digitsOf } from "../words/numbers.js";
import type { Collaborators } from "./collaborators.js";
import { CommandFailed } from "./failure.js";
import { interruptible } from "./interruptible.js";
import { type StudyOptions, withStudyOptions } from "./study-options.js";
import { type Terminal, textTable } from "./terminal.js";
import { ownProgram } from "./worker-program.js";

/** `synchrode fit`: parameters from measured curves and distributions, with what the data cannot tell. */
export function fitCommand(terminal: Terminal, work: Collaborators): Command {
  return withStudyOptions(new Command("fit"), "fit", "simulations")
    .description("fit parameters to measured data, with intervals and what the data cannot tell")
    .addHelpText(
      "after",
      "\nExample:\n  synchrode fit scenarios/fits/planted-potential.yaml --out results/planted-potential",
    )
    .action((path: string, options: StudyOptions) => fit(path, options, terminal, work));
}

async function fit(path: string, options: StudyOptions, terminal: Terminal, work: Collaborators): Promise<void> {
  const read = readFit(path);
  const folder = options.out ?? join("results", basename(path).replace(/\.(ya?ml|json)$/i, ""));
  const inputs = read.inputs.map(({ path: each }) => each);
  checkFolder(folder, folderKinds.fit, inputs);
  const there = existsSync(join(folder, "runs")) ? namesIn(join(folder, "runs")).length : 0;
  if (there > 0) terminal.err(`${there} simulations are in ${folder} already and are kept.`);
  else if (options.resume) terminal.err(`No simulation in ${folder}: starting from the beginning.`);
  const jobs = options.jobs ?? availableParallelism();
  const engine = localEngine({ program: work.worker ?? ownProgram(), folder, workers: jobs });
  const record = await interruptible(terminal, (signal) =>
    runFit({ fit: read, folder, engine, jobs, watch: { signal, say: terminal.err, share: () => {} } }),
  );
  const report = options.report && record.predictions.length > 0 ? join(folder, "report.html") : undefined;
  if (report) await work.buildReport([folder], report);
  terminal.out(options.json ? jsonText(record) : toldFit(record));
  if (report) terminal.err(`Report: ${report}`);
  conclude(record, path, folder);
}

const shownNumber = (value: number | null) => digitsOf(value, 4, "open");

function toldFit({ title, parameters, predictions, warnings, shown }: FitRecord): string {
  const rows = parameters.map(({ name, unit, value, interval, identifiable }) => [
    name,
    `${shownNumber(value)}${unit === "" ? "" : ` ${unit}`}`,
    `${shownNumber(interval[0])} … ${shownNumber(interval[1])}`,
    identifiable ? "" : "not identifiable",
  ]);
  const series = predictions.map(({ name, use, rmse, points }) => [
    name,
    use === "fit" ? "fitted" : "unseen",
    `${points}`,
    rmse === null ? "–" : shownNumber(rmse),
  ]);
  const parts = [title, textTable([["Parameter", "Value", "95 %", ""], ...rows])];
  if (series.length > 0) parts.push(textTable([["Data", "", "Numbers", `RMSE of ${shown.y}`], ...series]));
  if (warnings.length > 0) parts.push(warnings.join("\n"));
  return parts.join("\n\n");
}

function conclude({ status, reason }: FitRecord, path: string, folder: string): void {
  if (status === "stopped")
    throw new CommandFailed(
      1,
      `Stopped; simulations are kept. To go on: synchrode fit ${path} --out ${folder} --resume`,
    );
  if (status === "failed") throw new CommandFailed(1, `The fit failed: ${reason}. See ${join(folder, "fit.json")}.`);
}

/** What a fit would do, for `synchrode check`. */
export function toldFitFile({ file, title, prediction, parameters, method }: Fit): string {
  const own = prediction.series.map(
    ({ name, use, y }) => `${name} (${y.length}${use === "predict" ? ", unseen" : ""})`,
  );
  const bounds = ({ low, high, unit }: Fit["parameters"][number]) =>
    `${low} to ${high}${unit === "" ? "" : ` ${unit}`}`;
  const cost = prediction.simulations === 0 ? "no simulations" : `${prediction.simulations} simulations an evaluation`;
  return [
    `${file}: ${title}`,
    `${prediction.words}, by ${method.kind}; ${cost}`,
    `data: ${own.join(", ")}`,
    ...parameters.map((parameter) => `${parameter.name}: ${bounds(parameter)}, ${parameter.transform}`),
  ].join("\n");
}

/** The same for programs. */
export function checkedFit({ title, kind, parameters, prediction, method, seed }: Fit) {
  const data = prediction.series.map(({ name, use, y }) => ({ name, use, points: y.length }));
  return { title, kind, words: prediction.words, parameters, data, method, seed, simulations: prediction.simulations };
}
