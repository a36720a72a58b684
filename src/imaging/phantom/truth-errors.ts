import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { overlaps } from "../segmentation/matching.js";

/** How far a measured column is from the truth. */
export interface ColumnError {
  readonly column: string;
  /** Particles of which both are known. */
  readonly particles: number;
  /** Mean of measured less true, and the root of the mean square. */
  readonly bias: number;
  readonly deviation: number;
  /** Standard deviation of the truth, to compare. */
  readonly trueDeviation: number;
  /** Where the table states an error: root of the mean square of the difference over it; 1 when the errors are right. */
  readonly overError: number | null;
}

export interface TruthErrors {
  /** True particles, found ones, and those of both that share more than half of their union. */
  readonly truth: number;
  readonly found: number;
  readonly matched: number;
  /** Columns of whole particles that both tables have. */
  readonly columns: readonly ColumnError[];
}

/**
 * Compares measured particles with those of a phantom. Both tables hold particle k in row k − 1.
 * @throws RangeError when the pictures differ in size
 */
export function truthErrors(
  truth: { readonly labels: ArrayLike<number>; readonly table: ParticleTable },
  measured: { readonly labels: ArrayLike<number>; readonly table: ParticleTable },
): TruthErrors {
  const { pairs } = overlaps(truth.labels, measured.labels);
  const matched = pairs.filter(([, , overlap]) => overlap > 0.5);
  const whole = matched.filter(([t, m]) => !touches(truth.table, t) && !touches(measured.table, m));
  const left = new Set(["Particle", "Label", "Touches edge"]);
  const shared = truth.table.names.filter((name) => !left.has(name) && measured.table.columns.has(name));
  return {
    truth: truth.table.rows,
    found: measured.table.rows,
    matched: matched.length,
    columns: shared.map((column) => columnError(column, truth.table, measured.table, whole)),
  };
}

function touches(table: ParticleTable, particle: number): boolean {
  return columnOf(table, "Touches edge")[particle - 1] === 1;
}

function columnError(
  column: string,
  truth: ParticleTable,
  measured: ParticleTable,
  pairs: readonly (readonly [number, number, number])[],
): ColumnError {
  const [due, found] = [columnOf(truth, column), columnOf(measured, column)];
  const stated = measured.columns.get(`${column} error`);
  const known = pairs.filter(([t, m]) => Number.isFinite(due[t - 1]) && Number.isFinite(found[m - 1]));
  const mean = (of: (t: number, m: number) => number) =>
    known.reduce((sum, [t, m]) => sum + of(t - 1, m - 1), 0) / known.length;
  const trueMean = mean((t) => due[t]);
  return {
    column,
    particles: known.length,
    bias: mean((t, m) => found[m] - due[t]),
    deviation: Math.sqrt(mean((t, m) => (found[m] - due[t]) ** 2)),
    trueDeviation: Math.sqrt(mean((t) => (due[t] - trueMean) ** 2)),
    overError: stated ? Math.sqrt(mean((t, m) => ((found[m] - due[t]) / stated[m]) ** 2)) : null,
  };
}
