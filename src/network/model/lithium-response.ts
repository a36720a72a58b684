import { type LocalMode, localAnswer, patchMean } from "./local-mode.js";
import type { ModeSolver } from "./mode-solver.js";
import type { NetworkUnknowns } from "./network-unknowns.js";
import type { PatchShape } from "./patch-shape.js";
import type { RadialMode } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";

/** What the particles' lithium does without any current. */
export interface FreeResponse {
  /** [particle] m and d at the surface. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** [point] l */
  readonly local: Float64Array;
}

/** How the particles' lithium answers. */
export interface Lithium {
  readonly mean: RadialMode;
  readonly spread: RadialMode;
  readonly deviation: LocalMode;
  readonly shape: PatchShape;
}

/** The particles' lithium in a step: what it does without any current, and what currents add, which is linear. */
export interface LithiumResponse {
  readonly free: FreeResponse;
  /**
   * Find `free` for a step: (a₀M + K) s + past = 0, by as many passes as an inexact solver needs to leave less than `tolerance`
   * of `scale`, A [particle]. False when that is out of its reach.
   */
  release(past: Float64Array, a0: number, scale: Float64Array, tolerance: number): boolean;
  /** Write the lithium of x that the currents make, A [patch] and A/m² [point]. */
  write(patchCurrent: Float64Array, current: Float64Array, x: Float64Array): void;
}

/** How often the fastest diffusion must fit into a step for it to be idle: s is then measured from its particle's mean. */
const ample = 1e4;

/** Passes of a solver of the modes in single precision. */
const mostPasses = 6;

export function lithiumResponse(
  { particles, difference, local, meanSurface, differenceSurface }: NetworkUnknowns,
  points: NetworkPoints,
  lithium: Lithium,
  solver: ModeSolver,
): LithiumResponse {
  const { mean, deviation } = lithium;
  /** [mode][node][particle] lithium without any current. */
  const bulk = new Float64Array(local);
  const beta = new Float64Array(particles);
  const free = {
    mean: bulk.subarray(meanSurface, difference),
    spread: bulk.subarray(differenceSurface, local),
    local: new Float64Array(points.count),
  };
  /** [node][particle] C, lithium of the mean mode by its nodes. */
  const content = new Float64Array(difference);
  mean.store(new Float64Array(difference).fill(1), content);
  const { levels, apart, putTogether } = meanLevels(content, particles);
  const settle = settling(lithium, solver, bulk);
  return {
    free,
    release: (past, a0, scale, tolerance) => {
      localAnswer(deviation, a0, beta);
      releaseLocal(points, deviation, a0, past.subarray(local), free.local);
      if (mean.stiffness <= ample * a0) return settle(past, scale, tolerance);
      const level = levels(past, a0);
      const solved = settle(apart(past, a0, level), scale, tolerance);
      putTogether(level, bulk);
      return solved;
    },
    write: (patchCurrent, current, x) => {
      writeModes(lithium, bulk, patchCurrent, x);
      writeLocal(points, beta, current, free.local, x.subarray(local));
    },
  };
}

/** Solves (a₀M + K) s + past = 0 into `bulk`, by passes over what an inexact solver leaves; false where they leave too much. */
function settling(
  { mean, spread }: Lithium,
  solver: ModeSolver,
  bulk: Float64Array,
): (past: Float64Array, scale: Float64Array, tolerance: number) => boolean {
  const [local, difference] = [bulk.length, bulk.length / 2];
  /** What is left of the rows. */
  const rows = new Float64Array(local);
  const leftOver = (past: Float64Array, scale: Float64Array): number => {
    rows.set(past.subarray(0, local));
    mean.addProduct(bulk.subarray(0, difference), rows.subarray(0, difference));
    spread.addProduct(bulk.subarray(difference), rows.subarray(difference));
    return largestShare(rows, scale);
  };
  return (past, scale, tolerance) => {
    for (let i = 0; i < local; i++) rows[i] = -past[i];
    solver.solve(rows, bulk);
    if (solver.exact) return true;
    for (let pass = 1; pass < mostPasses; pass++) {
      if (leftOver(past, scale) <= tolerance) return true;
      solver.solve(rows, rows);
      for (let i = 0; i < local; i++) bulk[i] -= rows[i];
    }
    return leftOver(past, scale) <= tolerance;
  };
}

/** Largest over the particles of the sizes in their rows, [row][particle], over `scale`. */
function largestShare(rows: Float64Array, scale: Float64Array): number {
  const particles = scale.length;
  const left = new Float64Array(particles);
  for (let row = 0; row < rows.length; row += particles) {
    for (let k = 0; k < particles; k++) left[k] += Math.abs(rows[row + k]);
  }
  return left.reduce((most, sum, k) => Math.max(most, sum / scale[k]), 0);
}

/** Write l° [point], what its past leaves of l. */
function releaseLocal(
  { count, particle }: NetworkPoints,
  { delay }: LocalMode,
  a0: number,
  past: Float64Array,
  out: Float64Array,
): void {
  for (let p = 0; p < count; p++) out[p] = -past[p] / (1 + delay[particle[p]] * a0);
}

/** Write m and d [node][particle]: those without any current, less what the patches' I, A, make of them. */
function writeModes(
  { mean, spread, shape: { tilt } }: Lithium,
  bulk: Float64Array,
  I: Float64Array,
  x: Float64Array,
): void {
  const [particles, difference] = [mean.particles, bulk.length / 2];
  for (let at = 0; at < difference; at++) {
    const h = 2 * (at % particles);
    const [high, low] = [I[h], I[h + 1]];
    x[at] = bulk[at] - mean.influence[at] * (high + low);
    x[difference + at] = bulk[difference + at] - spread.influence[at] * (tilt[h] * high + tilt[h + 1] * low);
  }
}

/** Write l [point] = l° − β (i − ī). */
function writeLocal(
  points: NetworkPoints,
  beta: Float64Array,
  current: Float64Array,
  free: Float64Array,
  out: Float64Array,
): void {
  const { each, share } = points;
  for (let a = 0; a < share.length; a++) {
    const density = share[a] === 0 ? 0 : patchMean(points, a, current);
    const b = share[a] === 0 ? 0 : beta[a >> 1];
    for (let p = a * each; p < (a + 1) * each; p++) out[p] = free[p] - b * (current[p] - density);
  }
}

/** The particles' means apart from what diffusion sees; columns are those of the mean mode, [node][particle], or longer. */
interface MeanLevels {
  /** [particle] the mean that the past alone makes. */
  levels(past: Float64Array, a0: number): Float64Array;
  /** The past as deviations from that mean see it. */
  apart(past: Float64Array, a0: number, level: Float64Array): Float64Array;
  /** Add that mean to deviations, and take out what rounding put into these. */
  putTogether(level: Float64Array, deviation: Float64Array): void;
}

/** `content` C, [node][particle] of the mean mode. */
function meanLevels(content: Float64Array, particles: number): MeanLevels {
  const whole = sums(content, particles);
  return {
    levels: (past, a0) => sums(past.subarray(0, content.length), particles).map((sum, k) => -sum / (a0 * whole[k])),
    apart: (past, a0, level) => {
      const own = past.slice();
      for (let i = 0; i < content.length; i++) own[i] += a0 * content[i] * level[i % particles];
      return own;
    },
    putTogether: (level, deviation) => {
      const stray = new Float64Array(particles);
      for (let i = 0; i < content.length; i++) stray[i % particles] += content[i] * deviation[i];
      for (let i = 0; i < content.length; i++) {
        const k = i % particles;
        deviation[i] += level[k] - stray[k] / whole[k];
      }
    },
  };
}

/** Sums over the rows [node] of a column [node][particle]. */
function sums(column: Float64Array, particles: number): Float64Array {
  const sum = new Float64Array(particles);
  for (let i = 0; i < column.length; i++) sum[i % particles] += column[i];
  return sum;
}
