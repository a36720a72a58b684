import type { Shape } from "../volume/volume.js";

/** The voxels of a part, and where it ends. */
export interface VoxelQueue {
  items: Int32Array;
  count: number;
  /** Whether the part reaches a face of the picture (in a single slice: one of its sides). */
  reaches: boolean;
  /** Whether it touches a face of its slab behind which the picture goes on. */
  goesOn: boolean;
}

export function voxelQueue(): VoxelQueue {
  return { items: new Int32Array(1024), count: 0, reaches: false, goesOn: false };
}

/** Whether a picture goes on below and above a slab of it. */
export interface OpenEnds {
  readonly low: boolean;
  readonly high: boolean;
}

const wholePicture: OpenEnds = { low: false, high: false };

function push(queue: VoxelQueue, item: number): void {
  if (queue.count === queue.items.length) {
    const larger = new Int32Array(2 * queue.count);
    larger.set(queue.items);
    queue.items = larger;
  }
  queue.items[queue.count++] = item;
}

/**
 * Collects the part of equal values around a voxel, connected through faces, and gives it a new value.
 * @param data `[z][y][x]`; changed in place
 * @param queue holds the part afterwards
 */
export function flood(data: Uint8Array, shape: Shape, start: number, value: number, queue: VoxelQueue): void {
  floodSlab(data, shape, start, value, queue, wholePicture);
}

/** As `flood`, inside a slab. */
export function floodSlab(
  data: Uint8Array,
  [nz, ny, nx]: Shape,
  start: number,
  value: number,
  queue: VoxelQueue,
  { low, high }: OpenEnds,
): void {
  const old = data[start];
  const up = nx * ny;
  const faces = nz > 1 || low || high;
  const visit = (j: number) => {
    if (data[j] !== old) return;
    data[j] = value;
    push(queue, j);
  };
  queue.count = 0;
  queue.reaches = false;
  queue.goesOn = false;
  visit(start);
  for (let head = 0; head < queue.count; head++) {
    const i = queue.items[head];
    const x = i % nx;
    const y = Math.floor(i / nx) % ny;
    const z = Math.floor(i / up);
    if (x === 0 || y === 0 || x === nx - 1 || y === ny - 1) queue.reaches = true;
    if (z === 0 && faces) {
      if (low) queue.goesOn = true;
      else queue.reaches = true;
    }
    if (z === nz - 1 && faces) {
      if (high) queue.goesOn = true;
      else queue.reaches = true;
    }
    if (x > 0) visit(i - 1);
    if (x < nx - 1) visit(i + 1);
    if (y > 0) visit(i - nx);
    if (y < ny - 1) visit(i + nx);
    if (z > 0) visit(i - up);
    if (z < nz - 1) visit(i + up);
  }
}

/** Fills holes of a mask in memory, as `fillStoredHoles`. @param inside 1 inside, 0 outside; changed in place */
export function fillHoles(inside: Uint8Array, shape: Shape, mostVoxels: number): number {
  const queue = voxelQueue();
  let filled = 0;
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] !== 0) continue;
    flood(inside, shape, i, 2, queue);
    if (queue.reaches || queue.count > mostVoxels) continue;
    for (let k = 0; k < queue.count; k++) inside[queue.items[k]] = 1;
    filled += queue.count;
  }
  for (let i = 0; i < inside.length; i++) if (inside[i] === 2) inside[i] = 0;
  return filled;
}

/**
 * Numbers the parts of a mask that are connected through faces, in the order of their first voxels, from 1.
 * @param inside not 0 inside, `[z][y][x]`
 */
export function connectedParts(inside: Uint8Array, shape: Shape): { labels: Int32Array; count: number } {
  const left = Uint8Array.from(inside, (value) => (value === 0 ? 0 : 1));
  const labels = new Int32Array(inside.length);
  const queue = voxelQueue();
  let count = 0;
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== 1) continue;
    flood(left, shape, i, 2, queue);
    count++;
    for (let k = 0; k < queue.count; k++) labels[queue.items[k]] = count;
  }
  return { labels, count };
}
