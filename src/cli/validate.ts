import { Command } from "commander";
import type { ValidationCase, Verdict } from "../../validation/validation-case.js";
import { jsonText } from "../folder/json-file.js";
import { nearest } from "../scenario/issues.js";
import { CommandFailed } from "./failure.js";
import { type Terminal, textTable } from "./terminal.js";

interface Options {
  readonly slow?: true;
  readonly list?: true;
  readonly json?: true;
}

/** A case that ran: its verdicts, or why it could not run. */
interface Ran {
  readonly name: string;
  readonly seconds: number;
  readonly verdicts: readonly Verdict[];
}

/** The cases are a sixth of the program, which the other commands need not load. */
const everyCase = async () => (await import("../../validation/index.js")).cases;

/** `synchrode validate`: the validation cases against their acceptance bands. */
export function validateCommand(terminal: Terminal, all?: readonly ValidationCase[]): Command {
  return new Command("validate")
    .description("run validation cases against their acceptance bands; the exit status says if all hold")
    .argument("[cases...]", "names of cases, or what several names begin with (default: all that are quick)")
    .option("--slow", "run the slow cases as well")
    .option("--list", "list the cases without running them")
    .option("--json", "print the verdicts as JSON")
    .addHelpText("after", "\nExample:\n  synchrode validate --list")
    .action(async (names: string[], options: Options) =>
      validate(names, options, terminal, all ?? (await everyCase())),
    );
}

async function validate(names: string[], options: Options, terminal: Terminal, all: readonly ValidationCase[]) {
  const chosen = choose(names, options, all);
  if (options.list) return list(chosen, options, terminal);
  const ran: Ran[] = [];
  for (const each of chosen) {
    terminal.err(`${each.name}: ${each.title}`);
    ran.push(await runCase(each, terminal));
  }
  const verdicts = ran.flatMap(({ name, seconds, verdicts }) =>
    verdicts.map((verdict) => ({ ...verdict, name: `${name}: ${verdict.name}`, seconds })),
  );
  if (options.json) terminal.out(jsonText({ cases: verdicts }));
  else terminal.out(table(verdicts));
  const broken = verdicts.filter(({ holds }) => !holds).length;
  if (broken > 0) throw new CommandFailed(1, `${broken} of ${verdicts.length} verdicts do not hold.`);
}

function choose(names: string[], { slow, list }: Options, all: readonly ValidationCase[]): readonly ValidationCase[] {
  if (names.length === 0) return all.filter((each) => slow || list || !each.slow);
  return names.flatMap((name) => {
    const found = all.filter((each) => each.name === name || each.name.startsWith(`${name}-`));
    const exact = found.find((each) => each.name === name);
    if (exact) return [exact];
    if (found.length > 0) return found;
    const known = all.map((each) => each.name);
    const { hint } = nearest(name, known);
    throw new CommandFailed(2, `No validation case ${name}; there are: ${known.join(", ")}${hint ? ` — ${hint}` : ""}`);
  });
}

async function runCase(each: ValidationCase, terminal: Terminal): Promise<Ran> {
  const began = performance.now();
  let verdicts: readonly Verdict[];
  try {
    verdicts = await each.run({ report: terminal.err });
  } catch (error) {
    verdicts = [{ name: "runs", value: (error as Error).message, band: "without an error", holds: false }];
  }
  return { name: each.name, seconds: (performance.now() - began) / 1000, verdicts };
}

function list(chosen: readonly ValidationCase[], { json }: Options, terminal: Terminal): void {
  const rows = chosen.map(({ name, title, slow }) => ({ name, title, slow }));
  if (json) terminal.out(jsonText({ cases: rows }));
  else terminal.out(rows.map(({ name, title, slow }) => `${name}${slow ? " (slow)" : ""}: ${title}`).join("\n"));
}

function table(verdicts: readonly (Verdict & { seconds: number })[]): string {
  const rows = verdicts.map(({ name, value, band, holds, seconds }) => [
    name,
    typeof value === "number" ? value.toPrecision(6) : value,
    band,
    holds ? "holds" : "FAILS",
    `${seconds.toFixed(1)} s`,
  ]);
  return textTable([["Case", "Value", "Band", "", "Time"], ...rows]);
}
