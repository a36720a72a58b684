import { type Nearest, nearestNeighbours } from "../../network/neighbours/nearest.js";

/** Centres of particles in a plane or in space, in one unit of length. */
export interface Places {
  readonly dimension: 2 | 3;
  /** [particle][3]; the third is 0 in a plane. */
  readonly centre: Float64Array;
}

/**
 * Centres from columns, moved so that the smallest coordinate is 0.
 * @param axes two or three columns of equal length.
 * @throws RangeError for another number of axes, or centres that are not finite.
 */
export function placesOf(axes: readonly ArrayLike<number>[]): Places {
  if (axes.length !== 2 && axes.length !== 3)
    throw new RangeError(`Placing particles: found ${axes.length} axes; give two or three.`);
  const count = axes[0].length;
  const centre = new Float64Array(3 * count);
  for (const [k, axis] of axes.entries()) {
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) smallest = Math.min(smallest, axis[i]);
    for (let i = 0; i < count; i++) centre[3 * i + k] = axis[i] - smallest;
  }
  if (!centre.every(Number.isFinite))
    throw new RangeError("Placing particles: a coordinate is missing; leave such particles out first.");
  return { dimension: axes.length, centre };
}

/** Extent along each axis. */
export function extent({ centre }: Places): [number, number, number] {
  const most: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < centre.length; i++) most[i % 3] = Math.max(most[i % 3], centre[i]);
  return most;
}

/** The `count` nearest others of every particle, without repetition at the sides. */
export function nearestOf(places: Places, count: number): Nearest {
  const box = extent(places).map((length, axis) => (axis < places.dimension ? Math.max(length, 1e-300) : 0));
  const [x, y, z] = box as [number, number, number];
  const radius = new Float64Array(places.centre.length / 3);
  return nearestNeighbours(
    { dimension: places.dimension, box: [x, y, z], periodic: false, centre: places.centre, radius },
    count,
  );
}

export function distanceBetween({ centre }: Places, i: number, j: number): number {
  const [dx, dy, dz] = [0, 1, 2].map((k) => centre[3 * i + k] - centre[3 * j + k]) as [number, number, number];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

/** Pairs of particles nearer than `reach`. */
export interface Pairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly distance: Float64Array;
}

/** All pairs nearer than `reach`, each once. */
export function pairsWithin(places: Places, reach: number): Pairs {
  const count = places.centre.length / 3;
  const [first, second, distance]: [number[], number[], number[]] = [[], [], []];
  const along = Int32Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => places.centre[3 * i] - places.centre[3 * j],
  );
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const [i, j] = [along[a], along[b]];
      if (places.centre[3 * j] - places.centre[3 * i] > reach) break;
      const d = distanceBetween(places, i, j);
      if (d > reach) continue;
      first.push(i);
      second.push(j);
      distance.push(d);
    }
  return { first: Int32Array.from(first), second: Int32Array.from(second), distance: Float64Array.from(distance) };
}
