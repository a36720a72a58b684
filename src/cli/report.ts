import { dirname, join } from "node:path";
import { Command } from "commander";
import { makeFolder } from "../folder/make-folder.js";
import { checkFile, fileKinds } from "../folder/output-file.js";
import { unreportable } from "../report/kinds.js";
import { runFiles } from "../result/result-files.js";
import { InputFault } from "../scenario/faults.js";
import type { Collaborators } from "./collaborators.js";
import { CommandFailed } from "./failure.js";
import type { Terminal } from "./terminal.js";

/** @throws CommandFailed with status 2 for folders whose files are missing, damaged, or do not fit together */
async function built(folders: string[], out: string, work: Collaborators): Promise<void> {
  try {
    await work.buildReport(folders, out);
  } catch (error) {
    if (error instanceof InputFault || error instanceof CommandFailed || isMachineError(error)) throw error;
    const where = folders.length === 1 ? folders[0] : `one of ${folders.join(", ")}`;
    const own = error instanceof TypeError ? "a file has not the form that synchrode writes" : (error as Error).message;
    const why = own.replace(/\s+/g, " ").slice(0, 500);
    throw new CommandFailed(
      2,
      `${where}: these results cannot be read: ${why}. Run again, or give a folder that is whole.`,
    );
  }
}

/** Errors of the file system while writing are not the folder's fault. */
function isMachineError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** `synchrode report`: (re)builds the HTML report of results folders. */
export function reportCommand(terminal: Terminal, work: Collaborators): Command {
  return new Command("report")
    .description(
      "build the HTML report of one or several results folders, or of a sweep, of learning, of a comparison, of a composition-strain law, of a fit or of particles in a tomogram; controls are recognised by their scenarios",
    )
    .argument("<folders...>", "results folders, the main one first")
    .option(
      "--out <file>",
      "HTML file (default: report.html in the folder; of several folders, comparison.html in the first)",
    )
    .option("--json", "print the path of the report as JSON")
    .addHelpText("after", "\nExample:\n  synchrode report results/three-spheres results/feedback-off")
    .action(async (folders: string[], options: { out?: string; json?: true }) => {
      const faults = unreportable(folders).map((folder) => ({
        place: { file: folder },
        key: "",
        found: `no ${runFiles.manifest}`,
        allowed: "a folder that synchrode run has written",
      }));
      if (faults.length > 0) throw new InputFault(faults);
      const name = folders.length > 1 ? "comparison.html" : "report.html";
      const out = options.out ?? join(folders[0] ?? "", name);
      checkFile(out, fileKinds.page, []);
      makeFolder(dirname(out));
      await built(folders, out, work);
      terminal.out(options.json ? JSON.stringify({ report: out, folders }) : out);
    });
}
