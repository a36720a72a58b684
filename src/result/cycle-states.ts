import { join } from "node:path";
import { fileBytes } from "../folder/read-file.js";
import { columnOf, type ParticleTable, particleTable, readParticleTable } from "../table/particle-table.js";
import { readManifest } from "./manifest.js";
import type { CrackValue, ParticleValue } from "./particle-timeseries.js";
import { readSteps } from "./read-steps.js";
import { chargesOf } from "./record.js";
import { runFiles } from "./result-files.js";
import { valuesAt } from "./steps.js";

/** The particles of a run as they were at the end of the charge of one cycle. */
export interface CycleState {
  /** From 1. */
  readonly cycle: number;
  /**
   * The columns of `particles.csv` with damage and stoichiometry of that time, `Cycle`, and `Interface damage increment`: the damage
   * that came since the state before, or since the start of the run.
   */
  readonly table: ParticleTable;
}

/** What `particles.csv` knows only of the end of the run. */
const ofTheEnd = "Charge passed [mAh/cm3]";

/**
 * Reads a results folder as particle tables, one for each cycle asked for.
 * @param cycles from 1, rising.
 * @throws RangeError when the folder holds no run, a cycle has no finished charge, or cycles do not rise.
 */
export function readCycleStates(folder: string, cycles: readonly number[]): CycleState[] {
  const doing = `Reading states of the run in ${folder}`;
  const manifest = readManifest(folder);
  if (!manifest) throw new RangeError(`${doing}: found no manifest.json; give a folder that "synchrode run" wrote.`);
  const falls = cycles.findIndex((cycle, k) => k > 0 && !(cycle > cycles[k - 1]));
  if (falls > 0)
    throw new RangeError(`${doing}: found cycle ${cycles[falls]} after ${cycles[falls - 1]}; let them rise.`);
  const particles = readParticleTable(fileBytes(join(folder, runFiles.particles)));
  const steps = readSteps(folder, particles.rows);
  const charges = chargesOf(steps, manifest.scenario);
  let before: Float64Array = new Float64Array(particles.rows);
  return cycles.map((cycle) => {
    const charge = charges[cycle - 1];
    if (!charge)
      throw new RangeError(
        `${doing}: found cycle ${cycle}; the run finished the charges of cycles 1 to ${charges.length}.`,
      );
    const then = (value: ParticleValue | CrackValue) =>
      valuesAt(steps, value, charge.to) ?? new Float64Array(particles.rows);
    const table = stateTable(particles, cycle, then, before);
    before = then("damage");
    return { cycle, table };
  });
}

function stateTable(
  particles: ParticleTable,
  cycle: number,
  then: (value: ParticleValue | CrackValue) => Float64Array,
  before: Float64Array,
): ParticleTable {
  const damage = then("damage");
  const ofThen: Record<string, Float64Array> = {
    "Interface damage": damage,
    "Largest interface damage": then("largestDamage"),
    "Mean stoichiometry": then("meanStoichiometry"),
    "Crack share": then("crackShare"),
  };
  const kept = particles.names.filter((name) => name !== ofTheEnd);
  return particleTable({
    ...Object.fromEntries(
      kept.map((name) => [name, Object.hasOwn(ofThen, name) ? ofThen[name] : columnOf(particles, name)]),
    ),
    "Interface damage increment": damage.map((value, k) => value - before[k]),
    Cycle: damage.map(() => cycle),
  });
}
