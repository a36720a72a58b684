import type { VoxelSize } from "../volume/volume.js";

/** The 13 directions between neighbours, one of each pair of opposites, as steps along z, y, x. */
export const directions: readonly (readonly [number, number, number])[] = [
  [0, 0, 1],
  [0, 1, 0],
  [1, 0, 0],
  [0, 1, 1],
  [0, 1, -1],
  [1, 0, 1],
  [1, 0, -1],
  [1, 1, 0],
  [1, -1, 0],
  [1, 1, 1],
  [1, 1, -1],
  [1, -1, 1],
  [1, -1, -1],
];

/**
 * Surface area by Crofton's formula: lines through the voxels along 13 directions cross a surface, and each crossing
 * along a direction stands for this much area, µm². Directions count by the share of the sphere that is nearest to them.
 * (Ohser, Mücklich, Statistical Analysis of Microstructures, Wiley 2000, section 5.2; Lang, Ohser, Hilfer, J. Microsc.
 * 203, 303, 2001.) Without bias for surfaces that face all ways; up to −7 % for a plane along the lattice.
 */
export function croftonAreas(voxelSize: VoxelSize): Float64Array {
  const lengths = directions.map((step) => Math.hypot(...step.map((count, axis) => count * voxelSize[axis]!)));
  const units = directions.map((step, k) => step.map((count, axis) => (count * voxelSize[axis]!) / lengths[k]!));
  const shares = sphereShares(units);
  const voxel = voxelSize[0] * voxelSize[1] * voxelSize[2];
  return Float64Array.from(directions, (_, k) => (2 * shares[k]! * voxel) / lengths[k]!);
}

/** Share of the sphere nearest to each axis, by 200,000 points on a spiral. */
function sphereShares(units: readonly (readonly number[])[]): Float64Array {
  const points = 200_000;
  const shares = new Float64Array(units.length);
  const turn = Math.PI * (3 - Math.sqrt(5));
  for (let k = 0; k < points; k++) {
    const z = 1 - (2 * k + 1) / points;
    const r = Math.sqrt(1 - z * z);
    const [x, y] = [r * Math.cos(turn * k), r * Math.sin(turn * k)];
    let [best, nearest] = [0, -1];
    for (const [n, unit] of units.entries()) {
      const cosine = Math.abs(unit[0]! * z + unit[1]! * y + unit[2]! * x);
      if (cosine > nearest) [best, nearest] = [n, cosine];
    }
    shares[best]! += 1 / points;
  }
  return shares;
}
