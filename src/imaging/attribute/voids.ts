import { matter, type Piece, pieceMaker, type StoredSpecimen } from "../matter/specimen.js";
import { addPart, joinParts, type PartSets, partSets, rootOf } from "../morphology/part-sets.js";
import type { Strides } from "../steps/steps.js";
import { slabsOf } from "../volume/slab.js";

/** Voxels of each particle that hold no active material, by how they lie. */
export interface Voids {
  /** In openings that reach the outside of the particle: cracks. `[particle]` */
  readonly crack: Float64Array;
  /** In holes closed on all sides: native voids, and cracks that do not reach the outside. `[particle]` */
  readonly enclosed: Float64Array;
  /** Voxels of each particle that these are counted among. `[particle]` */
  readonly among: Float64Array;
}

/**
 * Tells the voids of particles apart, each connected through faces inside its particle. A void at a face of the picture
 * counts as open.
 * @param slab voxels
 */
export function* particleVoids(specimen: StoredSpecimen, slab: number): Strides<Voids> {
  const { shape, count } = specimen;
  const voids: Voids = {
    crack: new Float64Array(count + 1),
    enclosed: new Float64Array(count + 1),
    among: new Float64Array(count + 1),
  };
  const joined: JoinedVoids = { sets: partSets(), particleOf: [] };
  const pieceOf = pieceMaker(specimen);
  let below: Int32Array = new Int32Array(0);
  for (const core of slabsOf(shape, slab)) {
    below = addVoids(voids, pieceOf(core), joined, below);
    yield (core.from + core.count) / shape[0];
  }
  for (const [part, label] of joined.particleOf.entries()) {
    if (rootOf(joined.sets, part) !== part) continue;
    const { voxels, reaches } = joined.sets;
    (reaches[part] === 1 ? voids.crack : voids.enclosed)[label] += voxels[part];
  }
  return voids;
}

/** Voids that go on in another slab, numbered, with the particle of each. */
interface JoinedVoids {
  readonly sets: PartSets;
  readonly particleOf: number[];
}

/**
 * Adds the voids of a slab.
 * @param below number of the void of each voxel of the slice below the slab, or −1; empty where there is none
 * @returns the same of the slab's last slice
 */
function addVoids(voids: Voids, piece: Piece, { sets, particleOf }: JoinedVoids, below: Int32Array): Int32Array {
  const { labels, matter: made, shape } = piece.specimen;
  const plane = shape[1] * shape[2];
  const [first, end] = [piece.from[0] * plane, piece.to[0] * plane];
  const top = new Int32Array(plane).fill(-1);
  const seen = new Uint8Array(end - first);
  const queue: number[] = [];
  for (let i = first; i < end; i++) voids.among[labels[i]] += 1;
  for (let start = first; start < end; start++) {
    const label = labels[start];
    if (label === 0 || made[start] === matter.active || seen[start - first] === 1) continue;
    const { open, goesOn } = floodVoid(piece, start, seen, queue);
    if (!goesOn) {
      (open ? voids.crack : voids.enclosed)[label] += queue.length;
      continue;
    }
    const part = addPart(sets, queue.length, open);
    particleOf.push(label);
    for (const i of queue) {
      if (i >= end - plane) top[i - (end - plane)] = part;
      const under = i - first < below.length ? below[i - first] : -1;
      if (under >= 0 && labels[i - plane] === label) joinParts(sets, part, under);
    }
  }
  return top;
}

/** Collects the void about a voxel in the counted slices; whether it opens to its particle's outside, and goes on. */
function floodVoid({ specimen, from, to, origin, whole }: Piece, start: number, seen: Uint8Array, queue: number[]) {
  const { labels, matter: made } = specimen;
  const [nz, ny, nx] = whole;
  const plane = ny * nx;
  const [first, end] = [from[0] * plane, to[0] * plane];
  const label = labels[start];
  const steps = [-1, 1, -nx, nx, -plane, plane];
  let [open, goesOn] = [false, false];
  const visit = (j: number) => {
    if (labels[j] !== label) open = true;
    else if (made[j] !== matter.active) {
      if (j < first || j >= end) goesOn = true;
      else if (seen[j - first] === 0) {
        seen[j - first] = 1;
        queue.push(j);
      }
    }
  };
  queue.length = 0;
  visit(start);
  for (let head = 0; head < queue.length; head++) {
    const i = queue[head];
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, origin[0] + Math.floor(i / plane)];
    const free = [x > 0, x < nx - 1, y > 0, y < ny - 1, z > 0, z < nz - 1];
    for (let k = 0; k < 6; k++) {
      if (free[k]) visit(i + steps[k]);
      else if (k < 4 || nz > 1) open = true;
    }
  }
  return { open, goesOn };
}
