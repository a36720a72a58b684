/** Fields on a mesh at one time, as read from a VTU file. Lengths in m. */
export interface Snapshot {
  /** s */
  readonly time: number;
  readonly cycle: number | null;
  /** `[node][2]` */
  readonly nodes: Float64Array;
  readonly nodesPerCell: 3 | 6;
  /** `[cell][nodesPerCell]` vertices counter-clockwise, then midsides of edges 01, 12, 20. */
  readonly cells: ArrayLike<number>;
  /** `[cell]` k for particle k, `particles` for high-, `particles + 1` for low-conductivity carbon/binder. */
  readonly region: ArrayLike<number>;
  readonly particles: number;
  /** `[node]` by name; NaN where a field does not live. */
  readonly point: ReadonlyMap<string, Float64Array>;
  /** `[cell]` by name. */
  readonly cell: ReadonlyMap<string, Float64Array>;
}

/** Box of the nodes, m. */
export interface Extent {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

export function extentOf({ nodes }: Snapshot): Extent {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < nodes.length; k += 2) {
    left = Math.min(left, nodes[k]);
    right = Math.max(right, nodes[k]);
    bottom = Math.min(bottom, nodes[k + 1]);
    top = Math.max(top, nodes[k + 1]);
  }
  return { left, bottom, width: right - left, height: top - bottom };
}

/** Smallest and largest finite value, or null where there is none. */
export function boundsOf(values: ArrayLike<number>): readonly [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}
