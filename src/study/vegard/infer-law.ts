import { inFolder } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { type Part, paced } from "../../imaging/steps/steps.js";
import { inferSteps, modelStrain, type VegardSettings } from "../../inference/vegard/infer.js";
import { type VegardRecord, vegardRecord } from "../../inference/vegard/record.js";
import { writeLaw } from "../../result/vegard-folder.js";
import type { Stack } from "../../scenario/vegard/load.js";
import { version } from "../../scenario/version.js";
import { asInput } from "../input-refused.js";

/** Maps of particles whose law is to be inferred. */
export interface Inferring {
  readonly stack: Stack;
  readonly settings: VegardSettings;
  /** For the results. */
  readonly folder: string;
  /** Writes the page about the folder. */
  readonly page?: (folder: string) => Promise<void>;
}

/**
 * Infers the law between composition and strain, into a folder.
 * @returns what `vegard.json` says
 * @throws InputRefused, OutputRefused; Stopped after the signal; MachineFailure
 */
export async function inferLaw(
  { stack, settings, folder, page }: Inferring,
  signal: AbortSignal,
  told: (part: Part) => void,
): Promise<VegardRecord> {
  return inFolder(folder, folderKinds.vegard, { inputs: stack.inputs }, async () => {
    const inferred = await asInput(() => paced(inferSteps(stack.maps, settings), signal, told));
    const models = inferred.particles.map((particle) => modelStrain(particle, inferred.law, settings));
    const { title, pixelSize, alignments, synthetic } = stack;
    const truth = synthetic?.settings.law ?? null;
    const about = { version: version(), title, pixelSize, alignments, truth, settings };
    const record = vegardRecord(inferred, models, about);
    const maps = inferred.particles.map((particle) => particle.maps);
    writeLaw(folder, record, maps, models);
    await page?.(folder);
    return record;
  });
}
