import { deviation, mean } from "../../statistics/mean.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";

/** Mean profile over particles, from the surface inward. */
export interface RadialSummary {
  /** Words for the depth, with its unit. */
  readonly scale: string;
  /** What changes with it. */
  readonly column: string;
  readonly shells: readonly RadialShell[];
}

export interface RadialShell {
  readonly at: number;
  readonly particles: number;
  readonly mean: number;
  /** 95 % of the mean over particles: 1.96 standard errors. */
  readonly low: number;
  readonly high: number;
  /** Between particles. */
  readonly deviation: number;
}

/** Fewest particles of a shell, and fewest as a share of all: others would be another selection of particles. */
const fewest = 3;
const fewestShare = 0.2;

/** Columns of a table of shells that are drawn. */
const drawn = ["Void fraction", "Electron density", "Stoichiometry"];

/**
 * Mean over particles of what stands in a table of shells; a particle counts once in each shell, however many voxels it has
 * there.
 * @param whole numbers of the particles that count
 */
export function radialSummaries(table: ParticleTable, whole: ReadonlySet<number>): RadialSummary[] {
  const scale = table.names.find((name) => name.startsWith("Depth"))!;
  return drawn
    .filter((column) => table.columns.has(column))
    .map((column) => ({ scale, column, shells: shellsOf(table, scale, column, whole) }));
}

function shellsOf(table: ParticleTable, scale: string, column: string, whole: ReadonlySet<number>): RadialShell[] {
  const [particle, place, value] = [columnOf(table, "Particle"), columnOf(table, scale), columnOf(table, column)];
  const found = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    if (!whole.has(particle[row]) || !Number.isFinite(value[row])) continue;
    const own = found.get(place[row]);
    if (own) own.push(value[row]);
    else found.set(place[row], [value[row]]);
  }
  return [...found]
    .filter(([, values]) => values.length >= Math.max(fewest, fewestShare * whole.size))
    .sort(([a], [b]) => a - b)
    .map(([at, values]) => {
      const [centre, spread] = [mean(values), deviation(values)];
      const half = (1.96 * spread) / Math.sqrt(values.length);
      return { at, particles: values.length, mean: centre, low: centre - half, high: centre + half, deviation: spread };
    });
}
