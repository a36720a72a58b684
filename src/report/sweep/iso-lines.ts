/** A piece of a line, in cells from the first one's centre. */
export interface Segment {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}

type Point = readonly [x: number, y: number];

/**
 * Where values known at the centres of a grid's cells pass a level, straight between neighbouring centres; a square with a value that
 * is not known has none.
 * @param rows `[row][column]`, NaN where not known
 */
export function isoLine(rows: readonly (readonly number[])[], level: number): readonly Segment[] {
  return rows.slice(1).flatMap((upper, i) =>
    upper.slice(1).flatMap((_, j) => {
      const corners = [rows[i][j], rows[i][j + 1], upper[j + 1], upper[j]];
      return corners.every(Number.isFinite) ? pieces(corners, level, [j, i]) : [];
    }),
  );
}

const ways: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Of one square, corners counter-clockwise from the lower left one. */
function pieces(corners: readonly number[], level: number, [x, y]: Point): readonly Segment[] {
  const met = corners.flatMap((value, k): Point[] => {
    const next = (k + 1) % 4;
    const other = corners[next];
    if (value >= level === other >= level) return [];
    const share = (level - value) / (other - value);
    const [from, to] = [ways[k], ways[next]];
    return [[x + from[0] + share * (to[0] - from[0]), y + from[1] + share * (to[1] - from[1])]];
  });
  return met.flatMap(([ax, ay], k) => (k % 2 === 0 ? [{ x: ax, y: ay, x2: met[k + 1][0], y2: met[k + 1][1] }] : []));
}
