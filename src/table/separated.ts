import { cellNumber, clockSeconds, type DecimalSign, decimalSign } from "./cell-number.js";
import { withoutGuard } from "./csv-row.js";
import { decodeTable } from "./decode.js";
import { type Separator, separatorOf } from "./separator.js";
import { quoted, TableFault } from "./table-fault.js";

/** A table of cells as text, by the name of their column. */
export interface SeparatedTable {
  /** Columns that have a name, in the order of the file. A column without one, such as pandas' index, is nobody's. */
  readonly names: readonly string[];
  readonly rows: number;
  /** By name, one cell a row. */
  readonly cells: ReadonlyMap<string, readonly string[]>;
  /** Line of each row in the file, from 1. */
  readonly line: readonly number[];
  readonly separator: Separator;
  readonly decimal: DecimalSign;
}

/** A row of a table as it stands in the file, quotes and all: one line, or several where quotes hold line ends. */
interface Logical {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads a table whose cells are separated by commas, semicolons, tabs or white space, found once for the whole file, as is the
 * decimal sign. Lines that begin with `#`, blank ones and rows of empty cells are passed over; a cell in quotes may hold
 * separators, line ends and doubled quotes (RFC 4180).
 * @param source text, or bytes in UTF-8, UTF-16 or Latin-1.
 * @param header names of the columns, for a file without any.
 * @throws TableFault with the line for broken quotes, rows of another number of cells, a name that comes twice, or no header.
 */
export function readSeparated(source: string | Uint8Array, header?: readonly string[]): SeparatedTable {
  const text = (typeof source === "string" ? source : decodeTable(source)).replace(/^\uFEFF/, "");
  const { records, mark } = recordsOf(text);
  const separator =
    mark ??
    separatorOf(
      records.map((record) => record.text),
      header?.length,
    );
  const tokenised = records.map((record) => ({ line: record.line, cells: cellsOf(record, separator) }));
  const first = header === undefined ? tokenised.shift() : { line: 0, cells: header };
  if (!first) throw new TableFault("no header", "a first row that names the columns");
  const names = first.cells.map((name) => withoutGuard(name.trim()));
  checkNames(names, header === undefined ? first.line : undefined);
  const rows = tokenised.filter(({ cells }) => cells.some((cell) => cell.trim() !== "") || cells.length === 1);
  for (const row of rows) checkLength(row, names.length, separator);
  const named = names.flatMap((name, column) => (isNameless(name) ? [] : [{ name, column }]));
  const cells = new Map(named.map(({ name, column }) => [name, rows.map((row) => row.cells[column] ?? "")]));
  const decimal = separator === "," ? "." : decimalOf(cells.values());
  return {
    names: named.map(({ name }) => name),
    rows: rows.length,
    cells,
    line: rows.map(({ line }) => line),
    separator,
    decimal,
  };
}

/** Cells of a column. @throws TableFault naming the columns there are. */
export function columnCells(table: SeparatedTable, name: string): readonly string[] {
  const cells = table.cells.get(name);
  if (!cells) throw new TableFault(`no column ${quoted(name)}`, `a column of ${table.names.join(", ")}`);
  return cells;
}

/**
 * A column as numbers, NaN where a cell is empty or says that nothing was measured.
 * @param allow `clock`: cells such as `01:30:00` are seconds.
 * @throws TableFault with line and column for a cell that is no number.
 */
export function columnNumbers(
  table: SeparatedTable,
  name: string,
  allow: "numbers" | "clock" = "numbers",
): Float64Array {
  return Float64Array.from(columnCells(table, name).keys(), (row) => numberAt(table, name, row, allow));
}

/** One cell as `columnNumbers` reads it. @throws TableFault with line and column for a cell that is no number. */
export function numberAt(table: SeparatedTable, name: string, row: number, allow: "numbers" | "clock"): number {
  const cell = table.cells.get(name)?.[row] ?? "";
  const value = cellNumber(cell, table.decimal) ?? (allow === "clock" ? clockSeconds(cell) : undefined);
  return value ?? refuse(table, name, row, allow);
}

/** The fault of a cell that was to be a number. */
export function noNumber(table: SeparatedTable, name: string, row: number, allowed: string): TableFault {
  const cell = columnCells(table, name)[row] ?? "";
  const found = `${quoted(cell)} in row ${row + 1} of column ${quoted(name)}`;
  return new TableFault(found, allowed, table.line[row]);
}

function refuse(table: SeparatedTable, name: string, row: number, allow: "numbers" | "clock"): never {
  const cell = columnCells(table, name)[row] ?? "";
  const sign = decimalSign(cell);
  if (table.decimal === "both" && sign !== undefined)
    throw noNumber(table, name, row, "one decimal sign in the whole table; other cells have the other one");
  if (sign === ",")
    throw noNumber(table, name, row, "a decimal comma only where semicolons, tabs or white space separate cells");
  const clock = allow === "clock" ? ", or a time such as 01:30:00" : "";
  const hint =
    allow === "numbers" && clockSeconds(cell) !== undefined ? "; times such as 01:30:00 only in a column of time" : "";
  throw noNumber(table, name, row, `a number, or an empty cell or NaN where there is none${clock}${hint}`);
}

/** Lines put together where quotes go on over their end, without comments and blank lines; and what `sep=` names. */
function recordsOf(text: string): { records: Logical[]; mark: Separator | undefined } {
  const records: Logical[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  const mark = /^sep=([,;\t])$/i.exec(lines[0] ?? "")?.[1] as Separator | undefined;
  for (let k = mark === undefined ? 0 : 1; k < lines.length; k++) {
    const line = k + 1;
    let own = lines[k] ?? "";
    if (own.trim() === "" || /^\s*#/.test(own)) continue;
    let open = quoteCount(own) % 2 === 1;
    while (open && k + 1 < lines.length) {
      const next = lines[++k] ?? "";
      own += `\n${next}`;
      open = quoteCount(next) % 2 === 0;
    }
    if (open)
      throw new TableFault("a quote that is not closed", 'quotes in pairs; a quote inside quotes is doubled: ""', line);
    records.push({ text: own, line });
  }
  return { records, mark };
}

function quoteCount(text: string): number {
  let count = 0;
  for (let k = text.indexOf('"'); k >= 0; k = text.indexOf('"', k + 1)) count++;
  return count;
}

function cellsOf({ text, line }: Logical, separator: Separator): string[] {
  if (separator === "none") return text.includes('"') ? quotedCells(text, "\u0000", line) : [withoutGuard(text)];
  if (separator === "whitespace") {
    const spaced = text.trim().replace(/("(?:[^"]|"")*")|\s+/g, (_, cell: string | undefined) => cell ?? "\t");
    return quotedCells(spaced, "\t", line);
  }
  return text.includes('"') ? quotedCells(text, separator, line) : text.split(separator).map(withoutGuard);
}

function quotedCells(text: string, separator: string, line: number): string[] {
  const cells: string[] = [];
  const plain = `[^"${separator}]*`;
  const cell = new RegExp(`(?: *"((?:[^"]|"")*)" *|(${plain}))(${separator}|$)`, "y");
  for (;;) {
    const from = cell.lastIndex;
    const match = cell.exec(text);
    if (!match)
      throw new TableFault(
        `broken quotes in ${quoted(text.slice(from))}`,
        'a cell wholly in quotes, quotes inside it doubled: ""',
        line,
      );
    cells.push(withoutGuard(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"')));
    if (match[3] === "") return cells;
  }
}

/** pandas writes its index under no name, and reads that as `Unnamed: 0`. */
function isNameless(name: string): boolean {
  return name === "" || /^Unnamed: \d+$/.test(name);
}

function checkNames(names: readonly string[], line: number | undefined): void {
  const twice = names.find((name, k) => !isNameless(name) && names.indexOf(name) !== k);
  if (twice !== undefined)
    throw new TableFault(`two columns called ${quoted(twice)}`, "a name of its own for each column", line);
  if (names.every(isNameless)) throw new TableFault("no named column", "a first row that names the columns", line);
  if (names.every((name) => isNameless(name) || decimalSign(name) !== undefined || /^[-+]?\d+$/.test(name)))
    throw new TableFault(
      `numbers only in the first row: ${names.slice(0, 6).map(quoted).join(", ")}`,
      "a first row that names the columns",
      line,
    );
}

function checkLength(
  { line, cells }: { line: number; cells: readonly string[] },
  due: number,
  separator: Separator,
): void {
  if (cells.length === due || (cells.length > due && cells.slice(due).every((cell) => cell.trim() === ""))) return;
  const name = { "\t": "tabs", ";": "semicolons", ",": "commas", whitespace: "white space", none: "nothing" }[
    separator
  ];
  const hint = separator === "," ? "; where commas are decimal signs, let semicolons or tabs separate the cells" : "";
  throw new TableFault(`${cells.length} cells between ${name}`, `${due}, as the columns have names${hint}`, line);
}

function decimalOf(columns: Iterable<readonly string[]>): DecimalSign {
  const seen = new Set<string>();
  for (const cells of columns)
    for (const cell of cells) {
      const sign = decimalSign(cell);
      if (sign !== undefined) seen.add(sign);
    }
  if (seen.size === 2) return "both";
  return seen.has(",") ? "," : ".";
}
