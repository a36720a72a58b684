/** What is wrong with a table that was read, so that whoever named the file can say so at its place. */
export class TableFault extends SyntaxError {
  override readonly name = "TableFault";

  /**
   * @param found what stands there, a quoted cell among it.
   * @param line of the text, from 1; absent where the table as a whole is meant.
   */
  constructor(
    readonly found: string,
    readonly allowed: string,
    readonly line?: number,
  ) {
    super(`Reading a table: ${line === undefined ? "" : `line ${line}: `}found ${found}; allowed: ${allowed}.`);
  }
}

/** A cell or name as messages show it: in quotes, its end cut off when it is long. */
export function quoted(cell: string): string {
  return JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);
}
