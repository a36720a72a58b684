// The triangular solves with one panel; `x` holds the pivots of the panel, `rowOf` byte addresses of the further rows.
import { triangle } from "./front.as";


/** x = L⁻¹ x on the pivots with unit L, then the further rows −= L x. */
export function sweepForward(panel: usize, pivots: usize, rows: usize, x: usize, rowOf: usize): void {
  for (let i: usize = 0; i < pivots; i++) {
    const tile = panel + (i << 7);
    const at = x + (i << 5);
    let s0 = v128.load(at), s1 = v128.load(at, 16), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    for (let a = panel, y = x; a < tile; a += 64, y += 16) {
      const y0 = v128.load_splat<f64>(y), y1 = v128.load_splat<f64>(y, 8);
      s0 = f64x2.sub(s0, f64x2.mul(v128.load(a), y0));
      s1 = f64x2.sub(s1, f64x2.mul(v128.load(a, 16), y0));
      s2 = f64x2.sub(s2, f64x2.mul(v128.load(a, 32), y1));
      s3 = f64x2.sub(s3, f64x2.mul(v128.load(a, 48), y1));
    }
    s0 = f64x2.add(s0, s2);
    s1 = f64x2.add(s1, s3);
    const x0 = f64x2.extract_lane(s0, 0);
    const x1 = f64x2.extract_lane(s0, 1) - load<f64>(tile, 8) * x0;
    const x2 = f64x2.extract_lane(s1, 0) - load<f64>(tile, 16) * x0 - load<f64>(tile, 48) * x1;
    const x3 = f64x2.extract_lane(s1, 1) - load<f64>(tile, 24) * x0 - load<f64>(tile, 56) * x1 - load<f64>(tile, 88) * x2;
    store<f64>(at, x0); store<f64>(at, x1, 8); store<f64>(at, x2, 16); store<f64>(at, x3, 24);
    panel = tile + 128;
  }
  const width = pivots << 7;
  for (let i: usize = 0; i < rows; i++) {
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    const end = panel + width;
    for (let y = x; panel < end; panel += 64, y += 16) {
      const y0 = v128.load_splat<f64>(y), y1 = v128.load_splat<f64>(y, 8);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(panel), y0));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(panel, 16), y0));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(panel, 32), y1));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(panel, 48), y1));
    }
    s0 = f64x2.add(s0, s2);
    s1 = f64x2.add(s1, s3);
    const r0 = <usize>load<u32>(rowOf), r1 = <usize>load<u32>(rowOf, 4);
    const r2 = <usize>load<u32>(rowOf, 8), r3 = <usize>load<u32>(rowOf, 12);
    store<f64>(r0, load<f64>(r0) - f64x2.extract_lane(s0, 0));
    store<f64>(r1, load<f64>(r1) - f64x2.extract_lane(s0, 1));
    store<f64>(r2, load<f64>(r2) - f64x2.extract_lane(s1, 0));
    store<f64>(r3, load<f64>(r3) - f64x2.extract_lane(s1, 1));
    rowOf += 16;
  }
}

/** x = L⁻ᵀ (D⁻¹ x − …) for unit L when `unit`, else x = U⁻¹ (x − …) for Uᵀ in the panel; `far` is room for rows. */
export function sweepBackward(
  panel: usize, pivots: usize, rows: usize, x: usize, rowOf: usize, far: usize, inverse: usize, unit: bool,
): void {
  for (let i: usize = 0; i < rows << 2; i++) store<f64>(far + (i << 3), load<f64>(load<u32>(rowOf + (i << 2))));
  const width = pivots << 7;
  const below = panel + triangle(pivots);
  for (let k = pivots; k-- > 0; ) {
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    let tile = below + (k << 7);
    for (let y = far, end = far + (rows << 5); y < end; y += 32, tile += width) {
      const low = v128.load(y), high = v128.load(y, 16);
      s0 = f64x2.add(s0, f64x2.add(f64x2.mul(v128.load(tile), low), f64x2.mul(v128.load(tile, 16), high)));
      s1 = f64x2.add(s1, f64x2.add(f64x2.mul(v128.load(tile, 32), low), f64x2.mul(v128.load(tile, 48), high)));
      s2 = f64x2.add(s2, f64x2.add(f64x2.mul(v128.load(tile, 64), low), f64x2.mul(v128.load(tile, 80), high)));
      s3 = f64x2.add(s3, f64x2.add(f64x2.mul(v128.load(tile, 96), low), f64x2.mul(v128.load(tile, 112), high)));
    }
    for (let i = k + 1; i < pivots; i++) {
      tile = panel + triangle(i) + (k << 7);
      const low = v128.load(x + (i << 5)), high = v128.load(x + (i << 5), 16);
      s0 = f64x2.add(s0, f64x2.add(f64x2.mul(v128.load(tile), low), f64x2.mul(v128.load(tile, 16), high)));
      s1 = f64x2.add(s1, f64x2.add(f64x2.mul(v128.load(tile, 32), low), f64x2.mul(v128.load(tile, 48), high)));
      s2 = f64x2.add(s2, f64x2.add(f64x2.mul(v128.load(tile, 64), low), f64x2.mul(v128.load(tile, 80), high)));
      s3 = f64x2.add(s3, f64x2.add(f64x2.mul(v128.load(tile, 96), low), f64x2.mul(v128.load(tile, 112), high)));
    }
    tile = panel + triangle(k) + (k << 7);
    const at = x + (k << 5), p = inverse + (k << 5);
    const p0 = load<f64>(p), p1 = load<f64>(p, 8), p2 = load<f64>(p, 16), p3 = load<f64>(p, 24);
    const before0 = unit ? p0 : 1.0, before1 = unit ? p1 : 1.0, before2 = unit ? p2 : 1.0, before3 = unit ? p3 : 1.0;
    const after0 = unit ? 1.0 : p0, after1 = unit ? 1.0 : p1, after2 = unit ? 1.0 : p2, after3 = unit ? 1.0 : p3;
    const x3 = (load<f64>(at, 24) * before3 - total(s3)) * after3;
    const x2 = (load<f64>(at, 16) * before2 - total(s2) - load<f64>(tile, 88) * x3) * after2;
    const x1 = (load<f64>(at, 8) * before1 - total(s1) - load<f64>(tile, 48) * x2 - load<f64>(tile, 56) * x3) * after1;
    const x0 = (load<f64>(at) * before0 - total(s0) - load<f64>(tile, 8) * x1 - load<f64>(tile, 16) * x2 -
      load<f64>(tile, 24) * x3) * after0;
    store<f64>(at, x0); store<f64>(at, x1, 8); store<f64>(at, x2, 16); store<f64>(at, x3, 24);
  }
}

@inline
function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}
