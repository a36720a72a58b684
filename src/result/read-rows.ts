import { join } from "node:path";
import { fileBytes } from "../folder/read-file.js";
import { olderNames } from "../table/damage-name.js";
import { readNumberColumns } from "../table/number-columns.js";
import { readSeparated } from "../table/separated.js";
import type { ParticleTimeseriesColumn } from "./particle-timeseries.js";
import type { Extremes, Row } from "./row.js";
import type { TimeseriesColumn } from "./timeseries.js";

const byParticle = [
  "Mean stoichiometry",
  "Surface stoichiometry",
  "Interface damage",
  "Largest interface damage",
] as const satisfies readonly ParticleTimeseriesColumn[];

/**
 * The steps of a run, from `timeseries.csv` and `particle_timeseries.csv`.
 * @throws RangeError when the particles' rows are not those of steps, each whole.
 */
export function readRows(folder: string, particles: number): Row[] {
  const series = namedRows<TimeseriesColumn>(join(folder, "timeseries.csv"));
  const columns = readNumberColumns(join(folder, "particle_timeseries.csv"), ["Time [s]", ...byParticle], olderNames);
  const times = columns["Time [s]"];
  let next = 0;
  const rows = series.map((cell): Row => {
    const time = Number(cell("Time [s]"));
    const from = next;
    if (times[from] === time) next += particles;
    const own = (name: (typeof byParticle)[number]) => Array.from(columns[name].subarray(from, next));
    return {
      time,
      cycle: Number(cell("Cycle")),
      protocolStep: Number(cell("Protocol step")),
      verb: cell("Verb"),
      voltage: Number(cell("Cell voltage [V]")),
      capacity: Number(cell("Capacity [mAh/cm3]")),
      ended: cell("Ended"),
      ...extremesOf(cell),
      balances: [Number(cell("Lithium balance")), Number(cell("Charge balance")), Number(cell("Momentum balance"))],
      stoichiometry: own("Mean stoichiometry"),
      surfaceStoichiometry: own("Surface stoichiometry"),
      damage: own("Interface damage"),
      largestDamage: own("Largest interface damage"),
    };
  });
  const torn = rows.some(({ ended, damage }) => ended !== "" && damage.length === 0);
  if (torn || next !== times.length) {
    const found = `${times.length} rows of ${particles} particles, of which ${next} belong to the ${series.length} steps`;
    throw new RangeError(
      `Reading the results in ${folder}: found ${found}; a step has one row a particle, or none if it ends no instruction.`,
    );
  }
  return rows;
}

function extremesOf(cell: NamedCell<TimeseriesColumn>): { readonly extremes?: Extremes } {
  if (!cell.has("Smallest stoichiometry")) return {};
  const smallest = Number(cell("Smallest stoichiometry"));
  const largest = Number(cell("Largest stoichiometry"));
  return {
    extremes: {
      smallest,
      largest,
      emptiest: Number(cell("Emptiest particle")),
      fullest: Number(cell("Fullest particle")),
    },
  };
}

/** The cell of a row under a name. */
interface NamedCell<Column extends string> {
  (name: Column): string;
  has(name: Column): boolean;
}

function namedRows<Column extends string>(path: string): NamedCell<Column>[] {
  const { names, rows, cells } = readSeparated(fileBytes(path));
  return Array.from({ length: rows }, (_, row) => {
    const at = (name: Column): string => {
      const cell = cells.get(name)?.[row];
      if (cell === undefined)
        throw new RangeError(`Reading ${path}: no column ${name}; there are: ${names.join(", ")}.`);
      return cell;
    };
    return Object.assign(at, { has: (name: Column) => cells.has(name) });
  });
}
