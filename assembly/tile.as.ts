// Tiles of 4 × 4 doubles, column by column (16 contiguous doubles); a strip is four rows of tiles side by side.

/** C −= A Bᵀ, or C = −A Bᵀ when `fresh`, for strips A and B of the columns from `a` to `end`. */
@inline
export function multiplyTile(c: usize, a: usize, end: usize, b: usize, fresh: bool): void {
  let c0 = fresh ? f64x2.splat(0) : v128.load(c);
  let c1 = fresh ? f64x2.splat(0) : v128.load(c, 16);
  let c2 = fresh ? f64x2.splat(0) : v128.load(c, 32);
  let c3 = fresh ? f64x2.splat(0) : v128.load(c, 48);
  let c4 = fresh ? f64x2.splat(0) : v128.load(c, 64);
  let c5 = fresh ? f64x2.splat(0) : v128.load(c, 80);
  let c6 = fresh ? f64x2.splat(0) : v128.load(c, 96);
  let c7 = fresh ? f64x2.splat(0) : v128.load(c, 112);
  while (a < end) {
    let low = v128.load(a);
    let high = v128.load(a, 16);
    let s = v128.load_splat<f64>(b);
    c0 = f64x2.sub(c0, f64x2.mul(low, s));
    c1 = f64x2.sub(c1, f64x2.mul(high, s));
    s = v128.load_splat<f64>(b, 8);
    c2 = f64x2.sub(c2, f64x2.mul(low, s));
    c3 = f64x2.sub(c3, f64x2.mul(high, s));
    s = v128.load_splat<f64>(b, 16);
    c4 = f64x2.sub(c4, f64x2.mul(low, s));
    c5 = f64x2.sub(c5, f64x2.mul(high, s));
    s = v128.load_splat<f64>(b, 24);
    c6 = f64x2.sub(c6, f64x2.mul(low, s));
    c7 = f64x2.sub(c7, f64x2.mul(high, s));
    low = v128.load(a, 32);
    high = v128.load(a, 48);
    s = v128.load_splat<f64>(b, 32);
    c0 = f64x2.sub(c0, f64x2.mul(low, s));
    c1 = f64x2.sub(c1, f64x2.mul(high, s));
    s = v128.load_splat<f64>(b, 40);
    c2 = f64x2.sub(c2, f64x2.mul(low, s));
    c3 = f64x2.sub(c3, f64x2.mul(high, s));
    s = v128.load_splat<f64>(b, 48);
    c4 = f64x2.sub(c4, f64x2.mul(low, s));
    c5 = f64x2.sub(c5, f64x2.mul(high, s));
    s = v128.load_splat<f64>(b, 56);
    c6 = f64x2.sub(c6, f64x2.mul(low, s));
    c7 = f64x2.sub(c7, f64x2.mul(high, s));
    a += 64;
    b += 64;
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
  v128.store(c, c4, 64);
  v128.store(c, c5, 80);
  v128.store(c, c6, 96);
  v128.store(c, c7, 112);
}

/** dst = src for one tile. */
@inline
export function copyTile(src: usize, dst: usize): void {
  for (let k: usize = 0; k < 128; k += 16) v128.store(dst + k, v128.load(src + k));
}

@inline
function usable(pivot: f64, scale: f64): bool {
  return abs(pivot) > 1.4e-14 * scale && abs(pivot) < Infinity;
}

/**
 * A = L U of a diagonal tile in place: `l` holds the lower triangle of A, then unit L with the pivots on its
 * diagonal; `u` the strict lower triangle of Aᵀ, then that of Uᵀ. Returns the first unusable pivot's index, else 4.
 */
export function factorTile(l: usize, u: usize, scale: usize, inverse: usize): i32 {
  const d0 = load<f64>(l);
  if (!usable(d0, load<f64>(scale))) return 0;
  const p0 = 1 / d0;
  const u10 = load<f64>(u, 8), u20 = load<f64>(u, 16), u30 = load<f64>(u, 24);
  const l10 = load<f64>(l, 8) * p0, l20 = load<f64>(l, 16) * p0, l30 = load<f64>(l, 24) * p0;
  const d1 = load<f64>(l, 40) - l10 * u10;
  store<f64>(l, d1, 40);
  if (!usable(d1, load<f64>(scale, 8))) return 1;
  const p1 = 1 / d1;
  const l21 = (load<f64>(l, 48) - l20 * u10) * p1, l31 = (load<f64>(l, 56) - l30 * u10) * p1;
  const u21 = load<f64>(u, 48) - u20 * l10, u31 = load<f64>(u, 56) - u30 * l10;
  const d2 = load<f64>(l, 80) - l20 * u20 - l21 * u21;
  store<f64>(l, d2, 80);
  if (!usable(d2, load<f64>(scale, 16))) return 2;
  const p2 = 1 / d2;
  const l32 = (load<f64>(l, 88) - l30 * u20 - l31 * u21) * p2;
  const u32 = load<f64>(u, 88) - u30 * l20 - u31 * l21;
  const d3 = load<f64>(l, 120) - l30 * u30 - l31 * u31 - l32 * u32;
  store<f64>(l, d3, 120);
  if (!usable(d3, load<f64>(scale, 24))) return 3;
  store<f64>(l, l10, 8); store<f64>(l, l20, 16); store<f64>(l, l30, 24);
  store<f64>(l, l21, 48); store<f64>(l, l31, 56); store<f64>(l, l32, 88);
  store<f64>(u, u21, 48); store<f64>(u, u31, 56); store<f64>(u, u32, 88);
  store<f64>(inverse, p0); store<f64>(inverse, p1, 8); store<f64>(inverse, p2, 16); store<f64>(inverse, 1 / d3, 24);
  return 4;
}

/** out = X with X Tᵀ = A for the strict lower triangle of `t` and a unit diagonal. */
@inline
export function solveUnitTile(a: usize, t: usize, out: usize): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const x0 = v128.load(a + half);
    const x1 = f64x2.sub(v128.load(a + half, 32), f64x2.mul(x0, v128.load_splat<f64>(t, 8)));
    let x2 = f64x2.sub(v128.load(a + half, 64), f64x2.mul(x0, v128.load_splat<f64>(t, 16)));
    let x3 = f64x2.sub(v128.load(a + half, 96), f64x2.mul(x0, v128.load_splat<f64>(t, 24)));
    x2 = f64x2.sub(x2, f64x2.mul(x1, v128.load_splat<f64>(t, 48)));
    x3 = f64x2.sub(x3, f64x2.mul(x1, v128.load_splat<f64>(t, 56)));
    x3 = f64x2.sub(x3, f64x2.mul(x2, v128.load_splat<f64>(t, 88)));
    v128.store(out + half, x0);
    v128.store(out + half, x1, 32);
    v128.store(out + half, x2, 64);
    v128.store(out + half, x3, 96);
  }
}

/** A = X in place with X Tᵀ = A for the strict lower triangle of `t` and the reciprocals of its diagonal. */
@inline
export function solveTile(a: usize, t: usize, inverse: usize): void {
  const p0 = v128.load_splat<f64>(inverse), p1 = v128.load_splat<f64>(inverse, 8);
  const p2 = v128.load_splat<f64>(inverse, 16), p3 = v128.load_splat<f64>(inverse, 24);
  for (let half: usize = 0; half < 32; half += 16) {
    const x0 = f64x2.mul(v128.load(a + half), p0);
    const x1 = f64x2.mul(f64x2.sub(v128.load(a + half, 32), f64x2.mul(x0, v128.load_splat<f64>(t, 8))), p1);
    let x2 = f64x2.sub(v128.load(a + half, 64), f64x2.mul(x0, v128.load_splat<f64>(t, 16)));
    let x3 = f64x2.sub(v128.load(a + half, 96), f64x2.mul(x0, v128.load_splat<f64>(t, 24)));
    x2 = f64x2.mul(f64x2.sub(x2, f64x2.mul(x1, v128.load_splat<f64>(t, 48))), p2);
    x3 = f64x2.sub(x3, f64x2.mul(x1, v128.load_splat<f64>(t, 56)));
    x3 = f64x2.mul(f64x2.sub(x3, f64x2.mul(x2, v128.load_splat<f64>(t, 88))), p3);
    v128.store(a + half, x0);
    v128.store(a + half, x1, 32);
    v128.store(a + half, x2, 64);
    v128.store(a + half, x3, 96);
  }
}

/** out = A D⁻¹ for the reciprocal pivots of four columns. */
@inline
export function scaleTile(a: usize, inverse: usize, out: usize): void {
  for (let k: usize = 0; k < 4; k++) {
    const p = v128.load_splat<f64>(inverse + (k << 3));
    v128.store(out + (k << 5), f64x2.mul(v128.load(a + (k << 5)), p));
    v128.store(out + (k << 5), f64x2.mul(v128.load(a + (k << 5), 16), p), 16);
  }
}
