import type { Shape } from "../volume/volume.js";

/**
 * The label that at least four of a voxel and its six neighbours have, else 0: particles without their single-voxel
 * steps. Beyond the faces of the picture each voxel repeats.
 * @param labels `[z][y][x]`
 * @param from first slice that is asked for, others stay 0
 * @param to the one after the last
 */
export function majority(labels: Int32Array, [nz, ny, nx]: Shape, from = 0, to = nz): Int32Array {
  const smoothed = new Int32Array(labels.length);
  const seven = new Int32Array(7);
  const up = ny * nx;
  for (let z = from, i = from * up; z < to; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const own = labels[i];
        seven[0] = own;
        seven[1] = x > 0 ? labels[i - 1] : own;
        seven[2] = x < nx - 1 ? labels[i + 1] : own;
        seven[3] = y > 0 ? labels[i - nx] : own;
        seven[4] = y < ny - 1 ? labels[i + nx] : own;
        seven[5] = z > 0 ? labels[i - up] : own;
        seven[6] = z < nz - 1 ? labels[i + up] : own;
        smoothed[i] = mostOf(seven);
      }
    }
  }
  return smoothed;
}

/** The value that at least four of seven are, else 0. */
function mostOf(seven: Int32Array): number {
  let [candidate, lead] = [0, 0];
  for (let k = 0; k < 7; k++) {
    if (lead === 0) [candidate, lead] = [seven[k], 1];
    else lead += seven[k] === candidate ? 1 : -1;
  }
  let count = 0;
  for (let k = 0; k < 7; k++) if (seven[k] === candidate) count++;
  return count >= 4 ? candidate : 0;
}
