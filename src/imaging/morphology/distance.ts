import { finished, type Strides, within } from "../steps/steps.js";
import { columnsOf, slabsOf, usualSlab } from "../volume/slab.js";
import { inMemory, type VoxelStore } from "../volume/store.js";
import type { Shape, VoxelSize } from "../volume/volume.js";
import { nearestOnLine } from "./parabolas.js";

/**
 * Exact Euclidean distance from each voxel inside a mask to the nearest voxel outside it, centre to centre; 0 outside,
 * infinite everywhere when there is no outside. Beyond the faces of the picture nothing is outside.
 * Linear in voxels: lower envelopes of parabolas along one axis after the other (Felzenszwalb, Huttenlocher,
 * Theory of Computing 8, 415, 2012). What is kept between axes is how many voxels away the nearest outside lies: whole
 * numbers, so that the distance is rounded once, to single precision.
 * @param inside `[z][y][x]`, not 0 inside
 * @returns µm
 */
export function distanceMap(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize): Float32Array {
  const [, , width] = voxelSize;
  return mapped(inside, shape, voxelSize, (squared) => Math.sqrt(squared) * width);
}

/** As `distanceMap`, squared and in units of the voxel's width. */
export function squaredDistance(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize): Float32Array {
  return mapped(inside, shape, voxelSize, (squared) => squared);
}

function mapped(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize, of: (squared: number) => number): Float32Array {
  const result = new Float32Array(inside.length);
  finished(storedDistance(inMemory(inside, shape), inMemory(result, shape), voxelSize, usualSlab, of));
  return result;
}

/** Does more to a range of rows through all slices: `[z][rows][x]`, in place. */
export type AlongZ = (columns: Float32Array, shape: Shape) => void;

/**
 * Distances of a mask in a store, a slab at a time.
 * @param result takes f(squared distance in units of the voxel's width)
 * @param slab voxels
 * @param then done to each range of rows as it is ready
 */
export function* storedDistance(
  inside: VoxelStore<Uint8Array>,
  result: VoxelStore<Float32Array>,
  voxelSize: VoxelSize,
  slab: number,
  of: (squared: number) => number,
  then: AlongZ = () => {},
): Strides {
  checkLength(inside.shape);
  const nearest = result.retyped("i32");
  yield* within(0, 0.5, inSlices(inside, nearest, voxelSize, slab));
  yield* within(0.5, 1, throughSlices(nearest, result, voxelSize, slab, of, then));
}

/** Voxels along x and y to the nearest outside of a slice, in the lower and the upper 16 bits; −1 where there is none. */
function* inSlices(
  inside: VoxelStore<Uint8Array>,
  nearest: VoxelStore<Int32Array>,
  [, dy, dx]: VoxelSize,
  slab: number,
): Strides {
  const { shape } = inside;
  const [nz, ny, nx] = shape;
  const along = alongY(ny, nx, (dy / dx) ** 2);
  let mask: Uint8Array | undefined;
  let steps: Int32Array | undefined;
  for (const { from, count } of slabsOf(shape, slab)) {
    mask = inside.slices(from, count, mask);
    steps = nearest.slices(from, count, steps);
    alongRows(mask, steps, nx);
    for (let z = 0; z < count; z++) along(steps, z * ny * nx);
    nearest.putSlices(from, steps);
    yield (from + count) / nz;
  }
}

/** @throws RangeError where an edge of the picture has more voxels than 16 bits count. */
function checkLength(shape: Shape): void {
  if (shape.every((edge) => edge < none)) return;
  throw new RangeError(`Measuring distances: found ${shape.join(" × ")} voxels; edges below ${none} are allowed.`);
}

/** Steps along x where a row has no outside. */
const none = 0xffff;

/** Steps along x to the nearest outside of a row: a sweep forth and a sweep back. */
function alongRows(inside: Uint8Array, steps: Int32Array, nx: number): void {
  for (let row = 0; row < inside.length; row += nx) {
    let away = none;
    for (let i = row; i < row + nx; i++) {
      away = inside[i] === 0 ? 0 : away === none ? none : away + 1;
      steps[i] = away;
    }
    away = none;
    for (let i = row + nx - 1; i >= row; i--) {
      away = inside[i] === 0 ? 0 : away === none ? none : away + 1;
      if (away < steps[i]) steps[i] = away;
    }
  }
}

/** Lines that are gathered together, so that each piece of memory that comes along is used. */
const width = 16;

/** From steps along x to steps along x and y, in one slice. @param ratio squared, of the edges along y and x */
function alongY(ny: number, nx: number, ratio: number): (steps: Int32Array, base: number) => void {
  const value = new Float64Array(width * ny);
  const across = new Int32Array(width * ny);
  const vertex = new Int32Array(ny);
  const find = nearestOnLine(ny, ratio);
  return (steps, base) => {
    for (let x = 0; x < nx; x += width) {
      const lines = Math.min(width, nx - x);
      for (let y = 0; y < ny; y++) {
        for (let line = 0, at = base + y * nx + x; line < lines; line++, at++) {
          const step = steps[at];
          across[line * ny + y] = step;
          value[line * ny + y] = step === none ? Infinity : step * step;
        }
      }
      for (let line = 0; line < lines; line++) {
        const start = line * ny;
        const found = find(value, start, vertex);
        for (let y = 0, at = base + x + line; y < ny; y++, at += nx) {
          steps[at] = found ? across[start + vertex[y]] | (Math.abs(y - vertex[y]) << 16) : -1;
        }
      }
    }
  };
}

/** From steps within slices to distances. */
function* throughSlices(
  nearest: VoxelStore<Int32Array>,
  result: VoxelStore<Float32Array>,
  [dz, dy, dx]: VoxelSize,
  slab: number,
  of: (squared: number) => number,
  then: AlongZ,
): Strides {
  const [nz, ny, nx] = nearest.shape;
  const along = alongZ(nz, (dy / dx) ** 2, (dz / dx) ** 2, of);
  let steps: Int32Array | undefined;
  for (const { from, count } of columnsOf(nearest.shape, slab)) {
    const box = { from: [0, from, 0], shape: [nz, count, nx] } as const;
    steps = nearest.box(box, steps);
    const distance = new Float32Array(steps.buffer, steps.byteOffset, steps.length);
    along(steps, distance, count * nx);
    then(distance, box.shape);
    result.putBox(box, distance);
    yield (from + count) / ny;
  }
}

/** From packed steps to f(squared distance); `steps` and `distance` are the same memory. */
function alongZ(nz: number, ratioY: number, ratioZ: number, of: (squared: number) => number) {
  const value = new Float64Array(width * nz);
  const vertex = new Int32Array(nz);
  const find = nearestOnLine(nz, ratioZ);
  return (steps: Int32Array, distance: Float32Array, plane: number) => {
    for (let x = 0; x < plane; x += width) {
      const lines = Math.min(width, plane - x);
      for (let z = 0; z < nz; z++) {
        for (let line = 0, at = z * plane + x; line < lines; line++, at++) {
          const step = steps[at];
          const [along, across] = [step >>> 16, step & none];
          value[line * nz + z] = step === -1 ? Infinity : across * across + along * along * ratioY;
        }
      }
      for (let line = 0; line < lines; line++) {
        const start = line * nz;
        const found = find(value, start, vertex);
        for (let z = 0, at = x + line; z < nz; z++, at += plane) {
          const far = z - vertex[z];
          distance[at] = found ? of(value[start + vertex[z]] + far * far * ratioZ) : Infinity;
        }
      }
    }
  };
}
