import type { Nearest } from "../../network/neighbours/nearest.js";
import { distanceBetween, extent, nearestOf, type Places } from "./places.js";

/** Distances among severe particles: to the nearest, and the mean of the three nearest. */
export interface SevereDistance {
  readonly nearest: number;
  readonly meanOfThree: number;
}

/** Neighbours kept a particle; beyond these all severe ones are gone through. */
const kept = 48;

/**
 * Mean distances from severe particles to the nearest severe ones. With a buffer, severe particles nearer to the edge of
 * the bounding box than to their nearest severe neighbour are left out as starting points: what lies outside might be nearer.
 * @returns a function of marks by place (1 severe, 0 not); NaN with fewer than two severe ones.
 */
export function severeDistances(places: Places, buffer: boolean): (severe: Float64Array) => SevereDistance {
  const near = nearestOf(places, kept);
  const edge = buffer ? edgeDistance(places) : undefined;
  const three = new Float64Array(3);
  return (severe) => {
    const members: number[] = [];
    for (let i = 0; i < severe.length; i++) if (severe[i] > 0) members.push(i);
    let [first, sum, count, three3, enough] = [0, 0, 0, 0, 0];
    for (const i of members) {
      const found = threeNearest(places, near, severe, members, i, three);
      if (found === 0 || (edge && edge[i] < three[0])) continue;
      first += three[0];
      count++;
      for (let k = 0; k < found; k++) sum += three[k];
      three3 += sum / found;
      enough++;
      sum = 0;
    }
    return { nearest: first / count, meanOfThree: three3 / enough };
  };
}

/** Distances to up to three nearest severe ones, into `three`; gives how many. */
function threeNearest(
  places: Places,
  { each, neighbour, distance }: Nearest,
  severe: Float64Array,
  members: readonly number[],
  i: number,
  three: Float64Array,
): number {
  const wanted = Math.min(3, members.length - 1);
  let found = 0;
  for (let k = 0; k < each && found < wanted; k++)
    if (severe[neighbour[i * each + k]] > 0) three[found++] = distance[i * each + k];
  if (found === wanted) return found;
  three.fill(Number.POSITIVE_INFINITY);
  for (const j of members) {
    if (j === i) continue;
    const d = distanceBetween(places, i, j);
    let place = 3;
    while (place > 0 && d < three[place - 1]) place--;
    for (let k = 2; k > place; k--) three[k] = three[k - 1];
    if (place < 3) three[place] = d;
  }
  return wanted;
}

/** Distance of each centre from the nearest side of the bounding box. */
function edgeDistance(places: Places): Float64Array {
  const far = extent(places);
  return Float64Array.from({ length: places.centre.length / 3 }, (_, i) => {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < places.dimension; k++)
      least = Math.min(least, places.centre[3 * i + k], far[k] - places.centre[3 * i + k]);
    return least;
  });
}
