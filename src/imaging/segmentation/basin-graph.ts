import type { Shape } from "../volume/volume.js";

/** Basins of a height and the passes between them: all that markers and merging need to know of the picture. */
export interface BasinGraph {
  /** Voxel index of each basin's summit, ascending. */
  readonly summit: Int32Array;
  /** Height of each summit. */
  readonly peak: Float32Array;
  /** The two basins of each pass, the lower number first: `[pass][2]`. */
  readonly ends: Int32Array;
  /** Height of each pass: the lower of the two voxels that touch where the way over is highest. */
  readonly height: Float32Array;
}

/** Highest passes by pair of basins, collected voxel by voxel. */
export interface PassTable {
  readonly basins: number;
  readonly highest: Map<number, number>;
}

export function passTable(basins: number): PassTable {
  return { basins, highest: new Map() };
}

/** Two basins touch at a height. */
export function addPass({ basins, highest }: PassTable, a: number, b: number, height: number): void {
  const key = a < b ? a * basins + b : b * basins + a;
  const before = highest.get(key);
  if (before === undefined || height > before) highest.set(key, height);
}

/**
 * Numbers the basins in place, in the order of their summits' indices: each voxel then holds its basin, −1 outside.
 * @param summitOf index of its summit for each voxel, −1 outside
 * @returns the summits
 */
export function numberBasins(summitOf: Int32Array): Int32Array {
  const found: number[] = [];
  for (let i = 0; i < summitOf.length; i++) {
    if (summitOf[i] !== i) continue;
    summitOf[i] = -2 - found.length;
    found.push(i);
  }
  for (let i = 0; i < summitOf.length; i++) if (summitOf[i]! >= 0) summitOf[i] = -2 - summitOf[summitOf[i]!]!;
  for (const i of found) summitOf[i] = -2 - summitOf[i]!;
  return Int32Array.from(found);
}

/**
 * The graph of basins that touch by a face.
 * @param basin number of its basin for each voxel, −1 outside, `[z][y][x]`
 * @param height the same layout
 */
export function basinGraph(basin: Int32Array, height: Float32Array, shape: Shape, summit: Int32Array): BasinGraph {
  const passes = passTable(summit.length);
  const [nz, ny, nx] = shape;
  const meet = (i: number, j: number) => {
    const [a, b] = [basin[i]!, basin[j]!];
    if (a !== b && a >= 0 && b >= 0) addPass(passes, a, b, Math.min(height[i]!, height[j]!));
  };
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (basin[i]! < 0) continue;
        if (x + 1 < nx && basin[i + 1] !== basin[i]) meet(i, i + 1);
        if (y + 1 < ny && basin[i + nx] !== basin[i]) meet(i, i + nx);
        if (z + 1 < nz && basin[i + nx * ny] !== basin[i]) meet(i, i + nx * ny);
      }
    }
  }
  return graphOf(
    passes,
    summit,
    Float32Array.from(summit, (at) => height[at]!),
  );
}

/** The graph of collected passes, in ascending order of their ends. */
export function graphOf({ basins, highest }: PassTable, summit: Int32Array, peak: Float32Array): BasinGraph {
  const keys = Float64Array.from(highest.keys()).sort();
  const ends = new Int32Array(2 * keys.length);
  const height = new Float32Array(keys.length);
  for (const [pass, key] of keys.entries()) {
    ends[2 * pass] = Math.floor(key / basins);
    ends[2 * pass + 1] = key % basins;
    height[pass] = highest.get(key)!;
  }
  return { summit, peak, ends, height };
}

/** Passes from the highest down; equal ones by their ends. */
export function descendingPasses({ height }: BasinGraph): Int32Array {
  return Int32Array.from(height.keys()).sort((p, q) => height[q]! - height[p]! || p - q);
}
