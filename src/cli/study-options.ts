import { type Command, InvalidArgumentError, Option } from "commander";

/** Words of commands that run many simulations, and go on with what is there. */
export interface StudyOptions {
  readonly out?: string;
  readonly jobs?: number;
  readonly resume?: true;
  readonly json?: true;
  readonly report: boolean;
}

/**
 * @param noun what the command is given
 * @param runs what it runs several of at a time
 * @param more on the number of jobs
 */
export function withStudyOptions(command: Command, noun: string, runs: string, more = ""): Command {
  const jobs = `${runs} at a time (default: the cores of this machine${more})`;
  return command
    .argument(`<${noun}>`, `${noun} file (YAML or JSON)`)
    .option(
      "--out <folder>",
      `folder of the ${noun === "fit" ? "results" : noun} (default: results/ and the name of the ${noun})`,
    )
    .addOption(new Option("--jobs <number>", jobs).argParser(positive))
    .option(
      "--resume",
      `say that there ${noun === "fit" ? "are simulations" : "is something"} to go on with; going on is what happens anyway`,
    )
    .option("--no-report", "leave out report.html")
    .option("--json", `print ${noun}.json on standard output`);
}

/** A count as an option gives it. */
export function positive(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("a whole number from 1 to 9999.");
  return Number(text);
}
