/** Rows numbered by the pattern that they have. */
export interface PatternSlots {
  /** Place of a row's pattern in `found`. [row] */
  readonly slots: Int32Array;
  /** Distinct patterns in the order in which rows bring them. */
  readonly found: readonly number[];
}

/** Patterns with at most this many bits are looked up in an array. */
const fewBits = 12;

/** Finds the distinct patterns of `bits` bits among the first `rows`. */
export function patternSlots(patterns: Int32Array, rows: number, bits: number): PatternSlots {
  const slots = new Int32Array(rows);
  const found: number[] = [];
  if (bits <= fewBits) {
    const place = new Int32Array(1 << bits);
    for (let row = 0; row < rows; row++) {
      const pattern = patterns[row];
      if (place[pattern] === 0) place[pattern] = found.push(pattern);
      slots[row] = place[pattern] - 1;
    }
    return { slots, found };
  }
  const place = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const pattern = patterns[row];
    let slot = place.get(pattern);
    if (slot === undefined) {
      slot = found.push(pattern) - 1;
      place.set(pattern, slot);
    }
    slots[row] = slot;
  }
  return { slots, found };
}
