import { pow, square } from "../../elementary/elementary.js";
import { depthAxis, type Packing } from "../../space/packing.js";
import type { Sight } from "../neighbours/sight.js";
import { pullStrength } from "./neighbour-law.js";

/** A neighbour that a particle faces, or the particle's own image in a wall. */
export interface Facing {
  readonly particle: number;
  /** Unit vector to it. */
  readonly way: readonly [number, number, number];
  /** Between the surfaces, over the mean of both radii. */
  readonly gap: number;
  /** The particle's radius over its neighbour's. */
  readonly ratio: number;
  /** How far the gap opens, over what it would if both centres stayed; negative where it closes. */
  readonly opened: number;
}

/**
 * A film that is sheared is this much as stiff as one that is stretched: fitted with the law of tractions, to random packings
 * of disks; taken over for spheres.
 */
export const SLIDING = 0.601;

/** Share of the unbalanced forces at which the particles are at rest. */
const settled = 1e-10;

/**
 * Whom each particle faces, and how far the gaps between open when all particles shrink by the same strain ε. Particles are
 * rigid bodies in carbon/binder, which pulls only through its gaps: the gap to j opens by o = ε(R_k + R_j) + (u_j − u_k)·n,
 * pulls with s o along n and resists sliding, and each particle moves until its pulls are in balance,
 *   Σ_j s [o n + τ (1 − n nᵀ)(u_j − u_k)] = 0.
 * Narrow gaps are stiff, so pairs that nearly touch come nearer as a whole and leave the opening to wider gaps. Side walls and
 * the collector are mirrors, the separator is free.
 */
export function openings(packing: Packing, sight: Sight): Facing[][] {
  const { radius, dimension } = packing;
  const pairs = [...facingPairs(packing, sight), ...wallImages(packing, sight.reach)].map((pair) => {
    const [one, other] = [radius[pair.first], radius[pair.second]];
    const [whole, gap] = [one + other, (2 * pair.gap) / (one + other)];
    const pull = (r: number, to: number): number =>
      pullStrength(dimension, { gap, ratio: r / to }) * pow(r, dimension - 1);
    return { ...pair, whole, gap, stiffness: (pull(one, other) + pull(other, one)) / (2 * whole) };
  });
  const move = displacements(pairs, radius.length);
  const facing: Facing[][] = Array.from(radius, () => []);
  for (const { first, second, way, gap, whole, mirror } of pairs) {
    const ratio = radius[first] / radius[second];
    const opened = 1 + apart(move, first, second, way, mirror) / whole;
    facing[first].push({ particle: second, way, gap, ratio, opened });
    if (mirror) continue;
    facing[second].push({ particle: first, way: [-way[0], -way[1], -way[2]], gap, ratio: 1 / ratio, opened });
  }
  return facing;
}

interface Pair {
  readonly first: number;
  /** The first itself in a mirror. */
  readonly second: number;
  readonly mirror: boolean;
  /** From the first to the second. */
  readonly way: readonly [number, number, number];
  /** m */
  readonly gap: number;
}

interface Spring extends Pair {
  /** m, R_k + R_j. */
  readonly whole: number;
  readonly stiffness: number;
}

/** Pairs in sight of each other: no third particle reaches into the ball that just fills their gap (Gabriel's graph of surfaces). */
function facingPairs({ radius }: Packing, { contacts, adjacency }: Sight): Pair[] {
  const pairs: Pair[] = [];
  const toward = (contact: number, from: number, axis: number): number =>
    (contacts.first[contact] === from ? 1 : -1) * contacts.direction[3 * contact + axis];
  const hides = (contact: number, entry: number): boolean => {
    const first = contacts.first[contact];
    const other = adjacency.contact[entry];
    const half = Math.max(0, contacts.gap[contact]) / 2;
    const middle = radius[first] + half;
    let squares = 0;
    for (let a = 0; a < 3; a++) {
      squares += square(contacts.distance[other] * toward(other, first, a) - middle * toward(contact, first, a));
    }
    return Math.sqrt(squares) - radius[adjacency.neighbour[entry]] < half;
  };
  for (let contact = 0; contact < contacts.count; contact++) {
    const [first, second] = [contacts.first[contact], contacts.second[contact]];
    let hidden = false;
    for (let e = adjacency.start[first]; e < adjacency.start[first + 1] && !hidden; e++) {
      hidden = adjacency.neighbour[e] !== second && hides(contact, e);
    }
    if (hidden) continue;
    const way = [0, 1, 2].map((a) => contacts.direction[3 * contact + a]) as [number, number, number];
    pairs.push({ first, second, mirror: false, way, gap: Math.max(0, contacts.gap[contact]) });
  }
  return pairs;
}

/** A particle faces its mirror image in a side wall and in the collector. */
function wallImages(packing: Packing, reach: number): Pair[] {
  const { box, centre, radius, dimension, periodic } = packing;
  const depth = depthAxis(packing);
  const images: Pair[] = [];
  for (let k = 0; k < radius.length; k++) {
    for (let axis = 0; axis < dimension; axis++) {
      for (const side of [-1, 1]) {
        if (axis === depth ? side > 0 : periodic) continue;
        const distance = side < 0 ? centre[3 * k + axis] : box[axis] - centre[3 * k + axis];
        const gap = Math.max(0, 2 * (distance - radius[k]));
        const way = [0, 1, 2].map((a) => (a === axis ? side : 0)) as [number, number, number];
        if (gap <= reach) images.push({ first: k, second: k, mirror: true, way, gap });
      }
    }
  }
  return images;
}

/** By how much the centres of a pair move apart; an image moves against its particle. */
function apart(move: Float64Array, first: number, second: number, [x, y, z]: Pair["way"], mirror: boolean): number {
  const [k, j] = [3 * first, 3 * second];
  const own = x * move[k] + y * move[k + 1] + z * move[k + 2];
  return (mirror ? -own : x * move[j] + y * move[j + 1] + z * move[j + 2]) - own;
}

/** m per unit strain, [particle][3]: by conjugate gradients from rest, each particle scaled by the stiffness around it. */
function displacements(springs: readonly Spring[], particles: number): Float64Array {
  const n = 3 * particles;
  const [move, residual, way, product, scale] = Array.from({ length: 5 }, () => new Float64Array(n));
  for (const { first, second, way: to, mirror, whole, stiffness } of springs) {
    for (const [k, sign] of mirror
      ? ([[first, 1]] as const)
      : ([
          [first, 1],
          [second, -1],
        ] as const)) {
      for (let a = 0; a < 3; a++) {
        residual[3 * k + a] += sign * stiffness * whole * to[a];
        scale[3 * k + a] += stiffness;
      }
    }
  }
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (scale[i] > 0) sum += (a[i] * b[i]) / (b === residual ? scale[i] : 1);
    return sum;
  };
  const start = dot(residual, residual);
  let [now, before] = [start, 1];
  for (let step = 0; step < 10 * n && now > settled * settled * start; step++) {
    for (let i = 0; i < n; i++)
      way[i] = scale[i] > 0 ? residual[i] / scale[i] + (step === 0 ? 0 : now / before) * way[i] : 0;
    addForces(springs, way, product.fill(0));
    const length = now / dot(way, product);
    for (let i = 0; i < n; i++) {
      move[i] += length * way[i];
      residual[i] -= length * product[i];
    }
    before = now;
    now = dot(residual, residual);
  }
  return move;
}

/** `out += K u`. */
function addForces(springs: readonly Spring[], u: Float64Array, out: Float64Array): void {
  for (const { first, second, way, mirror, stiffness } of springs) {
    const opening = apart(u, first, second, way, mirror);
    for (let a = 0; a < 3; a++) {
      const slide = mirror ? 0 : u[3 * second + a] - u[3 * first + a] - opening * way[a];
      const force = stiffness * (opening * way[a] + SLIDING * slide);
      out[3 * first + a] -= force;
      if (!mirror) out[3 * second + a] += force;
    }
  }
}
