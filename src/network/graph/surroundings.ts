import { depthAxis } from "../../space/packing.js";
import type { Sight } from "../neighbours/sight.js";
import { type CoveredPacking, meetsPatch } from "./covered-packing.js";
import { evenDirections } from "./directions.js";

/** What a ray from a particle's surface meets, besides the number of a particle. */
export const COLLECTOR = -1;
export const OUTSIDE = -2;

/**
 * What lies before each particle's surface, looked at in evenly spread directions: the carbon/binder between it and the
 * surface halfway to its neighbour, and who is behind. All [particle][direction].
 */
export interface Surroundings {
  readonly directions: number;
  /** Unit vectors, [direction][3]. */
  readonly direction: Float64Array;
  /** Whether the covered patch is met. */
  readonly high: Uint8Array;
  /** A particle, COLLECTOR, or OUTSIDE where nothing conducts. */
  readonly met: Int32Array;
  /** m of carbon/binder up to the surface halfway, or to the wall. */
  readonly own: Float64Array;
  /** m of carbon/binder beyond it, to the neighbour's surface; 0 at walls. */
  readonly other: Float64Array;
  /** Whether the neighbour's covered patch is met there. */
  readonly otherHigh: Uint8Array;
}

export function surroundings(packing: CoveredPacking, sight: Sight, directions: number): Surroundings {
  const { radius, dimension } = packing;
  const n = radius.length;
  const direction = evenDirections(dimension, directions);
  const bytes = (): Uint8Array => new Uint8Array(n * directions);
  const lengths = (): Float64Array => new Float64Array(n * directions);
  const out: Surroundings = {
    directions,
    direction,
    high: bytes(),
    met: new Int32Array(n * directions),
    own: lengths(),
    other: lengths(),
    otherHigh: bytes(),
  };
  const seen: Seen = { met: OUTSIDE, own: 0, contact: -1 };
  const way = new Float64Array(3);
  for (let k = 0; k < n; k++) {
    for (let m = 0; m < directions; m++) {
      const ray = direction.subarray(3 * m, 3 * m + 3);
      const at = k * directions + m;
      wallAhead(packing, k, ray, seen);
      neighbourAhead(radius, sight, k, ray, seen);
      out.high[at] = meetsPatch(packing, k, ray) ? 1 : 0;
      out.met[at] = seen.met;
      out.own[at] = seen.own;
      if (seen.contact < 0) continue;
      wayBack(sight, radius, k, ray, seen, way);
      out.other[at] = Math.max(0, Math.hypot(way[0], way[1], way[2]) - radius[seen.met]);
      out.otherHigh[at] = meetsPatch(packing, seen.met, way) ? 1 : 0;
    }
  }
  return out;
}

/** What a ray from a particle's surface meets, after how many m, and through which contact, -1 where through none. */
interface Seen {
  met: number;
  own: number;
  contact: number;
}

/** The neighbour whose half-way plane a ray meets before what it has been seen to meet. */
function neighbourAhead(
  radius: Float64Array,
  { contacts, adjacency }: Sight,
  k: number,
  ray: Float64Array,
  seen: Seen,
): void {
  seen.contact = -1;
  for (let e = adjacency.start[k]; e < adjacency.start[k + 1]; e++) {
    const contact = adjacency.contact[e];
    const sign = contacts.first[contact] === k ? 1 : -1;
    const d = contacts.direction.subarray(3 * contact, 3 * contact + 3);
    const along = sign * (ray[0] * d[0] + ray[1] * d[1] + ray[2] * d[2]);
    if (along <= 0.1) continue;
    const own = (radius[k] + Math.max(0, contacts.gap[contact]) / 2) / along - radius[k];
    if (own >= seen.own) continue;
    seen.own = Math.max(own, 0);
    seen.met = adjacency.neighbour[e];
    seen.contact = contact;
  }
}

/** Write where a ray meets the half-way plane, m, seen from the neighbour's middle. */
function wayBack(
  { contacts }: Sight,
  radius: Float64Array,
  k: number,
  ray: Float64Array,
  { own, contact }: Seen,
  way: Float64Array,
): void {
  const sign = contacts.first[contact] === k ? 1 : -1;
  for (let a = 0; a < 3; a++) {
    way[a] = (radius[k] + own) * ray[a] - sign * contacts.distance[contact] * contacts.direction[3 * contact + a];
  }
}

/** The wall that a ray meets: the collector at depth 0, or one where nothing conducts; none through periodic sides. */
function wallAhead(packing: CoveredPacking, k: number, ray: Float64Array, seen: Seen): void {
  const { box, centre, radius, dimension, periodic } = packing;
  const depth = depthAxis(packing);
  seen.met = OUTSIDE;
  seen.own = Number.POSITIVE_INFINITY;
  for (let a = 0; a < dimension; a++) {
    if ((periodic && a !== depth) || Math.abs(ray[a]) < 1e-9) continue;
    const way = (ray[a] > 0 ? box[a] - centre[3 * k + a] : centre[3 * k + a]) / Math.abs(ray[a]) - radius[k];
    if (way >= seen.own) continue;
    seen.own = Math.max(0, way);
    seen.met = a === depth && ray[a] < 0 ? COLLECTOR : OUTSIDE;
  }
}
