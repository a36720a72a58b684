import { unitOf, unitRatio } from "../../quantity/units.js";
import { areLike, damageMeaning, damageQuantity, isPlainDamage } from "../../table/damage-name.js";
import type { ParticleTable } from "../../table/particle-table.js";
import { columnNamed } from "../learn/preparation.js";

/** A table with the name it has in messages. */
export interface NamedTable {
  readonly name: string;
  readonly table: ParticleTable;
}

/** A column of each table that hold the same quantity, or as good as the same. */
export interface LikeColumns {
  /** By table; `factor` makes the first table's unit of it. */
  readonly columns: readonly { readonly name: string; readonly factor: number }[];
  /** Sentences about what stands beside what. */
  readonly notes: readonly string[];
}

/** Columns that a request for damage can mean, in this order. */
const damages = ["Interface damage", "Crack share", "Detachment"] as const;

/**
 * Chooses the column of each table that is to be set beside the others: like with like, in one unit. A request for damage, or for
 * one of the two sides of the interface, takes what each table has of it: simulated interface damage beside measured detachment.
 * @param ranks whether only ranks are compared, so that different quantities may stand beside each other.
 * @throws RangeError with the reason where tables hold different quantities, or units that do not convert.
 */
export function likeColumns(tables: readonly NamedTable[], asked: string, ranks: boolean): LikeColumns {
  const names = chosenNames(tables, asked, ranks);
  const quantities = names.map(damageQuantity);
  const unlike = quantities.findIndex((quantity) => !areLike(quantities[0], quantity));
  const said = names.map((name, k) => `${tables[k].name}: ${name}${meaningOf(name)}`);
  if (unlike > 0 && !ranks)
    throw new RangeError(
      `Setting particle tables beside each other: found different quantities. ${said[0]}. ${said[unlike]}. Allowed: one quantity in all tables, or interface damage beside detachment; choose another column, or compare ranks only with --ranks.`,
    );
  const several = new Set(names).size > 1;
  const beside = several ? [`Different quantities stand beside each other. ${said.join(". ")}.`] : [];
  const told = tables.flatMap(({ name, table }) => (table.notes ?? []).map((note) => `${name}: ${note}`));
  const alone =
    !several && told.length === 0 && quantities[0] !== undefined ? [`${names[0]}${meaningOf(names[0])}.`] : [];
  return {
    columns: names.map((name, k) => ({
      name,
      factor: ranks ? 1 : factorOf(name, names[0], tables[k].name, tables[0].name),
    })),
    notes: [...told, ...beside, ...alone],
  };
}

function meaningOf(name: string): string {
  const quantity = damageQuantity(name);
  return quantity === undefined ? "" : `, ${damageMeaning[quantity]}`;
}

function chosenNames(tables: readonly NamedTable[], asked: string, ranks: boolean): string[] {
  const has = (table: ParticleTable, name: string) => table.columns.has(columnNamed(table, name));
  if (tables.every(({ table }) => has(table, asked))) return tables.map(({ table }) => columnNamed(table, asked));
  const sides: readonly string[] = ["Interface damage", "Detachment"];
  if (!isPlainDamage(asked) && !damages.some((name) => name.toLowerCase() === asked.toLowerCase()))
    return tables.map(({ table }) => columnNamed(table, asked));
  const shared = damages.find((name) => tables.every(({ table }) => has(table, name)));
  if (isPlainDamage(asked) && shared !== undefined) return tables.map(() => shared);
  const own = (table: ParticleTable) => sides.find((name) => has(table, name));
  if (tables.every(({ table }) => own(table) !== undefined) && asked !== "Crack share")
    return tables.map(({ table }) => own(table) ?? asked);
  const first = (table: ParticleTable) => damages.find((name) => has(table, name));
  if (isPlainDamage(asked) || ranks) return tables.map(({ table }) => first(table) ?? asked);
  return tables.map(({ table }) => (has(table, asked) ? asked : (first(table) ?? asked)));
}

function factorOf(name: string, first: string, table: string, firstTable: string): number {
  const [own, due] = [unitOf(name), unitOf(first)];
  if (own === due) return 1;
  const ratio = own === undefined || due === undefined ? undefined : unitRatio(own, due);
  if (ratio !== undefined) return ratio;
  const unit = (text: string | undefined) => (text === undefined ? "no unit" : `the unit ${text}`);
  throw new RangeError(
    `Setting particle tables beside each other: found ${name} of ${table} with ${unit(own)}, and ${first} of ${firstTable} with ${unit(due)}; allowed: units that convert.`,
  );
}
