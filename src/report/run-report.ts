import { writeAtomically } from "../folder/atomic-file.js";
import { judge } from "../inference/criteria.js";
import { finishedControls } from "../result/control-runs.js";
import { readRunFolder, recordedRun } from "../result/run-folder.js";
import { type Beside, type Context, makeContext } from "./context.js";
import { coordinatesOfReport, measureRun, type Run } from "./measured-run.js";
import { page } from "./page.js";
import { answer } from "./section/answer.js";
import { conservation } from "./section/balances.js";
import { comparison } from "./section/comparison.js";
import { damageSurfaces, fields } from "./section/fields.js";
import { network } from "./section/network.js";
import { parameterTable } from "./section/parameters.js";
import { price } from "./section/price.js";
import { provenance } from "./section/provenance.js";
import { references } from "./section/references.js";
import { synchronisation } from "./section/synchronisation.js";
import { verdicts } from "./section/verdicts.js";

/**
 * Writes one self-contained page about the results in the first folder, with its own controls and those in the others beside it.
 * Others that are its controls by their scenario are used for the verdicts.
 * @param folders results folders, at least one, each with at least one finished charge.
 * @param out path of the HTML file.
 * @throws Error, RangeError when a folder's files are missing, broken, or have no finished charge.
 */
export async function buildReport(folders: readonly string[], out: string): Promise<void> {
  if (folders.length === 0)
    throw new RangeError("Building a report: found no folder; give at least one results folder.");
  const [run, ...others] = folders.map((folder) => measureRun(readRunFolder(folder)));
  writeAtomically(
    out,
    await renderReport(makeContext(run, [...controlsOf(run), ...others.map((other) => ({ run: other }))])),
  );
}

/** The controls that were run with it. */
function controlsOf({ result }: Run): Beside[] {
  return finishedControls(result.folder, result.summary?.controls ?? []).flatMap(({ name, folder }) => {
    const control = readRunFolder(folder);
    return recordedRun(control).cycles.length === 0 ? [] : [{ run: measureRun(control), role: name }];
  });
}

async function renderReport(context: Context): Promise<string> {
  const { run } = context;
  const criteria = judge(run.measured, context.controls, context.absent);
  const scenario = run.result.scenario as unknown as Readonly<Record<string, unknown>>;
  return page(run.label, factsOf(context), [
    answer(context, criteria),
    await synchronisation(context),
    await price(context),
    await network(context),
    await damageSurfaces(context),
    await fields(context),
    await comparison(context),
    verdicts(criteria),
    await conservation(context),
    parameterTable(scenario),
    references(scenario),
    provenance(context),
  ]);
}

function factsOf({ run }: Context): string {
  const { geometry, network: packing } = run.result.scenario;
  const { particles } = coordinatesOfReport(geometry);
  const shape = packing ? `a network of ${packing.dimension === 3 ? "spheres" : "disks"}` : particles;
  const cycles = run.measured.cycles.length;
  return `${run.particles} ${run.particles === 1 ? "particle" : "particles"} (${shape}), ${cycles} ${cycles === 1 ? "cycle" : "cycles"}, τ = ${run.tau.toFixed(0)}\u00a0s`;
}
