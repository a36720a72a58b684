import { type Shape, voxelCount } from "../volume/volume.js";
import { type Filter, type FittedFilter, levelsOf, steps } from "./filter.js";
import { noiseDeviation } from "./noise.js";

/** Voxels from the middle of a patch to its faces, and from a voxel to the farthest that it is compared with. */
interface Window {
  readonly patch: number;
  readonly search: number;
}

/** Patches of 27 voxels, 125 compared; in a single slice 25 and 121. */
const windowFor = ([nz]: Shape): Window => (nz === 1 ? { patch: 2, search: 5 } : { patch: 1, search: 2 });

/**
 * Non-local means (Buades, Coll, Morel, Multiscale Model. Simul. 4, 490, 2005): each voxel becomes the mean of those
 * around it, weighted by exp(−max(d² − 2σ², 0) / (hσ)²), d² the mean squared difference of the patches about both, σ the
 * deviation of the noise.
 * @param strength h
 */
export function nonLocalMeans(strength = 1): Filter {
  return {
    name: `non-local=${strength}`,
    fitted: ({ data, shape }): FittedFilter => {
      const sigma = noiseDeviation(data, shape[2]);
      const window = windowFor(shape);
      return {
        reach: steps(window.patch + window.search, shape),
        apply: (part, partShape) => {
          const levels = levelsOf(part);
          return sigma > 0 && strength > 0 ? averaged(levels, partShape, window, sigma, strength) : levels;
        },
      };
    },
  };
}

/** Half of all shifts within the window: the other half is their mirror image. */
function shifts({ search }: Window, [nz]: Shape): Shape[] {
  const along = Array.from({ length: 2 * search + 1 }, (_, k) => k - search);
  const across = nz === 1 ? [0] : along;
  return across
    .flatMap((z) => along.flatMap((y) => along.map((x) => [z, y, x] as const)))
    .filter(([z, y, x]) => z > 0 || (z === 0 && (y > 0 || (y === 0 && x > 0))));
}

function averaged(levels: Float32Array, shape: Shape, window: Window, sigma: number, strength: number): Float32Array {
  const weight = new Float32Array(levels.length).fill(1);
  const sum = levels.slice();
  const buffers = [new Float32Array(levels.length), new Float32Array(levels.length)] as const;
  const patchVoxels = (2 * window.patch + 1) ** (shape[0] === 1 ? 2 : 3);
  const free = 2 * sigma * sigma * patchVoxels;
  const scale = -1 / (patchVoxels * (strength * sigma) ** 2);
  for (const shift of shifts(window, shape)) {
    const overlay = overlaid(shape, shift);
    if (overlay === null) continue;
    squares(levels, overlay, buffers[0]);
    const apart = patchSums(buffers, overlay.shape, window.patch);
    addMeans(levels, overlay, apart, free, scale, sum, weight);
  }
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i] / weight[i];
  return sum;
}

/** Two parts of a picture that a shift lays upon each other. */
interface Overlay {
  readonly picture: Shape;
  readonly shape: Shape;
  /** First voxel of each, `[z, y, x]`. */
  readonly first: Shape;
  readonly second: Shape;
}

/** null when nothing overlaps. */
function overlaid(picture: Shape, shift: Shape): Overlay | null {
  const shape = picture.map((edge, axis) => edge - Math.abs(shift[axis])) as unknown as Shape;
  const start = (sign: number) => shift.map((by) => Math.max(0, sign * by)) as unknown as Shape;
  return shape.some((edge) => edge < 1) ? null : { picture, shape, first: start(-1), second: start(1) };
}

/** Squared differences of two parts, `[z][y][x]` of the overlay. */
function squares(levels: Float32Array, overlay: Overlay, to: Float32Array): void {
  eachRow(overlay, (k, i, j, count) => {
    for (let x = 0; x < count; x++) {
      const difference = levels[i + x] - levels[j + x];
      to[k + x] = difference * difference;
    }
  });
}

/** Adds each part to the other with the weights of how far their patches are apart. */
function addMeans(
  levels: Float32Array,
  overlay: Overlay,
  apart: Float32Array,
  free: number,
  scale: number,
  sum: Float32Array,
  weight: Float32Array,
): void {
  eachRow(overlay, (k, i, j, count) => {
    for (let x = 0; x < count; x++) {
      const beyond = apart[k + x] - free;
      const w = beyond <= 0 ? 1 : Math.exp(scale * beyond);
      sum[i + x] += w * levels[j + x];
      weight[i + x] += w;
      sum[j + x] += w * levels[i + x];
      weight[j + x] += w;
    }
  });
}

type RowVisit = (inOverlay: number, inFirst: number, inSecond: number, count: number) => void;

function eachRow({ picture: [, ny, nx], shape: [oz, oy, ox], first, second }: Overlay, visit: RowVisit): void {
  const place = (from: Shape, z: number, y: number) => ((from[0] + z) * ny + from[1] + y) * nx + from[2];
  for (let z = 0; z < oz; z++) {
    for (let y = 0; y < oy; y++) visit((z * oy + y) * ox, place(first, z, y), place(second, z, y), ox);
  }
}

/** Sum over the patch about each voxel, along x, y and z in turn; the outermost voxel stands for those beyond. */
function patchSums(buffers: readonly [Float32Array, Float32Array], shape: Shape, patch: number): Float32Array {
  const [a, b] = buffers;
  rowSums(a, b, shape, patch);
  lineSums(b, a, shape, 1, patch);
  if (shape[0] === 1) return a;
  lineSums(a, b, shape, 0, patch);
  return b;
}

function rowSums(from: Float32Array, to: Float32Array, shape: Shape, patch: number): void {
  const nx = shape[2];
  const total = voxelCount(shape);
  for (let row = 0; row < total; row += nx) {
    for (let x = 0; x < nx; x++) {
      let sum = 0;
      if (x >= patch && x + patch < nx) for (let k = row + x - patch; k <= row + x + patch; k++) sum += from[k];
      else for (let k = x - patch; k <= x + patch; k++) sum += from[row + Math.min(nx - 1, Math.max(0, k))];
      to[row + x] = sum;
    }
  }
}

/** Along y or z: whole rows are added to each other. */
function lineSums(from: Float32Array, to: Float32Array, shape: Shape, axis: 0 | 1, patch: number): void {
  const stride = axis === 0 ? shape[1] * shape[2] : shape[2];
  const last = shape[axis] - 1;
  const total = voxelCount(shape);
  for (let start = 0; start < total; start += stride * (last + 1)) {
    for (let at = 0; at <= last; at++) {
      const base = start + at * stride;
      for (let k = at - patch; k <= at + patch; k++) {
        const row = start + Math.min(last, Math.max(0, k)) * stride - base;
        if (k === at - patch) for (let i = base; i < base + stride; i++) to[i] = from[i + row];
        else for (let i = base; i < base + stride; i++) to[i] += from[i + row];
      }
    }
  }
}
