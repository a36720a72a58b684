import { draws } from "../../src/draws/draws.js";
import { columnOf, type ParticleTable, particleTable } from "../../src/table/particle-table.js";

/**
 * The particles of a table with damage made on purpose: from each particle's own radius and coverage, and from its
 * neighbourhood alone, each with a fifth of its spread as noise. What a ranking of the table's attributes could find.
 */
export function plantedOn(table: ParticleTable): { readonly own: ParticleTable; readonly around: ParticleTable } {
  const random = draws(0, "planted on a network");
  const made = (causes: readonly string[]) => {
    const columns = causes.map((name) => standardised(columnOf(table, name)));
    const cause = standardised(columns[0].map((_, row) => columns.reduce((sum, column) => sum + column[row], 0)));
    const damage = cause.map((value) => 0.3 + 0.05 * (value + 0.2 * random.normal()));
    return particleTable({ ...Object.fromEntries(table.columns), Damage: damage });
  };
  return {
    own: made(["Particle radius [um]", "Coverage"]),
    around: made(["Packing density", "Bond order of six nearest", "Volume spread of six nearest [um3]"]),
  };
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / sd);
}
