import type { Draws } from "../../draws/draws.js";

/** A ball; µm, centre as x, y, z from the corner of the picture. */
export interface Ball {
  readonly centre: readonly [number, number, number];
  readonly radius: number;
}

export interface TouchingSettings {
  readonly count: number;
  /** µm, x, y, z */
  readonly box: readonly [number, number, number];
  /** Median radius, µm, of a lognormal distribution, and the standard deviation of its logarithm. */
  readonly radius: number;
  readonly spread: number;
  /** Neighbours come as near as this share of the sum of their radii less, 0 … 1. */
  readonly overlap: number;
}

/** Lognormal radii, the largest first. */
function fallingRadii({ count, radius, spread }: TouchingSettings, random: Draws): Float64Array {
  return Float64Array.from({ length: count }, () => radius * Math.exp(spread * random.normal()))
    .sort()
    .reverse();
}

/**
 * Balls of lognormal radii inside a box, the largest first; each but the first sits against another, and none nearer to
 * any than the overlap allows.
 * @throws RangeError when the box is too full for another ball
 */
export function touchingBalls(settings: TouchingSettings, random: Draws): Ball[] {
  const { count, box, overlap } = settings;
  const balls: Ball[] = [];
  for (const own of fallingRadii(settings, random)) {
    const ball = placed(balls, own, box, overlap, random);
    if (ball === null) throw full(balls.length, count);
    balls.push(ball);
  }
  return balls;
}

/**
 * As `touchingBalls`, but thrown in at random: none nearer to another than the overlap allows, few at that limit.
 */
export function crowdedBalls(settings: TouchingSettings, random: Draws): Ball[] {
  const { count, box, overlap } = settings;
  const balls: Ball[] = [];
  for (const own of fallingRadii(settings, random)) {
    for (let k = 0; ; k++) {
      if (k === tries) throw full(balls.length, count);
      const centre = box.map((edge) => own + random.uniform() * (edge - 2 * own)) as [number, number, number];
      const free = balls.every((ball) => distance(ball.centre, centre) >= (1 - overlap) * (ball.radius + own));
      if (!free) continue;
      balls.push({ centre, radius: own });
      break;
    }
  }
  return balls;
}

function full(placed: number, count: number): RangeError {
  return new RangeError(`Placing balls: no room for ball ${placed + 1} of ${count}; take a larger box or fewer balls.`);
}

const tries = 4000;

function placed(
  balls: readonly Ball[],
  radius: number,
  box: readonly [number, number, number],
  overlap: number,
  random: Draws,
): Ball | null {
  const share = 1 - overlap;
  for (let k = 0; k < tries; k++) {
    const beside = balls[Math.floor(random.uniform() * balls.length)];
    const centre =
      beside === undefined
        ? (box.map((edge) => edge / 2) as [number, number, number])
        : stepped(beside.centre, direction(random), share * (beside.radius + radius) * (1 + 1e-9));
    if (centre.some((at, axis) => at < radius || at > box[axis] - radius)) continue;
    const free = balls.every((ball) => distance(ball.centre, centre) >= share * (ball.radius + radius));
    if (free) return { centre, radius };
  }
  return null;
}

/** A direction, all alike likely. */
export function direction(random: Draws): readonly [number, number, number] {
  const z = 2 * random.uniform() - 1;
  const turn = 2 * Math.PI * random.uniform();
  const r = Math.sqrt(1 - z * z);
  return [r * Math.cos(turn), r * Math.sin(turn), z];
}

function stepped(
  from: readonly [number, number, number],
  along: readonly [number, number, number],
  length: number,
): [number, number, number] {
  return [from[0] + length * along[0], from[1] + length * along[1], from[2] + length * along[2]];
}

function distance(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
