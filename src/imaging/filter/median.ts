import { type Shape, type Voxels, voxelType, zeros } from "../volume/volume.js";
import { type Filter, steps } from "./filter.js";

/** Medians one after the other. */
export function medians(count = 1): Filter {
  return {
    name: `median=${count}`,
    fitted: ({ shape }) => ({
      reach: steps(count, shape),
      apply: (part, partShape) => {
        let levels = part;
        for (let k = 0; k < count; k++) levels = median(levels, partShape);
        return levels;
      },
    }),
  };
}

/**
 * Median over each voxel and those that share a face with it: seven, in a single slice five. At the faces of the picture
 * the voxel stands for a neighbour that is missing.
 */
export function median<V extends Voxels>(data: V, [nz, ny, nx]: Shape): V {
  const result = zeros(voxelType(data), data.length) as V;
  const count = nz === 1 ? 5 : 7;
  const around = new Float64Array(count);
  const up = nx * ny;
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const own = data[i];
        around[0] = own;
        around[1] = x > 0 ? data[i - 1] : own;
        around[2] = x < nx - 1 ? data[i + 1] : own;
        around[3] = y > 0 ? data[i - nx] : own;
        around[4] = y < ny - 1 ? data[i + nx] : own;
        if (nz > 1) {
          around[5] = z > 0 ? data[i - up] : own;
          around[6] = z < nz - 1 ? data[i + up] : own;
        }
        result[i] = middle(around);
      }
    }
  }
  return result;
}

/** Sorts by insertion and takes the middle. */
function middle(values: Float64Array): number {
  for (let k = 1; k < values.length; k++) {
    const value = values[k];
    let at = k;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  return values[values.length >> 1];
}
