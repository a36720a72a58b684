import { draws, shuffled } from "../../draws/draws.js";
import { meanRanks } from "../../statistics/ranks.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { chooseRows, makeSamples, type Samples } from "../forest/samples.js";
import { columnRole, type Group, plainName } from "./attribute.js";

export interface PreparationSettings {
  /** Column to be explained. */
  readonly target: string;
  /** Groups of columns by name, over those that names tell. */
  readonly groups: Readonly<Record<string, Group>>;
  /** Columns that are not to be attributes. */
  readonly leaveOut: readonly string[];
  /** Keep particles that the edge of the image cuts. */
  readonly keepEdge: boolean;
  /** More rows than these are drawn from at random. */
  readonly mostRows: number;
  /** The target's ranks in place of its values. */
  readonly ranks?: boolean;
}

/** A table made ready for learning, with all that was left out. */
export interface Prepared {
  readonly samples: Samples;
  /** Rows of the table that the samples are. */
  readonly rows: Int32Array;
  /** [attribute] */
  readonly groups: readonly Group[];
  /** Columns that are no attributes, and why. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
  /** Sentences about rows left out and what else to know. */
  readonly notes: readonly string[];
}

/** A column that misses more than this share of its rows is left out, rather than the rows. */
const mostMissing = 0.2;
/** Fewer rows say nothing. */
const fewestRows = 20;

/**
 * Chooses rows and attributes of a particle table: leaves out names, outcomes, constant and incomplete columns, particles
 * cut by the edge, and rows with missing numbers.
 * @throws RangeError when a column is not there, the target is constant, or fewer than 20 rows or no attribute are left.
 */
export function prepare(table: ParticleTable, settings: PreparationSettings): Prepared {
  const targetName = columnNamed(table, settings.target);
  const target = columnOf(table, targetName);
  for (const name of [...settings.leaveOut, ...Object.keys(settings.groups)]) columnOf(table, name);
  const notes = [...(table.notes ?? []), ...duplicateNote(table)];
  const edge = settings.keepEdge ? undefined : table.columns.get(columnNamed(table, "Touches edge", ""));
  let rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const keep = (reason: string, test: (row: number) => boolean) => {
    const kept = rows.filter(test);
    if (kept.length < rows.length) notes.push(`${rows.length - kept.length} rows left out: ${reason}.`);
    rows = kept;
  };
  keep("the edge of the image cuts the particle", (row) => !(edge && edge[row] > 0));
  keep(`${settings.target} is missing`, (row) => Number.isFinite(target[row]));
  checkRows(table, rows);
  const { names, left } = chooseColumns(table, rows, settings, targetName);
  keep("an attribute is missing", (row) => names.every((name) => Number.isFinite(columnOf(table, name)[row])));
  if (rows.length > settings.mostRows) {
    notes.push(`${settings.mostRows} of ${rows.length} rows drawn at random.`);
    rows = shuffled(rows.length, draws(0, "rows"))
      .slice(0, settings.mostRows)
      .map((k) => rows[k])
      .sort();
  }
  checkEnough(table, rows, names, target, settings.target);
  const all = makeSamples(
    Object.fromEntries(
      names.map((name) => [name, columnOf(table, name).map((value) => (Number.isFinite(value) ? value : 0))]),
    ),
    target.map((value) => (Number.isFinite(value) ? value : 0)),
  );
  const group = (name: string) =>
    Object.hasOwn(settings.groups, name) ? settings.groups[name] : (columnRole(name).role as Group);
  const chosen = chooseRows(all, rows);
  const samples = settings.ranks ? { ...chosen, target: rankShares(chosen.target) } : chosen;
  if (settings.ranks) notes.push(`Ranks of ${settings.target} are explained, from 0 to 1, not its values.`);
  const words = (table.words ?? []).map((name) => ({ name, reason: "holds words" }));
  return { samples, rows, groups: names.map(group), left: [...left, ...words], notes };
}

/** The column of this name, or of the same name written otherwise; `otherwise`, or an error, when there is none. */
export function columnNamed(table: ParticleTable, name: string, otherwise = name): string {
  if (table.columns.has(name)) return name;
  const alike = table.names.filter((other) => plainName(other) === plainName(name));
  return alike.length === 1 ? alike[0] : otherwise;
}

/** The place of each value among all, 0 to 1; equal ones share theirs. */
function rankShares(values: Float64Array): Float64Array {
  const places = meanRanks(values);
  return Float64Array.from(places, (place) => (place - 1) / (values.length - 1));
}

function duplicateNote(table: ParticleTable): string[] {
  const ids = table.columns.get("Particle");
  const repeated = ids ? ids.length - new Set(ids).size : 0;
  return repeated > 0 ? [`${repeated} rows repeat the number of another particle; all are kept.`] : [];
}

function chooseColumns(
  table: ParticleTable,
  rows: Int32Array,
  settings: PreparationSettings,
  target: string,
): { readonly names: string[]; readonly left: { name: string; reason: string }[] } {
  const left: { name: string; reason: string }[] = [];
  const chosen = new Map<string, Float64Array>();
  const repeats = (values: Float64Array): string | null => {
    const same = [...chosen].find(([, other]) => rows.every((row) => Object.is(values[row], other[row])));
    return same ? `the same as ${same[0]} in every row` : null;
  };
  const names = table.names.filter((name) => {
    if (name === target) return false;
    const values = columnOf(table, name);
    const reason = reasonAgainst(name, values, rows, settings) ?? repeats(values);
    if (reason !== null) left.push({ name, reason });
    else chosen.set(name, values);
    return reason === null;
  });
  return { names, left };
}

function reasonAgainst(
  name: string,
  values: Float64Array,
  rows: Int32Array,
  { groups, leaveOut }: PreparationSettings,
): string | null {
  const { role } = columnRole(name);
  if (leaveOut.includes(name)) return "left out as asked";
  const asked = Object.hasOwn(groups, name);
  if (!asked && role === "identity") return "names the particle or its state";
  if (!asked && role === "outcome") return "came out together with the target";
  if (!asked && numbersRows(values)) return "numbers the rows";
  const found = rows.filter((row) => Number.isFinite(values[row]));
  const missing = 1 - found.length / rows.length;
  if (missing > mostMissing) return `${Math.round(100 * missing)} % of its numbers are missing`;
  return found.every((row) => values[row] === values[found[0]]) ? "the same in every row" : null;
}

/** Whether whole numbers rise by one from row to row, as an index does whatever it is called. */
function numbersRows(values: Float64Array): boolean {
  return Number.isInteger(values[0]) && values.every((value, row) => value === values[0] + row);
}

function checkRows(table: ParticleTable, rows: Int32Array): void {
  if (rows.length < fewestRows)
    throw new RangeError(
      `Learning from a particle table: ${rows.length} of ${table.rows} rows can be used; at least ${fewestRows} are needed.`,
    );
}

function checkEnough(
  table: ParticleTable,
  rows: Int32Array,
  names: readonly string[],
  target: Float64Array,
  targetName: string,
): void {
  checkRows(table, rows);
  if (names.length === 0)
    throw new RangeError(
      `Learning from a particle table: no column is left as an attribute; there are: ${table.names.join(", ")}.`,
    );
  if (rows.every((row) => target[row] === target[rows[0]]))
    throw new RangeError(
      `Learning from a particle table: ${targetName} is ${target[rows[0]]} in every row; there is nothing to explain.`,
    );
}
