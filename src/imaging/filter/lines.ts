import type { Shape } from "../volume/volume.js";

/** Turns one line of voxels into another: `to[start … start + count)` from `from[start … start + count)`. */
export type LineTransform = (from: Float64Array, to: Float64Array, start: number, count: number) => void;

/** Lines that are gathered together, so that each piece of memory that comes along is used. */
const width = 16;

/**
 * Runs a transform over every line along an axis (0 z, 1 y, 2 x), in place.
 * @param data `[z][y][x]`
 */
export function alongAxis(data: Float32Array, shape: Shape, axis: 0 | 1 | 2, transform: LineTransform): void {
  const [nz, ny, nx] = shape;
  const count = shape[axis];
  const stride = [ny * nx, nx, 1][axis];
  const from = new Float64Array(width * count);
  const to = new Float64Array(width * count);
  const [outer, outerStride] = axis === 0 ? [ny, nx] : [nz, ny * nx];
  const [inner, innerStride] = axis === 2 ? [ny, nx] : [nx, 1];
  for (let a = 0; a < outer; a++) {
    for (let b = 0; b < inner; b += width) {
      const lines = Math.min(width, inner - b);
      const base = a * outerStride + b * innerStride;
      for (let k = 0; k < count; k++) {
        for (let line = 0, at = base + k * stride; line < lines; line++, at += innerStride) {
          from[line * count + k] = data[at];
        }
      }
      for (let line = 0; line < lines; line++) transform(from, to, line * count, count);
      for (let k = 0; k < count; k++) {
        for (let line = 0, at = base + k * stride; line < lines; line++, at += innerStride) {
          data[at] = to[line * count + k];
        }
      }
    }
  }
}
