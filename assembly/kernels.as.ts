// Factorisation and solve over the fronts of a matrix, children first. All tables are byte addresses in this memory,
// written by src/fem/linear/workspace.ts, which names the same words.
import { addToPanel, addToUpdate, factorLdlt, factorLu, panelStrip, updateOf } from "./front.as";
export { product } from "./product.as";
import { sweepBackward, sweepForward } from "./sweep.as";

// words of the header
// @ts-ignore: decorator
@inline const FRONTS = 0, RECORDS = 4, SYMMETRIC = 8, SCALE = 12, INVERSE = 16, X = 20, FAR = 24, SCRATCH = 28, SIDE = 32,
  PLACE_OF = 36, PLACE_OF_END = 40;
// words of a front's record
// @ts-ignore: decorator
@inline const FIRST = 0, WIDTH = 4, PIVOTS = 8, ROWS = 12, FURTHER = 16, PANEL_L = 20, PANEL_U = 24, UPDATE_L = 28,
  UPDATE_U = 32, ROW_OF = 36, PLACES = 40, IN_PANEL = 44, CHILDREN = 48, CHILDREN_END = 52, ENTRIES_L = 56,
  ENTRIES_L_END = 60, ENTRIES_U = 64, ENTRIES_U_END = 68, RECORD = 72;

/** target = source for each pair of addresses. */
@inline
function fill(pair: usize, end: usize): void {
  for (; pair < end; pair += 8) store<f64>(load<u32>(pair, 4), load<f64>(load<u32>(pair)));
}

function assemblePanel(front: usize, panel: usize, entries: usize, end: usize, updateWord: usize): void {
  const pivots = <usize>load<u32>(front, PIVOTS);
  memory.fill(panel, 0, panelStrip(pivots, pivots + load<u32>(front, ROWS)));
  fill(entries, end);
  for (let c = <usize>load<u32>(front, CHILDREN), last = <usize>load<u32>(front, CHILDREN_END); c < last; c += 4) {
    const child = <usize>load<u32>(c);
    addToPanel(load<u32>(child + updateWord), load<u32>(child, PLACES), load<u32>(child, FURTHER),
      load<u32>(child, IN_PANEL), panel, pivots);
  }
}

function assembleUpdate(front: usize, a: usize, b: usize, updateWord: usize): void {
  const pivots = <usize>load<u32>(front, PIVOTS);
  const update = <usize>load<u32>(front + updateWord);
  updateOf(update, a, b, pivots, load<u32>(front, ROWS));
  for (let c = <usize>load<u32>(front, CHILDREN), last = <usize>load<u32>(front, CHILDREN_END); c < last; c += 4) {
    const child = <usize>load<u32>(c);
    addToUpdate(load<u32>(child + updateWord), load<u32>(child, PLACES), load<u32>(child, FURTHER),
      load<u32>(child, IN_PANEL), update, pivots);
  }
}

/** Factors the values that the fronts' entries point at. Returns -1, or the slot whose pivot is unusable. */
export function factor(header: usize): i32 {
  const symmetric = load<u32>(header, SYMMETRIC) != 0;
  const scale = <usize>load<u32>(header, SCALE), inverse = <usize>load<u32>(header, INVERSE);
  let front = <usize>load<u32>(header, RECORDS);
  for (const end = front + <usize>load<u32>(header, FRONTS) * RECORD; front < end; front += RECORD) {
    const first = <usize>load<u32>(front, FIRST), rows = <usize>load<u32>(front, ROWS);
    const pivots = <usize>load<u32>(front, PIVOTS);
    const l = <usize>load<u32>(front, PANEL_L);
    const u = symmetric ? <usize>load<u32>(header, SCRATCH) : <usize>load<u32>(front, PANEL_U);
    assemblePanel(front, l, load<u32>(front, ENTRIES_L), load<u32>(front, ENTRIES_L_END), UPDATE_L);
    for (let k = <usize>load<u32>(front, WIDTH); k < pivots << 2; k++) {
      store<f64>(l + panelStrip(pivots, k >> 2) + (k << 5) + ((k & 3) << 3), 1);
    }
    if (!symmetric) assemblePanel(front, u, load<u32>(front, ENTRIES_U), load<u32>(front, ENTRIES_U_END), UPDATE_U);
    const s = scale + (first << 3), p = inverse + (first << 3);
    const failed = symmetric ? factorLdlt(l, u, pivots, rows, s, p) : factorLu(l, u, pivots, rows, s, p);
    if (failed >= 0) return <i32>first + failed;
    assembleUpdate(front, l, u, UPDATE_L);
    if (!symmetric) assembleUpdate(front, u, l, UPDATE_U);
  }
  return -1;
}

/** Solves in place for the right-hand side in SIDE, by way of the slots of X, which lie before it; those of padding are zero. */
export function solve(header: usize): void {
  const place = <usize>load<u32>(header, PLACE_OF), last = <usize>load<u32>(header, PLACE_OF_END);
  const side = <usize>load<u32>(header, SIDE), x = <usize>load<u32>(header, X);
  memory.fill(x, 0, side - x);
  for (let p = place, b = side; p < last; p += 4, b += 8) store<f64>(load<u32>(p), load<f64>(b));
  solveSlots(header);
  for (let p = place, b = side; p < last; p += 4, b += 8) store<f64>(b, load<f64>(load<u32>(p)));
}

function solveSlots(header: usize): void {
  const unit = load<u32>(header, SYMMETRIC) != 0;
  const x = <usize>load<u32>(header, X), far = <usize>load<u32>(header, FAR), inverse = <usize>load<u32>(header, INVERSE);
  const start = <usize>load<u32>(header, RECORDS);
  const end = start + <usize>load<u32>(header, FRONTS) * RECORD;
  for (let front = start; front < end; front += RECORD) {
    sweepForward(load<u32>(front, PANEL_L), load<u32>(front, PIVOTS), load<u32>(front, ROWS),
      x + (<usize>load<u32>(front, FIRST) << 3), load<u32>(front, ROW_OF));
  }
  const panelWord: usize = unit ? PANEL_L : PANEL_U;
  for (let front = end; front > start; ) {
    front -= RECORD;
    const slot = <usize>load<u32>(front, FIRST) << 3;
    sweepBackward(load<u32>(front + panelWord), load<u32>(front, PIVOTS), load<u32>(front, ROWS), x + slot,
      load<u32>(front, ROW_OF), far, inverse + slot, unit);
  }
}
