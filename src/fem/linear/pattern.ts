import type { Csr } from "./csr.js";

/**
 * The pattern that element matrices fill: row i holds column j when one cell holds both, and every diagonal.
 * `cells` `[cell][width]` names unknowns, -1 where a cell has none; the values are zero.
 * Throws `RangeError` when a cell names an unknown that is not there, or `cells` is not a whole number of rows.
 */
export function elementPattern(unknowns: number, cells: Int32Array, width: number): Csr {
  requireCells("element pattern", unknowns, cells, width);
  const holders = cellsOfUnknowns(unknowns, cells);
  const rowStart = new Int32Array(unknowns + 1);
  const seenBy = new Int32Array(unknowns).fill(-1);
  let column = new Int32Array(unknowns + cells.length * width);
  let size = 0;
  for (let row = 0; row < unknowns; row++) {
    const start = size;
    column[size++] = row;
    seenBy[row] = row;
    for (let p = holders.start[row]; p < holders.start[row + 1]; p++) {
      const first = Math.floor(holders.entry[p] / width) * width;
      for (let k = first; k < first + width; k++) {
        const other = cells[k];
        if (other < 0 || seenBy[other] === row) continue;
        seenBy[other] = row;
        column[size++] = other;
      }
    }
    column.subarray(start, size).sort();
    rowStart[row + 1] = size;
  }
  column = column.slice(0, size);
  return { rows: unknowns, columns: unknowns, rowStart, column, value: new Float64Array(size) };
}

/**
 * Where each entry of each element matrix goes: `[cell][width * width]` positions in `pattern.value`, row by row,
 * -1 where the cell has no such unknown. Throws `RangeError` when the pattern lacks an entry.
 */
export function scatterMap(pattern: Csr, cells: Int32Array, width: number): Int32Array {
  requireCells("scatter map", pattern.rows, cells, width);
  const map = new Int32Array(cells.length * width).fill(-1);
  for (let k = 0; k < cells.length; k++) {
    const row = cells[k];
    if (row < 0) continue;
    const first = Math.floor(k / width) * width;
    for (let b = 0; b < width; b++) {
      const column = cells[first + b];
      if (column < 0) continue;
      const position = positionOf(pattern, row, column);
      if (position < 0) {
        throw new RangeError(
          `scatter map: the pattern has no entry (${row}, ${column}) that cell ${first / width} fills; ` +
            "build it with elementPattern from every group of cells (unitePatterns joins groups)",
        );
      }
      map[k * width + b] = position;
    }
  }
  return map;
}

/** The pattern with every entry that any of `patterns` has. Throws `RangeError` when their sizes differ. */
export function unitePatterns(...patterns: readonly Csr[]): Csr {
  if (patterns.length === 0) throw new RangeError("unite patterns: found none; give at least one");
  const { rows, columns } = patterns[0];
  requireSameSize("unite patterns", patterns);
  const rowStart = new Int32Array(rows + 1);
  const seenBy = new Int32Array(columns).fill(-1);
  const column = new Int32Array(patterns.reduce((sum, pattern) => sum + pattern.rowStart[rows], 0));
  let size = 0;
  for (let row = 0; row < rows; row++) {
    const start = size;
    for (const pattern of patterns) {
      for (let p = pattern.rowStart[row]; p < pattern.rowStart[row + 1]; p++) {
        if (seenBy[pattern.column[p]] === row) continue;
        seenBy[pattern.column[p]] = row;
        column[size++] = pattern.column[p];
      }
    }
    column.subarray(start, size).sort();
    rowStart[row + 1] = size;
  }
  return { rows, columns, rowStart, column: column.slice(0, size), value: new Float64Array(size) };
}

/** Position in `pattern.value` of the entry (`row`, `column`), -1 when the pattern has none. */
export function positionOf(pattern: Csr, row: number, column: number): number {
  let low = pattern.rowStart[row];
  let high = pattern.rowStart[row + 1] - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = pattern.column[middle];
    if (found === column) return middle;
    if (found < column) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** For each unknown the entries of `cells` that name it: `entry[start[u] … start[u + 1] - 1]`. */
function cellsOfUnknowns(unknowns: number, cells: Int32Array): { start: Int32Array; entry: Int32Array } {
  const start = new Int32Array(unknowns + 1);
  for (const unknown of cells) if (unknown >= 0) start[unknown + 1]++;
  for (let u = 0; u < unknowns; u++) start[u + 1] += start[u];
  const entry = new Int32Array(start[unknowns]);
  const next = start.slice();
  for (let k = 0; k < cells.length; k++) if (cells[k] >= 0) entry[next[cells[k]]++] = k;
  return { start, entry };
}

function requireCells(doing: string, unknowns: number, cells: Int32Array, width: number): void {
  if (!Number.isInteger(width) || width < 1 || cells.length % width !== 0) {
    throw new RangeError(`${doing}: ${cells.length} entries are no whole number of cells of width ${width}`);
  }
  for (let k = 0; k < cells.length; k++) {
    if (cells[k] >= unknowns || cells[k] < -1) {
      throw new RangeError(
        `${doing}: cell ${Math.floor(k / width)} names unknown ${cells[k]}; allowed are 0 to ${unknowns - 1}, ` +
          "or -1 for none",
      );
    }
  }
}

function requireSameSize(doing: string, patterns: readonly Csr[]): void {
  const { rows, columns } = patterns[0];
  for (const pattern of patterns) {
    if (pattern.rows !== rows || pattern.columns !== columns) {
      throw new RangeError(
        `${doing}: found ${pattern.rows} × ${pattern.columns} beside ${rows} × ${columns}; give patterns of one size`,
      );
    }
  }
}
