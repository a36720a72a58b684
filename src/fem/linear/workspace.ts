import type { Csr } from "./csr.js";
import type { FactorKind } from "./direct.js";
import { type Fronts, pivotSlots, TILE } from "./fronts.js";

/** Words (4 bytes) of the header, as `assembly/kernels.as.ts` reads them. */
const HEADER = {
  fronts: 0,
  records: 1,
  symmetric: 2,
  scale: 3,
  inverse: 4,
  x: 5,
  far: 6,
  scratch: 7,
  side: 8,
  placeOf: 9,
  placeOfEnd: 10,
  words: 11,
} as const;
/** Words of a front's record. */
const RECORD = {
  first: 0,
  width: 1,
  pivots: 2,
  rows: 3,
  further: 4,
  panelL: 5,
  panelU: 6,
  updateL: 7,
  updateU: 8,
  rowOf: 9,
  places: 10,
  inPanel: 11,
  children: 12,
  childrenEnd: 13,
  entriesL: 14,
  entriesLEnd: 15,
  entriesU: 16,
  entriesUEnd: 17,
  words: 18,
} as const;

const STRIP = 8 * TILE;
const FOUR_GIBIBYTES = 4294967296;

/** Byte addresses of everything a factorisation and its solves use, in one memory. */
export interface Workspace {
  readonly bytes: number;
  readonly header: number;
  /** `[entries of the pattern]`, `[slots]`, `[unknown]`: what the solver fills before it calls a kernel. */
  readonly value: number;
  readonly scale: number;
  readonly side: number;
  /** Writes the tables once. */
  install(buffer: ArrayBufferLike): void;
  /** Where the pivot of a slot stands. */
  pivotAt(slot: number): number;
}

interface Addresses {
  readonly header: number;
  readonly records: number;
  readonly rowOf: Float64Array;
  readonly places: Float64Array;
  readonly children: Float64Array;
  readonly entriesL: Float64Array;
  readonly entriesU: Float64Array;
  readonly value: number;
  readonly scale: number;
  readonly inverse: number;
  readonly x: number;
  readonly far: number;
  readonly scratch: number;
  readonly side: number;
  readonly placeOf: number;
  readonly panelL: Float64Array;
  readonly panelU: Float64Array;
  readonly updateL: Float64Array;
  readonly updateU: Float64Array;
  readonly end: number;
}

/** Bytes of the tiles of a triangle of `strips` strips. */
function triangleBytes(strips: number): number {
  return strips * (strips + 1) * 2 * STRIP;
}

/** Bytes before strip `strip` of a panel. */
function stripOffset(pivots: number, strip: number): number {
  return strip < pivots ? triangleBytes(strip) : triangleBytes(pivots) + (strip - pivots) * pivots * TILE * STRIP;
}

/** Lays out the memory. Throws `RangeError` when the factor would not fit in the four gibibytes of WebAssembly. */
export function workspace(pattern: Csr, kind: FactorKind, all: Fronts): Workspace {
  const mirror = mirrorPositions(pattern);
  const at = addresses(pattern, kind, all, entryCounts(pattern, all));
  if (at.end > FOUR_GIBIBYTES) {
    throw new RangeError(
      `lay out a factorisation: found ${(at.end / 1073741824).toFixed(1)} GiB for ${pattern.rows} unknowns; ` +
        "allowed are 4 GiB; use fewer unknowns or an iterative solver",
    );
  }
  const install = (buffer: ArrayBufferLike): void => {
    const words = new Uint32Array(buffer);
    writeHeader(words, kind, all, at);
    for (let f = 0; f < all.count; f++) writeFront(words, all, at, f);
    writeEntries(words, { pattern, mirror, kind, all, at });
    new Float64Array(buffer, at.scale, all.slots).fill(1);
  };
  const pivotAt = (slot: number): number => {
    let f = 0;
    while (f + 1 < all.count && all.first[f + 1] <= slot) f++;
    const k = slot - all.first[f];
    return at.panelL[f] + triangleBytes(k >> 2) + k * STRIP + (k & 3) * 8;
  };
  return { bytes: at.end, header: at.header, value: at.value, scale: at.scale, side: at.side, install, pivotAt };
}

function addresses(pattern: Csr, kind: FactorKind, all: Fronts, entries: Int32Array): Addresses {
  let end = 64;
  const take = (bytes: number): number => {
    const start = end;
    end += Math.ceil(bytes / 16) * 16;
    return start;
  };
  const each = (bytes: (f: number) => number): Float64Array =>
    new Float64Array(all.count).map((_, f) => take(bytes(f)));
  const pivots = (f: number): number => pivotSlots(all.width[f]) / TILE;
  const rows = (f: number): number => Math.ceil(all.further[f].length / TILE);
  const panel = (f: number): number => stripOffset(pivots(f), pivots(f) + rows(f));
  const most = (of: (f: number) => number): number => {
    let found = 0;
    for (let f = 0; f < all.count; f++) found = Math.max(found, of(f));
    return found;
  };
  const both = kind === "lu" ? 2 : 1;
  const common = {
    header: take(4 * HEADER.words),
    records: take(4 * RECORD.words * all.count),
    rowOf: each((f) => 4 * TILE * rows(f)),
    places: each((f) => 4 * all.further[f].length),
    children: each((f) => 4 * all.children[f].length),
    entriesL: each((f) => 8 * entries[f]),
    entriesU: each((f) => (kind === "lu" ? 8 * entries[f] : 0)),
    value: take(8 * pattern.column.length),
    scale: take(8 * all.slots),
    inverse: take(8 * all.slots),
    x: take(8 * (all.slots + TILE)),
    side: take(8 * pattern.rows),
    placeOf: take(4 * pattern.rows),
    far: take(most(rows) * STRIP),
    scratch: take(kind === "lu" ? 0 : most(panel)),
    panelL: each(panel),
    panelU: each((f) => (kind === "lu" ? panel(f) : 0)),
  };
  const updates = updatePlaces(all, (f) => both * triangleBytes(rows(f)));
  const stack = take(updates.bytes);
  const updateL = updates.at.map((offset) => stack + offset);
  const updateU = updateL.map((address, f) => address + (both - 1) * triangleBytes(rows(f)));
  return { ...common, updateL, updateU, end };
}

/**
 * Updates wait for their parents at the two ends of one stretch of memory, by turns with the depth in the tree,
 * so that an update never has to be moved from above its children's.
 */
function updatePlaces(all: Fronts, bytesOf: (f: number) => number): { at: Float64Array; bytes: number } {
  const depth = new Int32Array(all.count);
  for (let f = all.count - 1; f >= 0; f--) depth[f] = all.parent[f] < 0 ? 0 : depth[all.parent[f]] + 1;
  const top = [0, 0];
  let bytes = 0;
  const at = new Float64Array(all.count);
  for (let f = 0; f < all.count; f++) {
    const side = depth[f] & 1;
    at[f] = top[side];
    top[side] += bytesOf(f);
    if (side === 1) at[f] = top[side];
    bytes = Math.max(bytes, top[0] + top[1]);
    for (const child of all.children[f]) top[1 - side] -= bytesOf(child);
  }
  return { at: at.map((offset, f) => (depth[f] & 1 ? bytes - offset : offset)), bytes };
}

/** `[front]` entries of the pattern that its panel of L receives; that of U receives as many. */
function entryCounts(pattern: Csr, all: Fronts): Int32Array {
  const counts = new Int32Array(all.count);
  for (let f = 0; f < all.count; f++) {
    for (let slot = all.first[f]; slot < all.first[f] + all.width[f]; slot++) {
      const unknown = all.unknownOf[slot];
      for (let p = pattern.rowStart[unknown]; p < pattern.rowStart[unknown + 1]; p++) {
        if (all.slotOf[pattern.column[p]] >= slot) counts[f]++;
      }
    }
  }
  return counts;
}

/** For each entry (i, j) the position of (j, i). Throws `RangeError` when the pattern is not symmetric. */
function mirrorPositions(pattern: Csr): Int32Array {
  const next = pattern.rowStart.slice(0, pattern.rows);
  const mirror = new Int32Array(pattern.rowStart[pattern.rows]);
  for (let row = 0; row < pattern.rows; row++) {
    for (let p = pattern.rowStart[row]; p < pattern.rowStart[row + 1]; p++) {
      const column = pattern.column[p];
      const q = next[column]++;
      if (q >= pattern.rowStart[column + 1] || pattern.column[q] !== row) {
        throw new RangeError(
          `analyse a pattern: found an entry (${row}, ${column}) but not (${column}, ${row}) in its turn; ` +
            "allowed are symmetric patterns whose columns ascend in each row; unite the pattern with its transpose",
        );
      }
      mirror[p] = q;
    }
  }
  return mirror;
}

function writeHeader(words: Uint32Array, kind: FactorKind, all: Fronts, at: Addresses): void {
  const header = words.subarray(at.header / 4);
  header[HEADER.fronts] = all.count;
  header[HEADER.records] = at.records;
  header[HEADER.symmetric] = kind === "ldlt" ? 1 : 0;
  header[HEADER.scale] = at.scale;
  header[HEADER.inverse] = at.inverse;
  header[HEADER.x] = at.x;
  header[HEADER.far] = at.far;
  header[HEADER.scratch] = at.scratch;
  header[HEADER.side] = at.side;
  header[HEADER.placeOf] = at.placeOf;
  header[HEADER.placeOfEnd] = at.placeOf + 4 * all.slotOf.length;
  for (let u = 0; u < all.slotOf.length; u++) words[at.placeOf / 4 + u] = at.x + 8 * all.slotOf[u];
}

function writeFront(words: Uint32Array, all: Fronts, at: Addresses, f: number): void {
  const further = all.further[f];
  const rows = Math.ceil(further.length / TILE);
  const record = (at.records + 4 * RECORD.words * f) / 4;
  words[record + RECORD.first] = all.first[f];
  words[record + RECORD.width] = all.width[f];
  words[record + RECORD.pivots] = pivotSlots(all.width[f]) / TILE;
  words[record + RECORD.rows] = rows;
  words[record + RECORD.further] = further.length;
  words[record + RECORD.panelL] = at.panelL[f];
  words[record + RECORD.panelU] = at.panelU[f];
  words[record + RECORD.updateL] = at.updateL[f];
  words[record + RECORD.updateU] = at.updateU[f];
  words[record + RECORD.rowOf] = at.rowOf[f];
  words[record + RECORD.places] = at.places[f];
  if (all.parent[f] >= 0) {
    const pivots = pivotSlots(all.width[all.parent[f]]);
    let inPanel = 0;
    for (const place of all.places[f]) if (place < pivots) inPanel++;
    words[record + RECORD.inPanel] = inPanel;
    words.set(all.places[f], at.places[f] / 4);
  }
  const children = at.children[f] / 4;
  words[record + RECORD.children] = 4 * children;
  words[record + RECORD.childrenEnd] = 4 * (children + all.children[f].length);
  for (let k = 0; k < all.children[f].length; k++) {
    words[children + k] = at.records + 4 * RECORD.words * all.children[f][k];
  }
  // rows of padding read and write the slot past the last, which stays zero
  const rowOf = at.rowOf[f] / 4;
  for (let k = 0; k < TILE * rows; k++) words[rowOf + k] = at.x + 8 * (k < further.length ? further[k] : all.slots);
}

/**
 * Where each value of the pattern goes: pairs of its address and its entry's in a panel, for L and, of `lu`, for U.
 */
function writeEntries(words: Uint32Array, layout: Layout): void {
  const { all } = layout;
  const placeOf = new Int32Array(all.slots);
  for (let f = 0; f < all.count; f++) {
    const pivots = pivotSlots(all.width[f]);
    for (let k = 0; k < pivots; k++) placeOf[all.first[f] + k] = k;
    const further = all.further[f];
    for (let k = 0; k < further.length; k++) placeOf[further[k]] = pivots + k;
    writePairs(words, layout, f, placeOf);
  }
}

interface Layout {
  readonly pattern: Csr;
  readonly mirror: Int32Array;
  readonly kind: FactorKind;
  readonly all: Fronts;
  readonly at: Addresses;
}

function writePairs(words: Uint32Array, layout: Layout, f: number, placeOf: Int32Array): void {
  const { pattern, mirror, kind, all, at } = layout;
  const { rowStart, column } = pattern;
  const pivots = pivotSlots(all.width[f]) / TILE;
  let [lower, upper] = [at.entriesL[f] / 4, at.entriesU[f] / 4];
  for (let k = 0; k < all.width[f]; k++) {
    const slot = all.first[f] + k;
    const unknown = all.unknownOf[slot];
    for (let p = rowStart[unknown]; p < rowStart[unknown + 1]; p++) {
      const other = column[p];
      if (all.slotOf[other] < slot) continue;
      const place = placeOf[all.slotOf[other]];
      const offset = stripOffset(pivots, place >> 2) + k * STRIP + (place & 3) * 8;
      // row `unknown`, column `other`: above the diagonal in slots, so its mirror belongs to the panel of L
      words[lower++] = at.value + 8 * (kind === "ldlt" && other < unknown ? p : mirror[p]);
      words[lower++] = at.panelL[f] + offset;
      if (kind === "ldlt") continue;
      words[upper++] = at.value + 8 * p;
      words[upper++] = at.panelU[f] + offset;
    }
  }
  const record = (at.records + 4 * RECORD.words * f) / 4;
  words[record + RECORD.entriesL] = at.entriesL[f];
  words[record + RECORD.entriesLEnd] = 4 * lower;
  words[record + RECORD.entriesU] = at.entriesU[f];
  words[record + RECORD.entriesUEnd] = 4 * upper;
}
