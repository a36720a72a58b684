/** Comma-separated values, RFC 4180: quotes around cells with commas, quotes or line ends; a quote is doubled. */

/** The cells of a text, row by row; empty lines are left out. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  let row: string[] = [];
  const source = text.replace(/^\uFEFF/, "");
  while (cells.lastIndex <= source.length) {
    const from = cells.lastIndex;
    const match = cells.exec(source);
    if (!match) throw new SyntaxError(`Reading CSV: broken quotes in row ${rows.length + 1}, character ${from + 1}.`);
    row.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (match[3] === "" || cells.lastIndex >= source.length) break;
  }
  return rows;
}

/** One row with its line end. Numbers are written in the shortest form that reads back to the same bits. */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(",")}\n`;
}

function cell(value: string | number): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
