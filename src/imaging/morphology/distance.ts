import { alongAxis, type LineTransform } from "../filter/lines.js";
import type { Shape, VoxelSize } from "../volume/volume.js";

/**
 * Exact Euclidean distance from each voxel inside a mask to the nearest voxel outside it, centre to centre; 0 outside,
 * infinite everywhere when there is no outside. Beyond the faces of the picture nothing is outside.
 * Linear in voxels: lower envelopes of parabolas along one axis after the other (Felzenszwalb, Huttenlocher,
 * Theory of Computing 8, 415, 2012). Squares are kept in units of the voxel's width: exact for equal edges.
 * @param inside `[z][y][x]`, not 0 inside
 * @returns µm
 */
export function distanceMap(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize): Float32Array {
  const squared = squaredDistance(inside, shape, voxelSize);
  const [, , dx] = voxelSize;
  for (let i = 0; i < squared.length; i++) squared[i] = Math.sqrt(squared[i]!) * dx;
  return squared;
}

/** As `distanceMap`, squared and in units of the voxel's width. */
export function squaredDistance(inside: Uint8Array, shape: Shape, [dz, dy, dx]: VoxelSize): Float32Array {
  const squared = new Float32Array(inside.length);
  alongRows(inside, squared, shape[2]);
  if (shape[1] > 1) alongAxis(squared, shape, 1, envelope(shape[1], (dy / dx) ** 2));
  if (shape[0] > 1) alongAxis(squared, shape, 0, envelope(shape[0], (dz / dx) ** 2));
  return squared;
}

/** Squared distance along x: a sweep forth and a sweep back. */
function alongRows(inside: Uint8Array, squared: Float32Array, nx: number): void {
  for (let row = 0; row < inside.length; row += nx) {
    let distance = Infinity;
    for (let i = row; i < row + nx; i++) {
      distance = inside[i] === 0 ? 0 : distance + 1;
      squared[i] = distance;
    }
    distance = Infinity;
    for (let i = row + nx - 1; i >= row; i--) {
      distance = inside[i] === 0 ? 0 : distance + 1;
      const nearest = Math.min(distance, squared[i]!);
      squared[i] = nearest * nearest;
    }
  }
}

/** min over v of f(v) + scale·(q − v)² at each q of a line. */
function envelope(count: number, scale: number): LineTransform {
  const vertex = new Int32Array(count);
  const height = new Float64Array(count);
  const border = new Float64Array(count + 1);
  return (from, to, start) => {
    let last = -1;
    for (let q = 0; q < count; q++) {
      const f = from[start + q]!;
      if (f === Infinity) continue;
      const own = f + scale * q * q;
      let cut = -Infinity;
      while (last >= 0) {
        const v = vertex[last]!;
        cut = (own - height[last]!) / (2 * scale * (q - v));
        if (cut > border[last]!) break;
        cut = -Infinity;
        last--;
      }
      last++;
      vertex[last] = q;
      height[last] = own;
      border[last] = cut;
    }
    if (last < 0) {
      to.fill(Infinity, start, start + count);
      return;
    }
    border[last + 1] = Infinity;
    for (let q = 0, k = 0; q < count; q++) {
      while (border[k + 1]! < q) k++;
      const v = vertex[k]!;
      to[start + q] = from[start + v]! + scale * (q - v) * (q - v);
    }
  };
}
