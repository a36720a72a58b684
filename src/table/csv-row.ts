/** What makes spreadsheets take a cell for a formula at its beginning (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * One row of comma-separated values with its line end (RFC 4180): quotes around cells with commas, quotes or line ends; a quote
 * is doubled. Numbers are written in the shortest form that reads back to the same bits. A text that a spreadsheet would take
 * for a formula gets an apostrophe before it, which reading takes away.
 */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(",")}\n`;
}

/** A cell as it was before it was written: without the apostrophe that keeps spreadsheets from computing it. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && guarded(cell.slice(1)) ? cell.slice(1) : cell;
}

function cell(value: string | number): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  const safe = guarded(value) ? `'${value}` : value;
  return /[",\r\n#\t;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Also a text that begins with an apostrophe before such a sign, so that each text reads back as itself. */
function guarded(text: string): boolean {
  const bare = text.replace(/^'+/, "");
  return formula.test(bare) && !(bare === text && number.test(text));
}
