import { type Shape, type Voxels, voxelType, zeros } from "../volume/volume.js";

/**
 * Median over each voxel and its neighbours in a cube of 3 × 3 × 3 (3 × 3 in a single slice); at the faces of the
 * picture over those that are there (the lower one of two middle values).
 */
export function median<V extends Voxels>(data: V, [nz, ny, nx]: Shape): V {
  const result = zeros(voxelType(data), data.length) as V;
  const around = new Float64Array(27);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        let count = 0;
        for (let a = Math.max(z - 1, 0); a <= Math.min(z + 1, nz - 1); a++) {
          for (let b = Math.max(y - 1, 0); b <= Math.min(y + 1, ny - 1); b++) {
            const row = (a * ny + b) * nx;
            for (let c = Math.max(x - 1, 0); c <= Math.min(x + 1, nx - 1); c++) around[count++] = data[row + c]!;
          }
        }
        result[i] = middle(around, count);
      }
    }
  }
  return result;
}

/** The lower middle of the first values, by insertion. */
function middle(values: Float64Array, count: number): number {
  for (let k = 1; k < count; k++) {
    const value = values[k]!;
    let at = k;
    for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!;
    values[at] = value;
  }
  return values[(count - 1) >> 1]!;
}
