import { Command } from "commander";
import { jsonText } from "../folder/json-file.js";
import { readPhantom } from "../scenario/imaging/phantom-file.js";
import { paintPhantom } from "../study/imaging/paint-phantom.js";
import type { Terminal } from "./terminal.js";

interface Options {
  readonly out: string;
  readonly json?: true;
}

/** `synchrode phantom`: a tomogram whose particles are known, to learn what a measurement of it is worth. */
export function phantomCommand(terminal: Terminal): Command {
  return new Command("phantom")
    .description("paint a tomogram whose particles are known: to try the other commands, and to learn their error bars")
    .argument("[recipe]", "phantom file (YAML) with the keys that differ from the defaults")
    .option("--out <folder>", "folder for the tomogram and its truth", "phantom")
    .option("--json", "print what was painted as JSON")
    .addHelpText(
      "after",
      [
        "\nExample:\n  synchrode phantom --out phantom",
        "\nand then:",
        "  synchrode segment phantom/phases.tif --closing 1um --out segmented",
        "  synchrode measure phantom/phases.tif segmented/labels.tif --closing 1um --grey phantom/cathode.tif --calibration phantom/calibration.yaml --truth phantom --out measured",
        "  synchrode network measured/particles.csv --out cathode.yaml",
        "  synchrode check cathode.yaml",
      ].join("\n"),
    )
    .action((path: string | undefined, options: Options) => run(path, options, terminal));
}

async function run(path: string | undefined, { out, json }: Options, terminal: Terminal): Promise<void> {
  const recipe = readPhantom(path);
  terminal.err("painting …");
  const painted = await paintPhantom(recipe, out, path === undefined ? [] : [path]);
  const { particles, cracked, shape } = painted;
  const words = `${out}: ${particles} particles, ${cracked} of them cracked, in ${[...shape].reverse().join(" × ")} voxels`;
  terminal.out(json ? jsonText(painted) : words);
}
