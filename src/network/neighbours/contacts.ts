import { nearPairs } from "../../space/near-pairs.js";
import { nearestImage, type Packing, periods } from "../../space/packing.js";

/** Pairs of particles that are near enough to count as touching; each pair once, by rising `first`, then `second`. */
export interface Contacts {
  readonly count: number;
  /** [contact], the smaller index of the pair. */
  readonly first: Int32Array;
  /** [contact] */
  readonly second: Int32Array;
  /** m, [contact], between the surfaces; negative where they overlap. */
  readonly gap: Float64Array;
  /** m, [contact], between the centres. */
  readonly distance: Float64Array;
  /** [contact][3], unit vector from the first centre to the second, through a periodic side where that is the shorter way. */
  readonly direction: Float64Array;
}

/** The contacts of every particle. */
export interface Adjacency {
  /** Where each particle's entries begin, [particle + 1]. */
  readonly start: Int32Array;
  /** The particle on the other side, [entry]. */
  readonly neighbour: Int32Array;
  /** Index of the contact, [entry]. */
  readonly contact: Int32Array;
}

/**
 * Pairs whose surfaces are less than `gap` (m) apart.
 * @throws RangeError when a period is too short for the largest particles.
 */
export function contactsWithin(packing: Packing, gap: number): Contacts {
  const { centre, radius } = packing;
  const [px, py] = periods(packing);
  const pairs = nearPairs(packing, centre, radius, gap);
  const count = pairs.count;
  const n = radius.length;
  const keys = Float64Array.from({ length: count }, (_, k) => pairs.first[k] * n + pairs.second[k]).sort();
  const contacts = {
    count,
    first: Int32Array.from(keys, (key) => Math.floor(key / n)),
    second: Int32Array.from(keys, (key) => key % n),
    gap: new Float64Array(count),
    distance: new Float64Array(count),
    direction: new Float64Array(3 * count),
  };
  for (let k = 0; k < count; k++) {
    const [i, j] = [contacts.first[k], contacts.second[k]];
    const way = [
      nearestImage(centre[3 * j] - centre[3 * i], px),
      nearestImage(centre[3 * j + 1] - centre[3 * i + 1], py),
      centre[3 * j + 2] - centre[3 * i + 2],
    ];
    const distance = Math.hypot(...way);
    contacts.distance[k] = distance;
    contacts.gap[k] = distance - radius[i] - radius[j];
    for (let a = 0; a < 3; a++) contacts.direction[3 * k + a] = distance > 0 ? way[a] / distance : 0;
  }
  return contacts;
}

/** Who touches whom, particle by particle. */
export function adjacencyOf(contacts: Contacts, particles: number): Adjacency {
  const start = new Int32Array(particles + 1);
  for (const side of [contacts.first, contacts.second]) for (const i of side) start[i + 1]++;
  for (let i = 0; i < particles; i++) start[i + 1] += start[i];
  const next = start.slice();
  const neighbour = new Int32Array(2 * contacts.count);
  const contact = new Int32Array(2 * contacts.count);
  for (let k = 0; k < contacts.count; k++) {
    for (const [one, other] of [
      [contacts.first[k], contacts.second[k]],
      [contacts.second[k], contacts.first[k]],
    ]) {
      contact[next[one]] = k;
      neighbour[next[one]++] = other;
    }
  }
  return { start, neighbour, contact };
}

/** Number of contacts of every particle. */
export function coordination(contacts: Contacts, particles: number): Int32Array {
  const { start } = adjacencyOf(contacts, particles);
  return Int32Array.from({ length: particles }, (_, i) => start[i + 1] - start[i]);
}
