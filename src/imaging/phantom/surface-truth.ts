import type { Ball } from "./balls.js";
import type { Cap, PhantomParts } from "./phantom.js";

/** What lies about a ball of a phantom, from its geometry alone. */
export interface SurfaceTruth {
  /** Share of the free surface that binder touches; NaN when nothing is free. */
  readonly coverage: number;
  /** The same as seen from −x, +x, −y, +y, −z, +z: each piece counts by how far it looks that way. */
  readonly towards: readonly number[];
}

/** Directions at which a ball's surface is looked at. */
const points = 4000;

/**
 * Coverage of a ball among others: a point of its surface is free unless another ball or the outside of the picture begins
 * there, and covered where a layer of binder, its own or a neighbour's, begins there.
 * @param box µm, x, y, z
 */
export function surfaceTruth(parts: PhantomParts, own: number, box: readonly [number, number, number]): SurfaceTruth {
  const { centre, radius } = parts.balls[own];
  const others = parts.balls.filter((ball, k) => k !== own && apart(ball.centre, centre) <= ball.radius + radius);
  const caps = parts.caps.filter((cap) => reaches(parts.balls[cap.particle - 1], cap, parts.balls[own]));
  const [free, covered] = [new Float64Array(7), new Float64Array(7)];
  const turn = Math.PI * (3 - Math.sqrt(5));
  for (let k = 0; k < points; k++) {
    const z = 1 - (2 * k + 1) / points;
    const flat = Math.sqrt(1 - z * z);
    const normal = [flat * Math.cos(turn * k), flat * Math.sin(turn * k), z] as const;
    const at = centre.map((c, axis) => c + radius * (1 + 1e-9) * normal[axis]) as [number, number, number];
    if (at.some((c, axis) => c < 0 || c > box[axis])) continue;
    if (others.some((ball) => apart(ball.centre, at) <= ball.radius)) continue;
    const layer = caps.some((cap) => holds(parts.balls[cap.particle - 1], cap, at));
    addSeen(free, normal);
    if (layer) addSeen(covered, normal);
  }
  return {
    coverage: covered[6] / free[6],
    towards: Array.from({ length: 6 }, (_, way) => covered[way] / free[way]),
  };
}

/** Adds a piece of surface to each way it looks, and to the whole at the end. */
function addSeen(sums: Float64Array, normal: readonly [number, number, number]): void {
  for (let axis = 0; axis < 3; axis++) sums[2 * axis + (normal[axis] > 0 ? 1 : 0)] += Math.abs(normal[axis]);
  sums[6] += 1;
}

function apart(a: readonly [number, number, number], b: readonly [number, number, number]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function reaches(of: Ball, { thickness, gap = 0 }: Cap, to: Ball): boolean {
  return apart(of.centre, to.centre) <= of.radius + gap + thickness + to.radius;
}

/** Whether a place lies in a layer of binder. */
function holds({ centre, radius }: Ball, { towards, angle, thickness, gap = 0 }: Cap, at: readonly number[]): boolean {
  const away = centre.map((c, axis) => at[axis] - c);
  const far = Math.hypot(...away);
  if (far < radius + gap || far > radius + gap + thickness) return false;
  const along = away.reduce((sum, d, axis) => sum + d * towards[axis], 0);
  return along / (far * Math.hypot(...towards)) >= Math.cos(angle);
}
