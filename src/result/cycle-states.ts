import { join } from "node:path";
import { fileBytes } from "../folder/read-file.js";
import { type Charging, chargings } from "../inference/charging.js";
import { columnOf, type ParticleTable, particleTable, readParticleTable } from "../table/particle-table.js";
import { readManifest } from "./manifest.js";
import { readRows } from "./read-rows.js";
import type { Row } from "./row.js";

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
  const particles = readParticleTable(fileBytes(join(folder, "particles.csv")));
  const rows = readRows(folder, particles.rows);
  const charges = chargesOf(
    rows,
    manifest.scenario.protocol.steps.map(({ verb }) => verb),
  );
  let before: readonly number[] = new Array<number>(particles.rows).fill(0);
  return cycles.map((cycle) => {
    const charge = charges[cycle - 1];
    if (!charge)
      throw new RangeError(
        `${doing}: found cycle ${cycle}; the run finished the charges of cycles 1 to ${charges.length}.`,
      );
    const row = rows[charge.to];
    const table = stateTable(particles, cycle, row, before);
    before = row.damage;
    return { cycle, table };
  });
}

function chargesOf(rows: readonly Row[], verbs: readonly string[]): Charging[] {
  return chargings(verbs, {
    cycle: rows.map(({ cycle }) => cycle),
    protocolStep: rows.map(({ protocolStep }) => protocolStep),
    ended: rows.map(({ ended }) => ended),
  });
}

function stateTable(particles: ParticleTable, cycle: number, row: Row, before: readonly number[]): ParticleTable {
  const then: Record<string, readonly number[]> = {
    "Interface damage": row.damage,
    "Largest interface damage": row.largestDamage,
    "Mean stoichiometry": row.stoichiometry,
  };
  const kept = particles.names.filter((name) => name !== ofTheEnd);
  return particleTable({
    ...Object.fromEntries(
      kept.map((name) => [name, Object.hasOwn(then, name) ? then[name] : columnOf(particles, name)]),
    ),
    "Interface damage increment": row.damage.map((value, k) => value - before[k]),
    Cycle: row.damage.map(() => cycle),
  });
}
