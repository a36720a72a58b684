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
  return Int32Array.from(height.keys()).sort((p, q) => height[q] - height[p] || p - q);
}
