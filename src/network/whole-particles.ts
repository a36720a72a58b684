import { type ParticleTable, particleTable } from "../table/particle-table.js";

/** Names under which tables of others keep what a network needs, after our own; lengths in µm, shares from 0 to 1. */
const names = {
  x: ["x [um]", "x_um"],
  y: ["y [um]", "y_um"],
  z: ["z [um]", "z_um"],
  radius: ["Particle radius [um]", "r_eq_um"],
  coverage: ["Coverage", "frac_free_faces_cbd"],
  edge: ["Touches edge", "touches_edge"],
} as const;

type Wanted = keyof typeof names;

/** The particles of a table that can stand in a network. */
export interface WholeParticles {
  /** Columns `x [um]`, `y [um]`, `z [um]` if there is one, `Particle radius [um]`, `Coverage` if any is known. */
  readonly table: ParticleTable;
  /** Rows of the table they came from. */
  readonly rows: Int32Array;
  /** Which column each of ours was made from. */
  readonly from: Readonly<Record<string, string>>;
  readonly leftOut: readonly { readonly reason: string; readonly rows: number }[];
}

/**
 * Takes places, radii and coverage from a particle table, ours or a foreign one, without particles that the edge of a picture
 * cuts (unless they are kept as what is seen of them) and without rows that miss a place or a radius.
 * @throws RangeError when a column is missing, or no particle is left.
 */
export function wholeParticles(table: ParticleTable, keepEdge = false): WholeParticles {
  const found = (wanted: Wanted) => names[wanted].find((name) => table.columns.has(name));
  const due = (wanted: Wanted): string => {
    const name = found(wanted);
    if (name !== undefined) return name;
    const either = names[wanted].join(" or ");
    throw new RangeError(`Reading particles: no column ${either}; there are: ${table.names.join(", ")}.`);
  };
  const from: Record<string, string> = { "x [um]": due("x"), "y [um]": due("y") };
  const z = found("z");
  if (z !== undefined) from["z [um]"] = z;
  from["Particle radius [um]"] = due("radius");
  const finite = Object.values(from).map((name) => table.columns.get(name)!);
  const cover = found("coverage");
  if (cover !== undefined && table.columns.get(cover)!.some(Number.isFinite)) from.Coverage = cover;
  const edge = table.columns.get(found("edge") ?? "");
  const radius = table.columns.get(from["Particle radius [um]"])!;
  const leftOut: { reason: string; rows: number }[] = [];
  let rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const keep = (reason: string, test: (row: number) => boolean) => {
    const kept = rows.filter(test);
    if (kept.length < rows.length) leftOut.push({ reason, rows: rows.length - kept.length });
    rows = kept;
  };
  keep("cut by the edge of the picture", (row) => keepEdge || !((edge?.[row] ?? 0) > 0));
  keep(
    "without a place or a radius",
    (row) => finite.every((column) => Number.isFinite(column[row])) && radius[row] > 0,
  );
  if (rows.length === 0)
    throw new RangeError(
      `Reading particles: none of ${table.rows} rows is a whole particle with a place and a radius.`,
    );
  const columns = Object.entries(from).map(([own, name]) => [
    own,
    Float64Array.from(rows, (k) => table.columns.get(name)![k]),
  ]);
  return { table: particleTable(Object.fromEntries(columns) as Record<string, Float64Array>), rows, from, leftOut };
}
