import { type Draws, draws } from "../../src/draws/draws.js";
import { gaussian } from "../../src/imaging/filter/gaussian.js";
import { consensus, usualConsensus } from "../../src/imaging/fusion/consensus.js";
import { linkSlices, usualLink } from "../../src/imaging/fusion/link-slices.js";
import { clusteredMask, fused, usualClusters } from "../../src/imaging/fusion/probability.js";
import { cutAlong, putBack, type View, viewNamed } from "../../src/imaging/fusion/view.js";
import { crowdedBalls } from "../../src/imaging/phantom/balls.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { type Matching, matching } from "../../src/imaging/segmentation/matching.js";
import type { Labels } from "../../src/imaging/segmentation/particles.js";
import { segment, usualSegment } from "../../src/imaging/segmentation/segment.js";
import { type Shape, type Volume, volume } from "../../src/imaging/volume/volume.js";

export const threeViews = ["xy", "xz", "yz"] as const;
export const sevenViews = [...threeViews, "x+z", "x-z", "y+z", "y-z"] as const;

/** A crowd of balls of 10 voxels: the particle of each voxel. */
export function crowdLabels(edge: number, count: number, seed: number): Volume<Int32Array> {
  const settings = { count, box: [edge, edge, edge] as const, radius: 10, spread: 0.25, overlap: 0.15 };
  const shape: Shape = [edge, edge, edge];
  const parts = { balls: crowdedBalls(settings, draws(seed, "balls")), cracks: [], hollows: [], caps: [] };
  return volume(phantom(parts, shape, [1, 1, 1]).labels, shape, [1, 1, 1]);
}

/** How often a network that sees one slice at a time errs. */
export interface Errors {
  /** Share of outlines that are missing, cut in two, or joined with their neighbour. */
  readonly missing: number;
  readonly cut: number;
  readonly joined: number;
  /** Share of slices that fail altogether. */
  readonly failed: number;
  /** Discs that are not there, for each slice. */
  readonly invented: number;
  /** Voxels by which outlines are out of place. */
  readonly shifted: number;
}

export const usualErrors: Errors = {
  missing: 0.15,
  cut: 0.1,
  joined: 0.15,
  failed: 0.05,
  invented: 1,
  shifted: 1,
};

/** The true outlines of a view's slices with such errors, numbered anew in each slice. */
export function corruptedOutlines(truth: Volume<Int32Array>, view: View, errors: Errors, random: Draws): Volume {
  const stack = cutAlong(view, truth) as Volume<Int32Array>;
  const [slices, rows, columns] = stack.shape;
  const data = new Int32Array(stack.data.length);
  const size = rows * columns;
  for (let s = 0; s < slices; s++) {
    if (random.uniform() < errors.failed) continue;
    const slice = stack.data.subarray(s * size, (s + 1) * size);
    data.set(corruptedSlice(slice, rows, columns, errors, random), s * size);
  }
  return { ...stack, data };
}

function corruptedSlice(slice: Int32Array, rows: number, columns: number, errors: Errors, random: Draws): Int32Array {
  const fate = fates(slice, columns, errors, random);
  const result = new Int32Array(slice.length);
  for (let k = 0; k < slice.length; k++) {
    const from = fate.get(slice[k]);
    if (from === undefined) continue;
    const row = Math.floor(k / columns) + from.down;
    const column = (k % columns) + from.right;
    if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
    const beyond =
      from.cut !== null && (row - from.cut.row) * from.cut.down + (column - from.cut.column) * from.cut.right > 0;
    result[row * columns + column] = beyond ? from.name + 10_000 : from.name;
  }
  for (let k = 0; k < errors.invented; k++) inventDisc(result, rows, columns, 20_000 + k, random);
  return result;
}

interface Fate {
  readonly name: number;
  readonly down: number;
  readonly right: number;
  readonly cut: { readonly row: number; readonly column: number; readonly down: number; readonly right: number } | null;
}

/** What becomes of each outline that is not missing. */
function fates(slice: Int32Array, columns: number, errors: Errors, random: Draws): Map<number, Fate> {
  const middles = new Map<number, { row: number; column: number; voxels: number; beside: number }>();
  for (let k = 0; k < slice.length; k++) {
    const label = slice[k];
    if (label === 0) continue;
    const known = middles.get(label) ?? { row: 0, column: 0, voxels: 0, beside: 0 };
    const next = slice[k + 1] ?? 0;
    middles.set(label, {
      row: known.row + Math.floor(k / columns),
      column: known.column + (k % columns),
      voxels: known.voxels + 1,
      beside: next !== 0 && next !== label ? next : known.beside,
    });
  }
  const shift = () => Math.round((2 * random.uniform() - 1) * errors.shifted);
  const fate = new Map<number, Fate>();
  for (const [label, { row, column, voxels, beside }] of middles) {
    const turn = 2 * Math.PI * random.uniform();
    const line = { row: row / voxels, column: column / voxels, down: Math.sin(turn), right: Math.cos(turn) };
    const own = { name: label, down: shift(), right: shift(), cut: random.uniform() < errors.cut ? line : null };
    const joins = beside !== 0 && random.uniform() < errors.joined;
    if (random.uniform() >= errors.missing) fate.set(label, joins ? { ...own, name: beside } : own);
  }
  return fate;
}

function inventDisc(slice: Int32Array, rows: number, columns: number, name: number, random: Draws): void {
  const radius = 4 + 5 * random.uniform();
  const [row, column] = [random.uniform() * rows, random.uniform() * columns];
  for (let k = 0; k < slice.length; k++) {
    const far = Math.hypot(Math.floor(k / columns) - row, (k % columns) - column);
    if (far <= radius && slice[k] === 0) slice[k] = name;
  }
}

/**
 * What a network might say of each voxel, slice by slice, in the order of the picture: high inside the outlines that it
 * finds, low between touching ones, blurred and noisy.
 */
export function corruptedProbability(
  truth: Volume<Int32Array>,
  view: View,
  errors: Errors,
  random: Draws,
): Float32Array {
  const { data, shape } = corruptedOutlines(truth, view, errors, random);
  const inside = Float32Array.from(data, (label, k) => {
    const next = data[k + 1] ?? 0;
    const below = data[k + shape[2]] ?? 0;
    return label > 0 && (next === 0 || next === label) && (below === 0 || below === label) ? 1 : 0;
  });
  gaussian(inside, shape, [0, 0.7, 0.7]);
  for (let k = 0; k < inside.length; k++)
    inside[k] = Math.min(1, Math.max(0, 0.05 + 0.9 * inside[k] + 0.15 * random.normal()));
  return putBack(view, inside, truth.shape);
}

export interface FusedScores {
  /** Each view by itself. */
  readonly single: readonly Matching[];
  readonly together: Matching;
}

/** Outlines of each view linked to particles, alone and in consensus, against the truth. */
export function linkedScores(
  truth: Volume<Int32Array>,
  names: readonly string[],
  seed: number,
  errors = usualErrors,
): FusedScores {
  const linked = names.map((name): Labels => {
    const view = viewNamed(name);
    const stack = corruptedOutlines(truth, view, errors, draws(seed, name));
    const found = linkSlices(stack.data, stack.shape, usualLink);
    return { data: putBack(view, found.data, truth.shape), count: found.count };
  });
  const score = ({ data }: Labels) => matching(truth.data, data)[0];
  return { single: linked.map(score), together: score(consensus(linked, usualConsensus)) };
}

/** Probabilities of each view cut to particles, alone and fused, against the truth. */
export function probableScores(
  truth: Volume<Int32Array>,
  names: readonly string[],
  seed: number,
  errors = usualErrors,
): FusedScores {
  const { shape, voxelSize } = truth;
  const seen = names.map((name) => corruptedProbability(truth, viewNamed(name), errors, draws(seed, name)));
  const score = (of: readonly Float32Array[]) => {
    const { inside } = clusteredMask(volume(fused(of, shape, "mean"), shape, voxelSize), usualClusters);
    const settings = { ...usualSegment, binder: null };
    return matching(truth.data, segment(volume(inside, shape, voxelSize), settings).labels.data)[0];
  };
  return { single: seen.map((one) => score([one])), together: score(seen) };
}
