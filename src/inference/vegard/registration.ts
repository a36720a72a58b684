/**
 * Registration of two pictures of one particle: where in the second one a place of the first lies.
 *
 *   f     fixed picture, m moving one, x place in µm from the fixed picture's middle of mass
 *   W     x ↦ A x + t; rigid: A a rotation
 *   Σ (f(x) − α − β m(W x))² over the fixed picture, least in W, α and β, so that brightness may differ
 *
 * Damped Gauss–Newton from coarse to fine: Evangelidis & Psarakis, IEEE Trans. Pattern Anal. 30 (2008) 1858.
 */

import { Matrix, solve } from "ml-matrix";
import { gaussian } from "../../imaging/filter/gaussian.js";
import { mean } from "../../statistics/mean.js";
import type { Grid } from "./mechanics.js";

export const registrations = ["none", "rigid", "affine"] as const;
export type RegistrationKind = (typeof registrations)[number];

/** A picture whose pixels have a size; `value` `[pixel]` without gaps. */
export interface GuidePicture {
  readonly grid: Grid;
  readonly value: Float64Array;
}

/** x ↦ A x + t about the fixed picture's centre, in its unit of length. */
export interface Placement {
  /** A: 11, 12, 21, 22. */
  readonly linear: readonly [number, number, number, number];
  readonly shift: readonly [number, number];
  readonly centre: readonly [number, number];
}

export type Registered =
  | { readonly ok: true; readonly placement: Placement; readonly correlation: number; readonly steps: number }
  | { readonly ok: false; readonly reason: string };

/** Blur of both pictures, in pixels of the fixed one, from coarse to fine. */
const blurs = [4, 2, 1];
const mostSteps = 40;
/** Below this the pictures do not show the same thing. */
const leastCorrelation = 0.5;

/** Starts with the middles of mass upon each other. */
export function register(
  fixed: GuidePicture,
  moving: GuidePicture,
  kind: Exclude<RegistrationKind, "none">,
): Registered {
  const [centre, other] = [middleOfMass(fixed), middleOfMass(moving)];
  let placement: Placement = { linear: [1, 0, 0, 1], shift: [other[0] - centre[0], other[1] - centre[1]], centre };
  let [correlation, steps] = [0, 0];
  for (const blur of blurs) {
    const [a, b] = [blurred(fixed, blur, fixed.grid), blurred(moving, blur, fixed.grid)];
    const found = descend(a, b, placement, kind);
    placement = found.placement;
    correlation = found.correlation;
    steps += found.steps;
  }
  if (!(correlation >= leastCorrelation))
    return {
      ok: false,
      reason: `the pictures agree with a correlation of ${correlation.toFixed(2)} at best; ${leastCorrelation} is asked`,
    };
  return { ok: true, placement, correlation, steps };
}

/** Where a place of the fixed picture lies in the moving one. */
export function placed({ linear: [a, b, c, d], shift, centre }: Placement, x: number, y: number): [number, number] {
  const [u, v] = [x - centre[0], y - centre[1]];
  return [centre[0] + shift[0] + a * u + b * v, centre[1] + shift[1] + c * u + d * v];
}

/** Values of a map at the places of another grid; NaN where a neighbour is unknown. Cubic where 16 are known. */
export function resampled(values: Float64Array, from: Grid, to: Grid, placement: Placement): Float64Array {
  return Float64Array.from({ length: to.width * to.height }, (_, k) => {
    const [x, y] = [((k % to.width) + 0.5) * to.pixel[1], (Math.floor(k / to.width) + 0.5) * to.pixel[0]];
    const [u, v] = placed(placement, x, y);
    return valueAt(values, from, u / from.pixel[1] - 0.5, v / from.pixel[0] - 0.5);
  });
}

function valueAt(values: Float64Array, { width, height }: Grid, column: number, row: number): number {
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const at = (i: number, j: number) =>
    left + i < 0 || left + i >= width || top + j < 0 || top + j >= height
      ? Number.NaN
      : values[(top + j) * width + left + i];
  const [s, t] = [column - left, row - top];
  const [wide, high] = [cubicWeights(s), cubicWeights(t)];
  let cubic = 0;
  for (let j = 0; j < 4; j++) for (let i = 0; i < 4; i++) cubic += wide[i] * high[j] * at(i - 1, j - 1);
  if (!Number.isNaN(cubic)) return cubic;
  return (1 - t) * ((1 - s) * at(0, 0) + s * at(1, 0)) + t * ((1 - s) * at(0, 1) + s * at(1, 1));
}

/** Catmull–Rom weights of the points at −1, 0, 1, 2 for a place at `s` from 0. */
function cubicWeights(s: number): readonly number[] {
  return [
    s * (-0.5 + s * (1 - 0.5 * s)),
    1 + s * s * (1.5 * s - 2.5),
    s * (0.5 + s * (2 - 1.5 * s)),
    s * s * (0.5 * s - 0.5),
  ];
}

interface Descent {
  readonly placement: Placement;
  readonly correlation: number;
  readonly steps: number;
}

function descend(fixed: GuidePicture, moving: GuidePicture, start: Placement, kind: "rigid" | "affine"): Descent {
  let placement = start;
  let now = normalEquations(fixed, moving, placement, kind);
  let damping = 1e-3;
  let steps = 0;
  while (steps < mostSteps && damping < 1e6) {
    steps++;
    const system = now.products.clone();
    for (let k = 0; k < system.rows; k++) system.set(k, k, system.get(k, k) * (1 + damping));
    const step = solve(system, now.moments, true).to1DArray();
    const next = moved(placement, step, kind);
    const then = normalEquations(fixed, moving, next, kind);
    if (!(then.squares < now.squares)) {
      damping *= 10;
      continue;
    }
    const gain = 1 - then.squares / now.squares;
    [placement, now, damping] = [next, then, damping / 10];
    if (gain < 1e-10) break;
  }
  return { placement, correlation: now.correlation, steps };
}

/** Parameters: angle and shift, or the linear part and shift, as additions to a placement. */
function moved({ linear, shift, centre }: Placement, step: readonly number[], kind: "rigid" | "affine"): Placement {
  if (kind === "affine") {
    const [a, b, c, d] = linear;
    return {
      linear: [a + step[0], b + step[1], c + step[2], d + step[3]],
      shift: [shift[0] + step[4], shift[1] + step[5]],
      centre,
    };
  }
  const angle = Math.atan2(linear[2], linear[0]) + step[0];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return { linear: [c, -s, s, c], shift: [shift[0] + step[1], shift[1] + step[2]], centre };
}

/** Gauss–Newton's equations for the placement, brightness eliminated first. */
function normalEquations(fixed: GuidePicture, moving: GuidePicture, placement: Placement, kind: "rigid" | "affine") {
  const { grid, value } = fixed;
  const unknowns = kind === "rigid" ? 3 : 6;
  const pixels = grid.width * grid.height;
  const [image, slopes] = [new Float64Array(pixels), new Float64Array(2 * pixels)];
  for (let k = 0; k < pixels; k++) sample(moving, grid, placement, k, image, slopes);
  const { contrast, level, correlation } = brightness(value, image);
  const [products, moments] = [Matrix.zeros(unknowns, unknowns), Matrix.zeros(unknowns, 1)];
  const row = new Float64Array(unknowns);
  let squares = 0;
  for (let k = 0; k < pixels; k++) {
    const residual = value[k] - level - contrast * image[k];
    squares += residual * residual;
    const u = ((k % grid.width) + 0.5) * grid.pixel[1] - placement.centre[0];
    const v = (Math.floor(k / grid.width) + 0.5) * grid.pixel[0] - placement.centre[1];
    sensitivity(row, contrast * slopes[2 * k], contrast * slopes[2 * k + 1], u, v, placement);
    for (let i = 0; i < unknowns; i++) {
      moments.set(i, 0, moments.get(i, 0) + row[i] * residual);
      for (let j = 0; j < unknowns; j++) products.set(i, j, products.get(i, j) + row[i] * row[j]);
    }
  }
  return { products, moments, squares, correlation };
}

/** Change of the moving picture's value with each parameter, from its slopes along x and y. */
function sensitivity(row: Float64Array, gx: number, gy: number, u: number, v: number, { linear }: Placement): void {
  if (row.length === 6) row.set([gx * u, gx * v, gy * u, gy * v, gx, gy]);
  else row.set([gx * (-linear[2] * u - linear[0] * v) + gy * (linear[0] * u - linear[2] * v), gx, gy]);
}

function brightness(value: Float64Array, image: Float64Array) {
  const [a, b] = [mean(value), mean(image)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < value.length; k++) {
    ab += (value[k] - a) * (image[k] - b);
    aa += (value[k] - a) ** 2;
    bb += (image[k] - b) ** 2;
  }
  const contrast = bb > 0 ? ab / bb : 0;
  return { contrast, level: a - contrast * b, correlation: aa > 0 && bb > 0 ? Math.abs(ab) / Math.sqrt(aa * bb) : 0 };
}

/** The moving picture at a pixel of the fixed one, linear between pixels, its rim continued; and its slopes. */
function sample(
  { grid: { width, height, pixel }, value }: GuidePicture,
  fixed: Grid,
  placement: Placement,
  k: number,
  image: Float64Array,
  slopes: Float64Array,
): void {
  const x = ((k % fixed.width) + 0.5) * fixed.pixel[1];
  const y = (Math.floor(k / fixed.width) + 0.5) * fixed.pixel[0];
  const [u, v] = placed(placement, x, y);
  const inside = (at: number, count: number) => Math.min(count - 1.000001, Math.max(0, at));
  const [column, row] = [inside(u / pixel[1] - 0.5, width), inside(v / pixel[0] - 0.5, height)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [s, t] = [column - left, row - top];
  const at = (i: number, j: number) => value[Math.min(height - 1, top + j) * width + Math.min(width - 1, left + i)];
  const [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
  image[k] = (1 - t) * ((1 - s) * a + s * b) + t * ((1 - s) * c + s * d);
  slopes[2 * k] = ((1 - t) * (b - a) + t * (d - c)) / pixel[1];
  slopes[2 * k + 1] = ((1 - s) * (c - a) + s * (d - b)) / pixel[0];
}

function blurred({ grid, value }: GuidePicture, pixels: number, unit: Grid): GuidePicture {
  const soft = Float32Array.from(value);
  const along = (axis: 0 | 1) => (pixels * unit.pixel[axis]) / grid.pixel[axis];
  gaussian(soft, [1, grid.height, grid.width], [0, along(0), along(1)]);
  return { grid, value: Float64Array.from(soft) };
}

function middleOfMass({ grid, value }: GuidePicture): [number, number] {
  const least = value.reduce((low, v) => Math.min(low, v), Infinity);
  let [mass, x, y] = [0, 0, 0];
  for (const [k, v] of value.entries()) {
    mass += v - least;
    x += (v - least) * ((k % grid.width) + 0.5) * grid.pixel[1];
    y += (v - least) * (Math.floor(k / grid.width) + 0.5) * grid.pixel[0];
  }
  if (mass === 0) return [(grid.width * grid.pixel[1]) / 2, (grid.height * grid.pixel[0]) / 2];
  return [x / mass, y / mass];
}
