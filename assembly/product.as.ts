// The product of a sparse matrix by compressed rows with a vector; `place` holds byte addresses in x.

/** out = A x over `rows` rows; `row` are the numbers of their first entries, one more than there are rows. */
export function product(rows: usize, row: usize, place: usize, value: usize, out: usize): void {
  let first = <usize>load<u32>(row);
  for (const last = row + (rows << 2); row < last; row += 4, out += 8) {
    const end = <usize>load<u32>(row, 4);
    let p = place + (first << 2), v = value + (first << 3);
    let s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0;
    for (const four = p + ((end - first) >> 2 << 4); p < four; p += 16, v += 32) {
      s0 += load<f64>(v) * load<f64>(load<u32>(p));
      s1 += load<f64>(v, 8) * load<f64>(load<u32>(p, 4));
      s2 += load<f64>(v, 16) * load<f64>(load<u32>(p, 8));
      s3 += load<f64>(v, 24) * load<f64>(load<u32>(p, 12));
    }
    for (const all = place + (end << 2); p < all; p += 4, v += 8) s0 += load<f64>(v) * load<f64>(load<u32>(p));
    store<f64>(out, s0 + s1 + (s2 + s3));
    first = end;
  }
}
