import type { Snapshot } from "./snapshot.js";

/** Loose triangles with a value at each corner. */
export interface Triangles {
  /** `[triangle][corner][2]` m */
  readonly xy: Float64Array;
  /** `[triangle][corner]` */
  readonly value: Float64Array;
}

/** Corners of the straight triangles that stand for one cell. */
const straight = {
  3: [[0, 1, 2]],
  6: [
    [0, 3, 5],
    [3, 1, 4],
    [5, 4, 2],
    [3, 4, 5],
  ],
} as const;

/** The cells as triangles; `valueAt(cell, node)` gives their corner values, and cells where it is NaN are left out. */
export function cellTriangles(snapshot: Snapshot, valueAt: (cell: number, node: number) => number): Triangles {
  const { nodes, cells, nodesPerCell } = snapshot;
  const parts = straight[nodesPerCell];
  const count = snapshot.region.length * parts.length;
  const [xy, value] = [new Float64Array(count * 6), new Float64Array(count * 3)];
  let t = 0;
  for (let cell = 0; cell < snapshot.region.length; cell++)
    for (const part of parts) {
      for (let c = 0; c < 3; c++) {
        const node = cells[cell * nodesPerCell + part[c]];
        xy[6 * t + 2 * c] = nodes[2 * node];
        xy[6 * t + 2 * c + 1] = nodes[2 * node + 1];
        value[3 * t + c] = valueAt(cell, node);
      }
      const known = value[3 * t] + value[3 * t + 1] + value[3 * t + 2];
      if (!Number.isNaN(known)) t++;
    }
  return { xy: xy.subarray(0, 6 * t), value: value.subarray(0, 3 * t) };
}
