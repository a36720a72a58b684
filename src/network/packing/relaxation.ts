import type { Draws } from "../../draws/draws.js";
import { exp, pow, square } from "../../elementary/elementary.js";
import { nearPairs, type Pairs } from "../../space/near-pairs.js";
import { type Domain, nearestImage, periods } from "../../space/packing.js";
import { mean } from "../../statistics/mean.js";

/** How far a relaxation came. */
export interface Relaxed {
  /** Whether no overlap is left beyond the tolerance. */
  readonly ok: boolean;
  /** Largest overlap of a pair over the sum of its radii, or of a particle with a wall over its radius. */
  readonly overlap: number;
  readonly iterations: number;
}

/** Pairs within this of each other, over the mean radius, are kept in the list between searches. */
const SKIN = 0.35;
/** First, longest and annealing time steps, and the first mixing of velocity into the direction of force. */
const [FIRST_STEP, LONGEST_STEP, ANNEALING_STEP, FIRST_MIXING] = [0.1, 0.4, 0.2, 0.1];
/** Velocities fall by e to this over an annealing. */
const COOLING = 4;
/** Steps downhill before the time step grows. */
const PATIENCE = 5;

/** What the minimiser keeps between its steps. */
interface Motion {
  readonly domain: Domain;
  readonly centre: Float64Array;
  readonly radius: Float64Array;
  readonly scale: number;
  readonly periods: readonly [number, number, number];
  readonly force: Float64Array;
  readonly velocity: Float64Array;
  /** [particle], 1/mass */
  readonly ease: Float64Array;
  /** Where the particles were when the pairs were listed. */
  readonly listed: Float64Array;
  pairs: Pairs;
}

/**
 * Pushes overlapping particles apart in place, until no overlap exceeds `tolerance`: minimises the energy of soft balls
 * Σ ½ (R_i + R_j − d)² over overlapping pairs (walls alike) by FIRE (Bitzek et al., Phys. Rev. Lett. 97 (2006) 170201),
 * masses as the surface of the particle, pairs from a list that is renewed as particles move.
 * @param centre m, [particle][3]; changed in place, and left within the periods.
 * @param radius m, [particle]
 */
export function relax(
  domain: Domain,
  centre: Float64Array,
  radius: Float64Array,
  tolerance: number,
  mostIterations: number,
): Relaxed {
  const motion = atRest(domain, centre, radius);
  let [step, mixing, downhill] = [FIRST_STEP, FIRST_MIXING, 0];
  let overlap = push(motion);
  let iterations = 0;
  while (overlap > tolerance && iterations < mostIterations) {
    const power = steer(motion, mixing);
    if (power > 0) {
      if (++downhill > PATIENCE) {
        step = Math.min(1.1 * step, LONGEST_STEP);
        mixing *= 0.99;
      }
    } else {
      motion.velocity.fill(0);
      [step, mixing, downhill] = [0.5 * step, FIRST_MIXING, 0];
    }
    move(motion, step);
    overlap = push(motion);
    iterations++;
  }
  wrap(motion);
  return { ok: overlap <= tolerance, overlap, iterations };
}

/**
 * Shakes the particles in place and lets them cool: molecular dynamics of the same soft balls from random velocities of the
 * given heat (energy a particle over the stiffness times the squared mean radius), damped over `steps`. Packings that jam at
 * once come out denser the slower they cool.
 */
export function anneal(
  domain: Domain,
  centre: Float64Array,
  radius: Float64Array,
  random: Draws,
  heat: number,
  steps: number,
): void {
  const motion = atRest(domain, centre, radius);
  const { velocity, ease } = motion;
  for (let i = 0; i < radius.length; i++) {
    const widest = 2 * Math.sqrt(3 * heat * ease[i]);
    for (let k = 3 * i; k < 3 * i + domain.dimension; k++) velocity[k] = widest * (random.uniform() - 0.5);
  }
  const kept = exp(-COOLING / steps);
  for (let step = 0; step < steps; step++) {
    push(motion);
    for (let k = 0; k < velocity.length; k++) velocity[k] *= kept;
    move(motion, ANNEALING_STEP);
  }
}

function atRest(domain: Domain, centre: Float64Array, radius: Float64Array): Motion {
  const scale = mean(radius);
  const motion: Motion = {
    domain,
    centre,
    radius,
    scale,
    periods: periods(domain),
    force: new Float64Array(centre.length),
    velocity: new Float64Array(centre.length),
    ease: radius.map((r) => Math.min(1, pow(scale / r, domain.dimension - 1))),
    listed: new Float64Array(centre.length),
    pairs: { count: 0, first: new Int32Array(0), second: new Int32Array(0) },
  };
  listPairs(motion);
  return motion;
}

/** Takes the particles that left through a periodic side back in at the other. */
function wrap({ centre, periods }: Motion): void {
  for (const [axis, period] of periods.entries()) {
    if (period === 0) continue;
    for (let k = axis; k < centre.length; k += 3) centre[k] -= period * Math.floor(centre[k] / period);
  }
}

function listPairs(motion: Motion): void {
  const { domain, centre, radius, scale, listed } = motion;
  wrap(motion);
  motion.pairs = nearPairs(domain, centre, radius, SKIN * scale);
  listed.set(centre);
}

/** Forces over the mean radius into `force`; returns the largest relative overlap. */
function push(motion: Motion): number {
  const { centre, radius, force, pairs, scale } = motion;
  const [px, py] = motion.periods;
  const { first, second, count } = pairs;
  force.fill(0);
  let worst = wallPush(motion);
  for (let k = 0; k < count; k++) {
    const [i, j] = [first[k], second[k]];
    const [a, b] = [3 * i, 3 * j];
    let dx = centre[b] - centre[a];
    let dy = centre[b + 1] - centre[a + 1];
    const dz = centre[b + 2] - centre[a + 2];
    if (px !== 0) dx = nearestImage(dx, px);
    if (py !== 0) dy = nearestImage(dy, py);
    const reach = radius[i] + radius[j];
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared >= reach * reach) continue;
    const distance = Math.sqrt(squared);
    const overlap = reach - distance;
    if (overlap > worst * reach) worst = overlap / reach;
    const f = distance > 0 ? overlap / (distance * scale) : 0;
    force[a] -= f * dx;
    force[a + 1] -= f * dy;
    force[a + 2] -= f * dz;
    force[b] += f * dx;
    force[b + 1] += f * dy;
    force[b + 2] += f * dz;
  }
  return worst;
}

function wallPush({ domain, centre, radius, force, scale, periods }: Motion): number {
  let worst = 0;
  for (let axis = 0; axis < domain.dimension; axis++) {
    if (periods[axis] > 0) continue;
    const far = domain.box[axis];
    for (let i = 0; i < radius.length; i++) {
      const at = centre[3 * i + axis];
      const near = radius[i] - at;
      const past = at + radius[i] - far;
      if (near > 0) force[3 * i + axis] += (2 * near) / scale;
      if (past > 0) force[3 * i + axis] -= (2 * past) / scale;
      worst = Math.max(worst, near / radius[i], past / radius[i]);
    }
  }
  return worst;
}

/** Turns velocities towards the forces; returns force · velocity from before. */
function steer({ force, velocity }: Motion, mixing: number): number {
  let [power, forces, speeds] = [0, 0, 0];
  for (let k = 0; k < force.length; k++) {
    power += force[k] * velocity[k];
    forces += force[k] * force[k];
    speeds += velocity[k] * velocity[k];
  }
  const along = forces > 0 ? mixing * Math.sqrt(speeds / forces) : 0;
  for (let k = 0; k < force.length; k++) velocity[k] = (1 - mixing) * velocity[k] + along * force[k];
  return power;
}

function move(motion: Motion, step: number): void {
  const { centre, force, velocity, ease, listed, scale } = motion;
  const free = 0.5 * SKIN * scale;
  let farthest = 0;
  for (let i = 0; i < ease.length; i++) {
    let way = 0;
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      velocity[k] += step * ease[i] * force[k];
      centre[k] += step * scale * velocity[k];
      way += square(centre[k] - listed[k]);
    }
    farthest = Math.max(farthest, way);
  }
  if (farthest > free * free) listPairs(motion);
}
