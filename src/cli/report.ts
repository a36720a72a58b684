import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { makeFolder } from "../result/make-folder.js";
import { checkFile, fileKinds } from "../result/output-file.js";
import { InputFault } from "../scenario/faults.js";
import type { Collaborators } from "./collaborators.js";
import type { Terminal } from "./terminal.js";

/** Whether a folder has a report of its own kind. */
function standsAlone(folder: string): boolean {
  return ["sweep.json", "learn.json", "compare.json", "vegard.json", "fit.json", "contacts.csv"].some((file) =>
    existsSync(join(folder, file)),
  );
}

/** `synchrode report`: (re)builds the HTML report of results folders. */
export function reportCommand(terminal: Terminal, work: Collaborators): Command {
  return new Command("report")
    .description(
      "build the HTML report of one or several results folders, or of a sweep, of learning, of a comparison, of a composition-strain law, of a fit or of particles in a tomogram; controls are recognised by their scenarios",
    )
    .argument("<folders...>", "results folders, the main one first")
    .option("--out <file>", "HTML file (default: report.html in the first folder)")
    .option("--json", "print the path of the report as JSON")
    .addHelpText("after", "\nExample:\n  synchrode report results/three-particles results/feedback-off")
    .action(async (folders: string[], options: { out?: string; json?: true }) => {
      const faults = folders
        .filter((folder, k) => !existsSync(join(folder, "manifest.json")) && !(k === 0 && standsAlone(folder)))
        .map((folder) => ({
          place: { file: folder },
          key: "",
          found: "no manifest.json",
          allowed: "a folder that synchrode run has written",
        }));
      if (faults.length > 0) throw new InputFault(faults);
      const out = options.out ?? join(folders[0] ?? "", "report.html");
      checkFile(out, fileKinds.page, []);
      makeFolder(dirname(out));
      await work.buildReport(folders, out);
      terminal.out(options.json ? JSON.stringify({ report: out, folders }) : out);
    });
}
