/** A column of a table that grows by rows: what it is called, and how a cell of it is written and read. */
export interface Column<Source> {
  /** Without the unit. */
  readonly words: string;
  /** Empty for plain numbers and for words. */
  readonly unit: string;
  /** How a cell is read. */
  readonly holds: "numbers" | "words";
  /** What is written of a row, in the unit. */
  readonly cell: (of: Source) => number | string;
}

/** Columns by what the program calls them, in the order of the table. */
export type Columns<Source> = Readonly<Record<string, Column<Source>>>;

/** Names of columns that hold what is asked. */
export type KeysOf<Table, Holds extends Column<never>["holds"]> = {
  [Key in keyof Table]: Table[Key] extends { readonly holds: Holds } ? Key : never;
}[keyof Table];

/** A column of numbers; an empty cell where there is none. */
export function numbers<Source>(words: string, unit: string, cell: (of: Source) => number | "") {
  return { words, unit, holds: "numbers", cell } as const;
}

/** A column of words. */
export function words<Source>(name: string, cell: (of: Source) => string) {
  return { words: name, unit: "", holds: "words", cell } as const;
}

/** Its name in the table: words, and the unit in brackets. */
export function columnName({ words: name, unit }: Pick<Column<never>, "words" | "unit">): string {
  return unit === "" ? name : `${name} [${unit}]`;
}

/** The header of a table. */
export function columnNames(columns: Columns<never>): string[] {
  return Object.values(columns).map(columnName);
}

/** The cells of one row. */
export function rowCells<Source>(columns: Columns<Source>, of: Source): (number | string)[] {
  return Object.values(columns).map(({ cell }) => cell(of));
}
