import { join } from "node:path";
import { Command } from "commander";
import { writeAtomically } from "../folder/atomic-file.js";
import { inFolder } from "../folder/claim-folder.js";
import { clearFolder } from "../folder/clear-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { type MadePhantom, makePhantom, type PhantomRecipe } from "../imaging/phantom/recipe.js";
import { truthTable } from "../imaging/phantom/truth-table.js";
import { writeTiff } from "../imaging/volume/tiff-writer.js";
import { phantomCalibration, phantomCard } from "../scenario/imaging/phantom-companions.js";
import { readPhantom } from "../scenario/imaging/phantom-file.js";
import { writeParticleTable } from "../table/particle-table.js";
import { asInput } from "./imaging-options.js";
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
  const inputs = path === undefined ? [] : [path];
  const summary = await inFolder(out, folderKinds.phantom, { inputs }, () => painted(recipe, out, terminal));
  const { particles, cracked, shape } = summary;
  const words = `${out}: ${particles} particles, ${cracked} of them cracked, in ${[...shape].reverse().join(" × ")} voxels`;
  terminal.out(json ? jsonText(summary) : words);
}

async function painted(recipe: PhantomRecipe, out: string, terminal: Terminal) {
  terminal.err("painting …");
  const made = await asInput(() => makePhantom(recipe));
  clearFolder(out, folderKinds.phantom, "summary.json");
  const { phantom, grey } = made;
  const truth = truthTable(made);
  writeTiff(join(out, "cathode.tif"), grey);
  writeTiff(join(out, "phases.tif"), phantom.phases);
  const labels = truth.rows < 65_536 ? Uint16Array.from(phantom.labels) : phantom.labels;
  writeTiff(join(out, "labels.tif"), { ...phantom.phases, data: labels });
  writeAtomically(join(out, "truth.csv"), writeParticleTable(truth));
  writeAtomically(join(out, "card.yaml"), phantomCard(recipe));
  writeAtomically(join(out, "calibration.yaml"), phantomCalibration(recipe));
  const summary = summaryOf(made, recipe);
  writeAtomically(join(out, "summary.json"), `${jsonText(summary)}\n`);
  return summary;
}

function summaryOf({ phantom: { phases, truth }, parts }: MadePhantom, recipe: PhantomRecipe) {
  return {
    recipe,
    shape: phases.shape,
    voxelSize: phases.voxelSize,
    particles: truth.length,
    cracked: truth.filter(({ crackVoxels }) => crackVoxels > 0).length,
    hollow: parts.hollows.length,
    detached: parts.caps.filter(({ gap = 0 }) => gap > 0).length,
  };
}
