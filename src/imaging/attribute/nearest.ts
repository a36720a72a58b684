/**
 * The k nearest others of each point: indices by distance, equal distances by index, −1 where there are fewer.
 * Points are swept along their first coordinate; about N^(5/3) distances for N points in a box.
 * @param points `[point][3]`
 * @returns `[point][k]`
 */
export function nearestOthers(points: Float64Array, k: number): { neighbour: Int32Array; distance: Float64Array } {
  const count = points.length / 3;
  const neighbour = new Int32Array(count * k).fill(-1);
  const distance = new Float64Array(count * k).fill(Infinity);
  const order = Int32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => points[3 * a]! - points[3 * b]! || a - b,
  );
  for (const [place, i] of order.entries()) {
    for (const direction of [-1, 1]) {
      for (let at = place + direction; at >= 0 && at < count; at += direction) {
        const j = order[at]!;
        if (Math.abs(points[3 * j]! - points[3 * i]!) > distance[i * k + k - 1]!) break;
        insert(neighbour, distance, i * k, k, j, separation(points, i, j));
      }
    }
  }
  return { neighbour, distance };
}

function separation(points: Float64Array, i: number, j: number): number {
  const along = (axis: number) => points[3 * j + axis]! - points[3 * i + axis]!;
  return Math.sqrt(along(0) ** 2 + along(1) ** 2 + along(2) ** 2);
}

/** Keeps a list of the nearest in order. */
function insert(neighbour: Int32Array, distance: Float64Array, from: number, k: number, j: number, far: number): void {
  const after = (at: number) => far > distance[at]! || (far === distance[at]! && j > neighbour[at]!);
  let at = from + k - 1;
  if (neighbour[at] !== -1 && after(at)) return;
  for (; at > from && (neighbour[at - 1] === -1 || !after(at - 1)); at--) {
    neighbour[at] = neighbour[at - 1]!;
    distance[at] = distance[at - 1]!;
  }
  neighbour[at] = j;
  distance[at] = far;
}
