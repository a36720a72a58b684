import { join } from "node:path";
import { writeAtomically } from "../../folder/atomic-file.js";
import { inFolder } from "../../folder/claim-folder.js";
import { clearFolder } from "../../folder/clear-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { writeJson } from "../../folder/json-file.js";
import { type MadePhantom, makePhantom, type PhantomRecipe } from "../../imaging/phantom/recipe.js";
import { truthTable } from "../../imaging/phantom/truth-table.js";
import { writeTiff } from "../../imaging/volume/tiff-writer.js";
import { phantomFiles } from "../../result/result-files.js";
import { phantomCalibration, phantomCard } from "../../scenario/imaging/phantom-companions.js";
import { writeParticleTable } from "../../table/particle-table.js";
import { asInput } from "../input-refused.js";

/**
 * Paints a tomogram whose particles are known, into a folder.
 * @param inputs files that the recipe was read from
 * @returns what `summary.json` says
 * @throws InputRefused, OutputRefused, MachineFailure
 */
export async function paintPhantom(recipe: PhantomRecipe, folder: string, inputs: readonly string[] = []) {
  return inFolder(folder, folderKinds.phantom, { inputs }, async () => {
    const made = await asInput(() => makePhantom(recipe));
    return writePhantom(folder, made, recipe);
  });
}

function writePhantom(folder: string, made: MadePhantom, recipe: PhantomRecipe) {
  const at = (name: keyof typeof phantomFiles) => join(folder, phantomFiles[name]);
  clearFolder(folder, folderKinds.phantom, phantomFiles.summary);
  const { phantom, grey } = made;
  const truth = truthTable(made);
  writeTiff(at("grey"), grey);
  writeTiff(at("phases"), phantom.phases);
  const labels = truth.rows < 65_536 ? Uint16Array.from(phantom.labels) : phantom.labels;
  writeTiff(at("labels"), { ...phantom.phases, data: labels });
  writeAtomically(at("truth"), writeParticleTable(truth));
  writeAtomically(at("card"), phantomCard(recipe));
  writeAtomically(at("calibration"), phantomCalibration(recipe));
  const summary = summaryOf(made, recipe);
  writeJson(at("summary"), summary);
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
