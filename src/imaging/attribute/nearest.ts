import { findNear, nothingFound, sortIntoCells } from "../../space/cells.js";

/**
 * The k nearest others of each point: indices by distance, equal distances by index, −1 where there are fewer.
 * @param points `[point][3]`
 * @returns `[point][k]`
 */
export function nearestOthers(points: Float64Array, k: number): { neighbour: Int32Array; distance: Float64Array } {
  const count = points.length / 3;
  const neighbour = new Int32Array(count * k).fill(-1);
  const distance = new Float64Array(count * k).fill(Infinity);
  const { moved, box } = fromZero(points);
  const width = usualWidth(box, count, k);
  const cells = sortIntoCells({ dimension: 3, box, periodic: false }, moved, width);
  const found = nothingFound();
  const most = 2 * Math.hypot(...box);
  const x = (i: number, axis: number) => moved[3 * i + axis] as number;
  for (let i = 0; i < count; i++) {
    for (let reach = width; ; reach *= 1.5) {
      findNear(cells, x(i, 0), x(i, 1), x(i, 2), reach, found);
      neighbour.fill(-1, i * k, i * k + k);
      distance.fill(Infinity, i * k, i * k + k);
      for (let at = 0; at < found.count; at++) {
        const j = found.points[at] as number;
        if (j !== i) insert(neighbour, distance, i * k, k, j, separation(points, i, j));
      }
      // what lies beyond the reach may be missing, and one just at it by rounding
      if ((distance[i * k + k - 1] as number) < reach * (1 - 1e-9) || reach > most) break;
    }
  }
  return { neighbour, distance };
}

/** The same points from 0 on along every axis, and the box they fill. */
function fromZero(points: Float64Array): { moved: Float64Array; box: [number, number, number] } {
  const [low, high] = [new Float64Array(3).fill(Infinity), new Float64Array(3).fill(-Infinity)];
  for (const [k, value] of points.entries()) {
    low[k % 3] = Math.min(low[k % 3] as number, value);
    high[k % 3] = Math.max(high[k % 3] as number, value);
  }
  const extent = (axis: number) => Math.max((high[axis] as number) - (low[axis] as number), 1e-300);
  const moved = points.map((value, k) => value - (low[k % 3] as number));
  return { moved, box: [extent(0), extent(1), extent(2)] };
}

/** Edge of a cell that holds about as many points as are looked for, along the axes on which places differ. */
function usualWidth(box: readonly number[], count: number, k: number): number {
  const wide = box.filter((length) => length > 1e-300);
  const measure = wide.reduce((product, length) => product * length, 1);
  return wide.length === 0 ? 1 : ((measure * (k + 1)) / count) ** (1 / wide.length);
}

function separation(points: Float64Array, i: number, j: number): number {
  const along = (axis: number) => points[3 * j + axis] - points[3 * i + axis];
  return Math.sqrt(along(0) ** 2 + along(1) ** 2 + along(2) ** 2);
}

/** Keeps a list of the nearest in order. */
function insert(neighbour: Int32Array, distance: Float64Array, from: number, k: number, j: number, far: number): void {
  const after = (at: number) => far > distance[at] || (far === distance[at] && j > neighbour[at]);
  let at = from + k - 1;
  if (neighbour[at] !== -1 && after(at)) return;
  for (; at > from && (neighbour[at - 1] === -1 || !after(at - 1)); at--) {
    neighbour[at] = neighbour[at - 1];
    distance[at] = distance[at - 1];
  }
  neighbour[at] = j;
  distance[at] = far;
}
