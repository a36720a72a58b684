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
  { mean, spread, deviation, shape }: Lithium,
  solver: ModeSolver,
): LithiumResponse {
  const { each, share } = points;
  const { tilt } = shape;
  /** [mode][node][particle] lithium without any current, and what is left of its rows. */
  const bulk = new Float64Array(local);
  const rows = new Float64Array(local);
  const left = new Float64Array(particles);
  const beta = new Float64Array(particles);
  const free = {
    mean: bulk.subarray(meanSurface, difference),
    spread: bulk.subarray(differenceSurface, local),
    local: new Float64Array(points.count),
  };

  /** [node][particle] C, lithium of the mean mode by its nodes, and all of it, [particle]. */
  const content = new Float64Array(difference);
  mean.store(new Float64Array(difference).fill(1), content);
  const whole = sums(content, particles);

  /** [particle] the mean that the past alone makes. */
  const levels = (past: Float64Array, a0: number): Float64Array =>
    sums(past.subarray(0, difference), particles).map((sum, k) => -sum / (a0 * whole[k]));

  /** The past as deviations from that mean see it. */
  const apart = (past: Float64Array, a0: number, level: Float64Array): Float64Array => {
    const own = past.slice();
    for (let i = 0; i < difference; i++) own[i] += a0 * content[i] * level[i % particles];
    return own;
  };

  /** Add that mean, and take out what rounding put into the deviations. */
  const putTogether = (level: Float64Array): void => {
    const stray = new Float64Array(particles);
    for (let i = 0; i < difference; i++) stray[i % particles] += content[i] * bulk[i];
    for (let i = 0; i < difference; i++) {
      const k = i % particles;
      bulk[i] += level[k] - stray[k] / whole[k];
    }
  };

  /** Largest over the particles of what is left in their rows. */
  const leftOver = (past: Float64Array, scale: Float64Array): number => {
    for (let i = 0; i < local; i++) rows[i] = past[i];
    mean.addProduct(bulk.subarray(0, difference), rows.subarray(0, difference));
    spread.addProduct(bulk.subarray(difference), rows.subarray(difference));
    left.fill(0);
    for (let row = 0; row < local; row += particles) {
      for (let k = 0; k < particles; k++) left[k] += Math.abs(rows[row + k]);
    }
    return left.reduce((most, sum, k) => Math.max(most, sum / scale[k]), 0);
  };

  const release: LithiumResponse["release"] = (past, a0, scale, tolerance) => {
    localAnswer(deviation, a0, beta);
    for (let p = 0; p < points.count; p++)
      free.local[p] = -past[local + p] / (1 + deviation.delay[points.particle[p]] * a0);
    if (mean.stiffness <= ample * a0) return settle(past, scale, tolerance);
    const level = levels(past, a0);
    const solved = settle(apart(past, a0, level), scale, tolerance);
    putTogether(level);
    return solved;
  };

  const settle = (past: Float64Array, scale: Float64Array, tolerance: number): boolean => {
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

  const write: LithiumResponse["write"] = (patchCurrent, current, x) => {
    for (let row = 0; row < difference; row += particles) {
      for (let k = 0; k < particles; k++) {
        const at = row + k;
        const high = patchCurrent[2 * k];
        const low = patchCurrent[2 * k + 1];
        x[at] = bulk[at] - mean.influence[at] * (high + low);
        const apart = tilt[2 * k] * high + tilt[2 * k + 1] * low;
        x[difference + at] = bulk[difference + at] - spread.influence[at] * apart;
      }
    }
    for (let a = 0; a < 2 * particles; a++) {
      const density = share[a] === 0 ? 0 : patchMean(points, a, current);
      const b = share[a] === 0 ? 0 : beta[a >> 1];
      for (let p = a * each; p < (a + 1) * each; p++) x[local + p] = free.local[p] - b * (current[p] - density);
    }
  };
  return { free, release, write };
}

/** Sums over the rows [node] of a column [node][particle]. */
function sums(column: Float64Array, particles: number): Float64Array {
  const sum = new Float64Array(particles);
  for (let i = 0; i < column.length; i++) sum[i % particles] += column[i];
  return sum;
}
