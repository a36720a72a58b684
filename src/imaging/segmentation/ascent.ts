import type { Shape, VoxelSize } from "../volume/volume.js";

/** A neighbour of a voxel: steps along z, y, x. */
type Step = readonly [number, number, number];

/** The 26 neighbours, in the order of their index. */
const allSteps: readonly Step[] = [-1, 0, 1]
  .flatMap((z) => [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [z, y, x] as const)))
  .filter(([z, y, x]) => z !== 0 || y !== 0 || x !== 0);

/** Slices of a mask and a height with what lies beside them, and those of them that are worked on. */
export interface Terrain {
  /** `[z][y][x]`, not 0 inside */
  readonly inside: Uint8Array;
  /** The same layout. */
  readonly height: Float32Array;
  readonly shape: Shape;
  /** First slice that is worked on, and how many. */
  readonly from: number;
  readonly count: number;
  /** Index in the picture of the first voxel. */
  readonly origin: number;
}

/**
 * For each voxel inside a mask its steepest way up a height: the neighbour (of 26, inside the mask) with the largest rise
 * per length, the voxel itself on a summit, −1 outside. Where no neighbour is higher, one of equal height and lower index
 * is taken, so that a plateau has one summit and no way runs in a circle. The answer depends on neighbours only: slabs of
 * a picture give what the whole gives.
 * @param up takes indices in the picture, for the slices that are worked on
 */
export function ascent({ inside, height, shape, from, count, origin }: Terrain, voxelSize: VoxelSize, up: Int32Array) {
  const [nz, ny, nx] = shape;
  const perLength = Float64Array.from(
    allSteps,
    ([z, y, x]) => 1 / Math.hypot(z * voxelSize[0], y * voxelSize[1], x * voxelSize[2]),
  );
  const offset = Int32Array.from(allSteps, ([z, y, x]) => (z * ny + y) * nx + x);
  const steps = Int8Array.from(allSteps.flat());
  for (let z = from, i = from * ny * nx, k = 0; z < from + count; z++) {
    for (let y = 0; y < ny; y++) {
      const edgeLine = z === 0 || y === 0 || z === nz - 1 || y === ny - 1;
      for (let x = 0; x < nx; x++, i++, k++) {
        if (inside[i] === 0) {
          up[k] = -1;
          continue;
        }
        const own = height[i];
        const edge = edgeLine || x === 0 || x === nx - 1;
        let steepest = 0;
        let best = i;
        for (let n = 0; n < 26; n++) {
          if (edge && outside(z + steps[3 * n], y + steps[3 * n + 1], x + steps[3 * n + 2], shape)) continue;
          const j = i + offset[n];
          const rise = height[j] - own;
          if (rise < 0 || inside[j] === 0) continue;
          const slope = rise * perLength[n];
          if (slope > steepest) {
            steepest = slope;
            best = j;
          } else if (rise === 0 && best === i && j < i) best = j;
        }
        up[k] = best + origin;
      }
    }
  }
}

function outside(z: number, y: number, x: number, [nz, ny, nx]: Shape): boolean {
  return z < 0 || y < 0 || x < 0 || z >= nz || y >= ny || x >= nx;
}

/**
 * Follows every way of a slab to its end, in place: each voxel then holds the index of its summit, or that of the voxel
 * of the slice above by which its way leaves the slab for good, −1 outside.
 * @param up indices in the picture
 * @param base index of the slab's first voxel
 * @param below the same, followed to its end, of the slice below the slab; empty where there is none
 */
export function climb(up: Int32Array, base: number, below: Int32Array): void {
  const end = base + up.length;
  const belowBase = base - below.length;
  const next = (at: number) => (at >= base ? up[at - base] : below[at - belowBase]);
  for (let k = 0; k < up.length; k++) {
    if (up[k] < 0) continue;
    let last = base + k;
    for (;;) {
      const on = last >= end || last < belowBase ? last : next(last);
      if (on === last) break;
      last = on;
    }
    for (let at = base + k; at >= base && at < end && up[at - base] !== last; ) {
      const on = up[at - base];
      up[at - base] = last;
      at = on;
    }
  }
}
