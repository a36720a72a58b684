// A front: `pivots` strips of pivot rows over `rows` strips of further rows, of which only the lower triangle of
// tiles exists. The panel (pivot columns) is kept; the update (the Schur complement) goes to the parent front.
import { copyTile, factorTile, multiplyTile, scaleTile, solveTile, solveUnitTile } from "./tile.as";

/** Bytes before strip `i` of a lower triangle of tiles. */
@inline
export function triangle(i: usize): usize {
  return (i * (i + 1)) << 6;
}

/** Bytes before strip `i` of a panel. */
@inline
export function panelStrip(pivots: usize, i: usize): usize {
  return i < pivots ? triangle(i) : triangle(pivots) + (i - pivots) * (pivots << 7);
}

/** L U = A on the panel `l` (lower triangle of A) and `u` (of Aᵀ). Returns the first unusable column, else -1. */
export function factorLu(l: usize, u: usize, pivots: usize, rows: usize, scale: usize, inverse: usize): i32 {
  for (let j: usize = 0; j < pivots; j++) {
    const done = j << 7;
    const bl = l + triangle(j), bu = u + triangle(j);
    multiplyTile(bl + done, bl, bl + done, bu, false);
    multiplyTile(bu + done, bu, bu + done, bl, false);
    const failed = factorTile(bl + done, bu + done, scale + (j << 5), inverse + (j << 5));
    if (failed < 4) return <i32>(j << 2) + failed;
    for (let i = j + 1; i < pivots + rows; i++) {
      const strip = panelStrip(pivots, i);
      multiplyTile(l + strip + done, l + strip, l + strip + done, bu, false);
      solveTile(l + strip + done, bu + done, inverse + (j << 5));
      multiplyTile(u + strip + done, u + strip, u + strip + done, bl, false);
      solveUnitTile(u + strip + done, bl + done, u + strip + done);
    }
  }
  return -1;
}

/** L D Lᵀ = A on the panel `l`; `u` receives L D. Returns the first unusable column, else -1. */
export function factorLdlt(l: usize, u: usize, pivots: usize, rows: usize, scale: usize, inverse: usize): i32 {
  for (let j: usize = 0; j < pivots; j++) {
    const done = j << 7;
    const bl = l + triangle(j), bu = u + triangle(j);
    multiplyTile(bl + done, bl, bl + done, bu, false);
    copyTile(bl + done, bu + done);
    const failed = factorTile(bl + done, bu + done, scale + (j << 5), inverse + (j << 5));
    if (failed < 4) return <i32>(j << 2) + failed;
    for (let i = j + 1; i < pivots + rows; i++) {
      const strip = panelStrip(pivots, i);
      multiplyTile(l + strip + done, l + strip, l + strip + done, bu, false);
      solveUnitTile(l + strip + done, bl + done, u + strip + done);
      scaleTile(u + strip + done, inverse + (j << 5), l + strip + done);
    }
  }
  return -1;
}

/** update = −A Bᵀ, lower triangle of tiles, for the further rows of the panels `a` and `b`. */
export function updateOf(update: usize, a: usize, b: usize, pivots: usize, rows: usize): void {
  const width = pivots << 7;
  a += triangle(pivots);
  b += triangle(pivots);
  for (let i: usize = 0; i < rows; i++) {
    const strip = a + i * width;
    let other = b;
    for (let j: usize = 0; j <= i; j++) {
      multiplyTile(update, strip, strip + width, other, true);
      other += width;
      update += 128;
    }
  }
}

/** Where row `place` of the front begins: in its panel, or in its update. */
@inline
function panelRow(panel: usize, pivots: usize, place: usize): usize {
  return panel + panelStrip(pivots, place >> 2) + ((place & 3) << 3);
}

@inline
function updateRow(update: usize, pivots: usize, place: usize): usize {
  // columns are named by their place in the front, of which the update lacks the pivots
  return update + triangle((place >> 2) - pivots) + ((place & 3) << 3) - (pivots << 7);
}

/** target row += source row, columns `from` to `to` − 1, each put at its `place`. */
@inline
function addRow(source: usize, target: usize, places: usize, from: usize, to: usize): void {
  for (let j = from; j < to; j++) {
    const at = target + (<usize>load<u32>(places + (j << 2)) << 5);
    store<f64>(at, load<f64>(at) + load<f64>(source + (j << 5)));
  }
}

/** The same for the four rows of a strip of the source; rows that stay neighbours are added in pairs. */
@inline
function addStrip(source: usize, t0: usize, t1: usize, t2: usize, t3: usize, places: usize, from: usize, to: usize): void {
  if (t1 == t0 + 8 && t3 == t2 + 8) {
    for (let j = from; j < to; j++) {
      const shift = <usize>load<u32>(places + (j << 2)) << 5;
      const s = source + (j << 5);
      v128.store(t0 + shift, f64x2.add(v128.load(t0 + shift), v128.load(s)));
      v128.store(t2 + shift, f64x2.add(v128.load(t2 + shift), v128.load(s, 16)));
    }
    return;
  }
  for (let j = from; j < to; j++) {
    const shift = <usize>load<u32>(places + (j << 2)) << 5;
    const s = source + (j << 5);
    store<f64>(t0 + shift, load<f64>(t0 + shift) + load<f64>(s));
    store<f64>(t1 + shift, load<f64>(t1 + shift) + load<f64>(s, 8));
    store<f64>(t2 + shift, load<f64>(t2 + shift) + load<f64>(s, 16));
    store<f64>(t3 + shift, load<f64>(t3 + shift) + load<f64>(s, 24));
  }
}

/** Adds the columns of a child's update that are pivots of the parent to the parent's panel. */
export function addToPanel(child: usize, places: usize, rows: usize, inPanel: usize, panel: usize, pivots: usize): void {
  for (let q: usize = 0; q < rows; q++) {
    const source = child + triangle(q >> 2);
    const at = places + (q << 2);
    if ((q & 3) == 0 && q + 4 <= rows) {
      const t0 = panelRow(panel, pivots, load<u32>(at)), t1 = panelRow(panel, pivots, load<u32>(at, 4));
      const t2 = panelRow(panel, pivots, load<u32>(at, 8)), t3 = panelRow(panel, pivots, load<u32>(at, 12));
      addStrip(source, t0, t1, t2, t3, places, 0, min(q, inPanel));
      addRow(source, t0, places, q, min(q + 1, inPanel));
      addRow(source + 8, t1, places, q, min(q + 2, inPanel));
      addRow(source + 16, t2, places, q, min(q + 3, inPanel));
      addRow(source + 24, t3, places, q, min(q + 4, inPanel));
      q += 3;
    } else {
      const target = panelRow(panel, pivots, load<u32>(at));
      addRow(source + ((q & 3) << 3), target, places, 0, min(q + 1, inPanel));
    }
  }
}

/** Adds the other columns of a child's update to the parent's update. */
export function addToUpdate(child: usize, places: usize, rows: usize, inPanel: usize, update: usize, pivots: usize): void {
  for (let q = inPanel; q < rows; q++) {
    const source = child + triangle(q >> 2);
    const at = places + (q << 2);
    if ((q & 3) == 0 && q + 4 <= rows) {
      const t0 = updateRow(update, pivots, load<u32>(at)), t1 = updateRow(update, pivots, load<u32>(at, 4));
      const t2 = updateRow(update, pivots, load<u32>(at, 8)), t3 = updateRow(update, pivots, load<u32>(at, 12));
      addStrip(source, t0, t1, t2, t3, places, inPanel, q);
      addRow(source, t0, places, q, q + 1);
      addRow(source + 8, t1, places, q, q + 2);
      addRow(source + 16, t2, places, q, q + 3);
      addRow(source + 24, t3, places, q, q + 4);
      q += 3;
    } else {
      const target = updateRow(update, pivots, load<u32>(at));
      addRow(source + ((q & 3) << 3), target, places, inPanel, q + 1);
    }
  }
}
