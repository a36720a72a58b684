import type { Outline } from "./delaunay.js";
import type { Disk, SurfaceLocator } from "./locator.js";
import { divide } from "./size-field.js";
import { directions } from "./surface-nodes.js";

/** A circle of the tile [0, width] × [0, height]: inside it, or centred on a side, or on a corner. */
export interface TileCircle extends Disk {
  /** Nodes on the full circle. */
  readonly nodes: number;
}

export interface TileOutline extends Outline {
  /** `[point]` place on its full circle, or −1; which circle is in `hole`. */
  readonly surface: Int32Array;
}

/** Free points keep this share of the local edge length from the outline. */
const CLEARANCE = 0.45;

/** The outline of the carbon/binder in a tile; unit of length: the edge length along the surfaces. */
export function binderOutline(
  circles: readonly TileCircle[],
  width: number,
  height: number,
  locator: SurfaceLocator,
  size: (x: number, y: number) => number,
): TileOutline {
  const points: number[] = [];
  const hole: number[] = [];
  const surface: number[] = [];
  const edges: number[] = [];
  const add = (x: number, y: number, of: number, place: number) => {
    surface.push(place);
    hole.push(of);
    return points.push(x, y) / 2 - 1;
  };
  circles.forEach((circle, c) => {
    const places = placesInTile(circle, width, height);
    const direction = directions(circle.nodes);
    const numbers = new Map(places.map((k) => [k, add(...nodeAt(circle, direction, k), c, k)]));
    for (const k of places) {
      const next = numbers.get((k + 1) % circle.nodes);
      if (next !== undefined) edges.push(numbers.get(k)!, next);
    }
    add(circle.x, circle.y, c, -1);
  });
  for (const [x, y] of sidePoints(circles, width, height, size)) add(x, y, -1, -1);
  return {
    points: Float64Array.from(points),
    hole: Int32Array.from(hole),
    surface: Int32Array.from(surface),
    edges: Int32Array.from(edges),
    size,
    admits(x, y) {
      locator.find(x, y);
      const wall = Math.min(x, width - x, y, height - y);
      return locator.distance >= CLEARANCE && wall > 0 && wall >= CLEARANCE * size(x, y);
    },
  };
}

/** The outline of a quarter disk in the square [0, radius]² around the corner (right ? radius : 0, radius). */
export function sectorOutline(circle: TileCircle, right: boolean, size: (r: number) => number): TileOutline {
  const { radius } = circle;
  const centre: TileCircle = { ...circle, x: right ? radius : 0, y: radius };
  const places = placesInTile(centre, radius, radius);
  const direction = directions(circle.nodes);
  const points = places.flatMap((k) => nodeAt(centre, direction, k));
  points.push(centre.x, centre.y);
  for (const r of divide(0, radius, size)) {
    points.push(centre.x, radius - r);
    points.push(right ? radius - r : r, radius);
  }
  const at = (x: number, y: number) => size(Math.hypot(x - centre.x, y - radius));
  return {
    points: Float64Array.from(points),
    hole: new Int32Array(points.length / 2).fill(-1),
    surface: Int32Array.from({ length: points.length / 2 }, (_, p) => places[p] ?? -1),
    edges: new Int32Array(0),
    size: at,
    admits(x, y) {
      const side = Math.min(Math.abs(x - centre.x), radius - y);
      const inside = x > 0 && x < radius && y < radius;
      const depth = radius - Math.hypot(x - centre.x, y - radius);
      return inside && depth >= CLEARANCE && side >= CLEARANCE * at(x, y);
    },
  };
}

function nodeAt(circle: TileCircle, direction: Float64Array, k: number): [number, number] {
  return [circle.x + circle.radius * direction[2 * k], circle.y + circle.radius * direction[2 * k + 1]];
}

/** The places of the full circle that lie in the tile, ascending. */
function placesInTile(circle: TileCircle, width: number, height: number): number[] {
  const direction = directions(circle.nodes);
  return Array.from({ length: circle.nodes }, (_, k) => k).filter((k) => {
    const dx = direction[2 * k];
    const dy = direction[2 * k + 1];
    return !(
      (circle.x === 0 && dx < 0) ||
      (circle.x === width && dx > 0) ||
      (circle.y === 0 && dy < 0) ||
      (circle.y === height && dy > 0)
    );
  });
}

/** Corners outside circles and the points that divide the sides between circles. */
function sidePoints(
  circles: readonly TileCircle[],
  width: number,
  height: number,
  size: (x: number, y: number) => number,
): [number, number][] {
  const sides: { length: number; of: (c: TileCircle) => number | null; at: (t: number) => [number, number] }[] = [
    { length: width, of: (c) => (c.y === 0 ? c.x : null), at: (t) => [t, 0] },
    { length: height, of: (c) => (c.x === width ? c.y : null), at: (t) => [width, t] },
    { length: width, of: (c) => (c.y === height ? c.x : null), at: (t) => [t, height] },
    { length: height, of: (c) => (c.x === 0 ? c.y : null), at: (t) => [0, t] },
  ];
  const corners = (
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ] as [number, number][]
  ).filter(([x, y]) => !circles.some((c) => c.x === x && c.y === y));
  return corners.concat(
    sides.flatMap((side) => {
      const cuts = circles.flatMap((c) => {
        const t = side.of(c);
        return t === null ? [] : [{ from: t - c.radius, to: t + c.radius }];
      });
      return freeIntervals(side.length, cuts).flatMap(([from, to]) =>
        Array.from(
          divide(from, to, (t) => size(...side.at(t))),
          side.at,
        ),
      );
    }),
  );
}

/** What is left of [0, length] outside the cuts. */
function freeIntervals(length: number, cuts: { from: number; to: number }[]): [number, number][] {
  const free: [number, number][] = [];
  let from = 0;
  for (const cut of [...cuts].sort((p, q) => p.from - q.from)) {
    if (cut.from > from) free.push([from, cut.from]);
    from = cut.to;
  }
  if (from < length) free.push([from, length]);
  return free;
}
