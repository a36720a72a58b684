import type { Shape, VoxelSize } from "../volume/volume.js";

/** A neighbour of a voxel: steps along z, y, x. */
type Step = readonly [number, number, number];

/** The 26 neighbours, in the order of their index. */
export const allSteps: readonly Step[] = [-1, 0, 1]
  .flatMap((z) => [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [z, y, x] as const)))
  .filter(([z, y, x]) => z !== 0 || y !== 0 || x !== 0);

/**
 * For each voxel inside a mask its steepest way up a height: the index of the neighbour (of 26, inside the mask) with the
 * largest rise per length, the voxel itself on a summit, −1 outside. Where no neighbour is higher, one of equal height
 * and lower index is taken, so that a plateau has one summit and no way runs in a circle. The answer depends on
 * neighbours only: pieces of a volume give what the whole gives.
 * @param inside `[z][y][x]`, not 0 inside
 * @param height the same layout
 */
export function ascent(inside: Uint8Array, height: Float32Array, shape: Shape, voxelSize: VoxelSize): Int32Array {
  const [nz, ny, nx] = shape;
  const up = new Int32Array(inside.length);
  const perLength = Float64Array.from(
    allSteps,
    ([z, y, x]) => 1 / Math.hypot(z * voxelSize[0], y * voxelSize[1], x * voxelSize[2]),
  );
  const offset = Int32Array.from(allSteps, ([z, y, x]) => (z * ny + y) * nx + x);
  const steps = Int8Array.from(allSteps.flat());
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const edgeLine = z === 0 || y === 0 || z === nz - 1 || y === ny - 1;
      for (let x = 0; x < nx; x++, i++) {
        if (inside[i] === 0) {
          up[i] = -1;
          continue;
        }
        const own = height[i]!;
        const edge = edgeLine || x === 0 || x === nx - 1;
        let steepest = 0;
        let best = i;
        for (let n = 0; n < 26; n++) {
          if (edge && outside(z + steps[3 * n]!, y + steps[3 * n + 1]!, x + steps[3 * n + 2]!, shape)) continue;
          const j = i + offset[n]!;
          const rise = height[j]! - own;
          if (rise < 0 || inside[j] === 0) continue;
          const slope = rise * perLength[n]!;
          if (slope > steepest) {
            steepest = slope;
            best = j;
          } else if (rise === 0 && best === i && j < i) best = j;
        }
        up[i] = best;
      }
    }
  }
  return up;
}

function outside(z: number, y: number, x: number, [nz, ny, nx]: Shape): boolean {
  return z < 0 || y < 0 || x < 0 || z >= nz || y >= ny || x >= nx;
}

/** Follows every way to its end, in place: each voxel then holds the index of its summit, −1 outside. */
export function climb(up: Int32Array): void {
  for (let i = 0; i < up.length; i++) {
    if (up[i]! < 0) continue;
    let summit = up[i]!;
    while (up[summit] !== summit) summit = up[summit]!;
    for (let at = i; up[at] !== summit; ) {
      const next = up[at]!;
      up[at] = summit;
      at = next;
    }
  }
}
