/**
 * Sorts rows by rank, equal ranks in the order given: `into[0 … rows.length − 1]` receives them.
 * `ranks[offset + row]` is the rank of a row, below `distinct`.
 */
export type RowSorter = (
  rows: Int32Array,
  ranks: Uint32Array,
  offset: number,
  distinct: number,
  into: Int32Array,
) => void;

/** Up to this many rows are sorted by insertion. */
const few = 24;

/** A sorter for at most `capacity` rows, by counting digits of the rank: time in proportion to the rows. */
export function rowSorter(capacity: number): RowSorter {
  const other = new Int32Array(capacity);
  const counts = new Uint32Array(1 << 11);
  return (rows, ranks, offset, distinct, into) => {
    if (rows.length <= few) return insertionSort(rows, ranks, offset, into);
    const bits = rows.length < 1000 ? 8 : 11;
    const passes = Math.max(1, Math.ceil(Math.log2(distinct) / bits));
    let source = rows;
    for (let pass = 0; pass < passes; pass++) {
      const goal = (passes - pass) % 2 === 1 ? into : other;
      countingPass(source, rows.length, ranks, offset, pass * bits, counts.subarray(0, 1 << bits), goal);
      source = goal;
    }
  };
}

function countingPass(
  source: Int32Array,
  length: number,
  ranks: Uint32Array,
  offset: number,
  shift: number,
  counts: Uint32Array,
  goal: Int32Array,
): void {
  const mask = counts.length - 1;
  counts.fill(0);
  for (let k = 0; k < length; k++) counts[(ranks[offset + source[k]] >>> shift) & mask]++;
  let start = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const count = counts[digit];
    counts[digit] = start;
    start += count;
  }
  for (let k = 0; k < length; k++) {
    const row = source[k];
    goal[counts[(ranks[offset + row] >>> shift) & mask]++] = row;
  }
}

function insertionSort(rows: Int32Array, ranks: Uint32Array, offset: number, into: Int32Array): void {
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    const rank = ranks[offset + row];
    let place = k;
    for (; place > 0 && ranks[offset + into[place - 1]] > rank; place--) into[place] = into[place - 1];
    into[place] = row;
  }
}
