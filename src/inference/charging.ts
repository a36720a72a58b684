/** A charge and the holds that follow it, as positions in the rows, both ends included. */
export interface Charging {
  readonly from: number;
  readonly to: number;
}

/** The columns of a time series that tell its charges. */
export interface ChargingRows {
  readonly cycle: ArrayLike<number>;
  /** Position in the protocol, from 0. */
  readonly protocolStep: ArrayLike<number>;
  /** Why the instruction ended with this row; empty inside it. */
  readonly ended: ArrayLike<string>;
}

/**
 * The finished charges, one a cycle. The end of charge of a cycle is the end of its last charge with the holds that
 * follow it at once; a charge that was not finished is left out.
 * @param verbs of the protocol's instructions, in order
 */
export function chargings(verbs: readonly string[], rows: ChargingRows): Charging[] {
  const opening = verbs.lastIndexOf("charge");
  if (opening < 0) return [];
  let closing = opening;
  while (verbs[closing + 1] === "hold") closing++;
  const { cycle, protocolStep, ended } = rows;
  const found: Charging[] = [];
  let from = 0;
  for (let row = 0; row < ended.length; row++) {
    const begins = row === 0 || cycle[row - 1] !== cycle[row] || protocolStep[row - 1] !== protocolStep[row];
    if (begins && protocolStep[row] === opening) from = row;
    if (ended[row] !== "" && protocolStep[row] === closing) found.push({ from, to: row });
  }
  return found;
}
