import { stretchBox } from "../label/particle-boxes.js";
import { matter, type Piece } from "../matter/specimen.js";
import { directions } from "../surface/directions.js";
import { majority } from "./majority.js";

/** What the outside of a particle touches. */
export const partners = ["particle", "binder", "pore"] as const;

/** Steps through a face, in the order x−, x+, y−, y+, z−, z+. */
const faceSteps = [
  [0, 0, -1],
  [0, 0, 1],
  [0, -1, 0],
  [0, 1, 0],
  [-1, 0, 0],
  [1, 0, 0],
] as const;

const ways = directions.length;
export const moments = 10;

/**
 * Everything counted about particles in one pass: whole numbers (sums of grey levels apart), so that pieces added in any
 * order give the same bits. Row 0 is what is no particle.
 */
export interface Tally {
  readonly count: number;
  /** Σ 1, x, y, z, x², y², z², xy, xz, yz over voxels by their indices: `[particle][10]`. */
  readonly moments: Float64Array;
  /** Voxels of active material: `[particle]`. */
  readonly solid: Float64Array;
  /** First and last voxel along z, y, x: `[particle][6]` as z0, y0, x0, z1, y1, x1. */
  readonly box: Int32Array;
  /** 1 where a particle reaches a face of the whole: `[particle]`. */
  readonly touchesEdge: Uint8Array;
  /** Crossings of the outside of the particle with its single-voxel steps smoothed away: `[particle][13]`. */
  readonly smooth: Float64Array;
  /** Voxels of the particle so smoothed: `[particle]`. */
  readonly smoothVoxels: Float64Array;
  /** Crossings between active material and void inside a particle: `[particle][13]`. */
  readonly inner: Float64Array;
  /** Faces of the outside by the way they look and what lies there: `[particle][partner][6]`. */
  readonly faces: Float64Array;
  /** Voxels at the outside of the particle, and of its active material, by faces: `[particle][2]`. */
  readonly perimeter: Float64Array;
  /** Σ 1, g, g² of grey levels over voxels whose six neighbours are active material of the same particle: `[particle][3]`. */
  readonly grey: Float64Array;
  /** The same over every voxel of the particle. */
  readonly greyAll: Float64Array;
  /** Where two particles touch, the lower number first. */
  readonly contacts: Map<number, Contact>;
}

/** Pairs that can be told apart. */
const mostContacts = 2 ** 24;

/** Two particles that touch. */
export interface Contact {
  readonly first: number;
  readonly second: number;
  faces: number;
  /** Σ of the faces' directions from the first to the second, in faces: z, y, x. */
  readonly normal: number[];
  /** The same of the steps from one to the other over two voxels that are no particle: gaps that open beside a contact. */
  readonly beyond: number[];
}

export function emptyTally(count: number): Tally {
  const rows = count + 1;
  const box = new Int32Array(6 * rows);
  for (let row = 0; row < rows; row++) box.fill(2 ** 31 - 1, 6 * row, 6 * row + 3).fill(-1, 6 * row + 3, 6 * row + 6);
  return {
    count,
    moments: new Float64Array(moments * rows),
    solid: new Float64Array(rows),
    box,
    touchesEdge: new Uint8Array(rows),
    smooth: new Float64Array(ways * rows),
    smoothVoxels: new Float64Array(rows),
    inner: new Float64Array(ways * rows),
    faces: new Float64Array(18 * rows),
    perimeter: new Float64Array(2 * rows),
    grey: new Float64Array(3 * rows),
    greyAll: new Float64Array(3 * rows),
    contacts: new Map(),
  };
}

/** Adds a piece of a specimen. */
export function addPiece(tally: Tally, piece: Piece): void {
  countVoxels(tally, piece);
  countInnerCrossings(tally, piece);
  countSmoothCrossings(tally, piece);
  countFaces(tally, piece);
  countGaps(tally, piece);
}

/** Calls back for each counted voxel with its index in the piece and its place in the piece. */
function eachVoxel({ specimen, from, to }: Piece, visit: (i: number, z: number, y: number, x: number) => void): void {
  const [, ny, nx] = specimen.shape;
  for (let z = from[0]; z < to[0]; z++) {
    for (let y = from[1]; y < to[1]; y++) {
      for (let x = from[2], i = (z * ny + y) * nx + x; x < to[2]; x++, i++) visit(i, z, y, x);
    }
  }
}

function countVoxels({ moments: sums, solid, box, touchesEdge, greyAll }: Tally, piece: Piece): void {
  const { labels, matter: made, grey } = piece.specimen;
  const [oz, oy, ox] = piece.origin;
  const [wz, wy, wx] = piece.whole;
  eachVoxel(piece, (i, pz, py, px) => {
    const label = labels[i];
    if (label === 0) return;
    const z = pz + oz;
    const y = py + oy;
    const x = px + ox;
    const at = moments * label;
    sums[at] += 1;
    sums[at + 1] += x;
    sums[at + 2] += y;
    sums[at + 3] += z;
    sums[at + 4] += x * x;
    sums[at + 5] += y * y;
    sums[at + 6] += z * z;
    sums[at + 7] += x * y;
    sums[at + 8] += x * z;
    sums[at + 9] += y * z;
    if (made[i] === matter.active) solid[label] += 1;
    stretchBox(box, 6 * label, z, y, x);
    const onFace = x === 0 || y === 0 || x === wx - 1 || y === wy - 1 || (wz > 1 && (z === 0 || z === wz - 1));
    if (onFace) touchesEdge[label] = 1;
    if (grey !== null) addGrey(greyAll, 3 * label, grey[i]);
  });
}

function addGrey(sums: Float64Array, at: number, value: number): void {
  sums[at] += 1;
  sums[at + 1] += value;
  sums[at + 2] += value * value;
}

/** Crossings between active material and void inside particles, along the 13 directions. */
function countInnerCrossings({ inner }: Tally, piece: Piece): void {
  const { labels, matter: made, shape } = piece.specimen;
  if (!labels.some((label, i) => label !== 0 && made[i] !== matter.active)) return;
  for (const [way, [dz, dy, dx]] of directions.entries()) {
    const step = (dz * shape[1] + dy) * shape[2] + dx;
    eachVoxelWithNeighbour(piece, shape, dz, dy, dx, (i) => {
      const label = labels[i];
      if (label === 0 || label !== labels[i + step]) return;
      if ((made[i] === matter.active) !== (made[i + step] === matter.active)) inner[ways * label + way] += 1;
    });
  }
}

/** Place in `partners` of what lies beyond: another particle (or active material that is none), binder, pore. */
function partner(label: number, made: number): number {
  if (label !== 0 || made === matter.active) return 0;
  return made === matter.binder ? 1 : 2;
}

function eachVoxelWithNeighbour(
  { from, to }: Piece,
  [nz, ny, nx]: readonly [number, number, number],
  dz: number,
  dy: number,
  dx: number,
  visit: (i: number) => void,
): void {
  const low = (start: number, step: number) => Math.max(start, -step, 0);
  const high = (end: number, count: number, step: number) => Math.min(end, count - step, count);
  for (let z = low(from[0], dz); z < high(to[0], nz, dz); z++) {
    for (let y = low(from[1], dy); y < high(to[1], ny, dy); y++) {
      const end = (z * ny + y) * nx + high(to[2], nx, dx);
      for (let i = (z * ny + y) * nx + low(from[2], dx); i < end; i++) visit(i);
    }
  }
}

function contact({ contacts, count }: Tally, a: number, b: number): Contact {
  const [first, second] = a < b ? [a, b] : [b, a];
  const key = first * (count + 1) + second;
  const known = contacts.get(key);
  if (known) return known;
  const made: Contact = { first, second, faces: 0, normal: [0, 0, 0], beyond: [0, 0, 0] };
  if (contacts.size >= mostContacts)
    throw new RangeError(
      `Counting contacts: found more than ${mostContacts} pairs of particles that touch; crop the volume, or join labels.`,
    );
  contacts.set(key, made);
  return made;
}

function countSmoothCrossings({ smooth, smoothVoxels }: Tally, piece: Piece): void {
  const { labels, shape } = piece.specimen;
  const smoothed = majority(labels, shape, piece.from[0], Math.min(shape[0], piece.to[0] + 1));
  eachVoxel(piece, (i) => {
    if (smoothed[i] !== 0) smoothVoxels[smoothed[i]] += 1;
  });
  for (const [way, [dz, dy, dx]] of directions.entries()) {
    const step = (dz * shape[1] + dy) * shape[2] + dx;
    eachVoxelWithNeighbour(piece, shape, dz, dy, dx, (i) => {
      const [a, b] = [smoothed[i], smoothed[i + step]];
      if (a === b) return;
      if (a !== 0) smooth[ways * a + way] += 1;
      if (b !== 0) smooth[ways * b + way] += 1;
    });
  }
}

/** Faces of the outside, voxels on it, and grey levels away from it. */
function countFaces(tally: Tally, piece: Piece): void {
  const { labels, matter: made, grey, shape } = piece.specimen;
  const [nz, ny, nx] = shape;
  const steps = Int32Array.from(faceSteps, ([dz, dy, dx]) => (dz * ny + dy) * nx + dx);
  eachVoxel(piece, (i, z, y, x) => {
    const label = labels[i];
    if (label === 0) return;
    const solid = made[i] === matter.active;
    let open = false;
    let rim = false;
    for (let way = 0; way < 6; way++) {
      if (!hasNeighbour(way, z, y, x, nz, ny, nx)) continue;
      const j = i + steps[way];
      const other = labels[j];
      if (other === label) {
        if (made[j] !== matter.active) rim = true;
        continue;
      }
      open = true;
      rim = true;
      tally.faces[(3 * label + partner(other, made[j])) * 6 + way] += 1;
      if (other > label) addFace(contact(tally, label, other), way);
    }
    if (open) tally.perimeter[2 * label] += 1;
    if (solid && rim) tally.perimeter[2 * label + 1] += 1;
    if (grey !== null && solid && !rim) addGrey(tally.grey, 3 * label, grey[i]);
  });
}

/** Steps along the axes from one particle to another over two voxels that are none. */
function countGaps(tally: Tally, piece: Piece): void {
  const { labels, shape } = piece.specimen;
  const [nz, ny, nx] = shape;
  const [dz, dy, dx] = [ny * nx, nx, 1];
  eachVoxel(piece, (i, z, y, x) => {
    const label = labels[i];
    if (label === 0) return;
    if (x + 3 < nx && labels[i + dx] === 0) addGap(tally, labels, label, i, dx, 2);
    if (y + 3 < ny && labels[i + dy] === 0) addGap(tally, labels, label, i, dy, 1);
    if (z + 3 < nz && labels[i + dz] === 0) addGap(tally, labels, label, i, dz, 0);
  });
}

function addGap(tally: Tally, labels: Int32Array, label: number, i: number, step: number, axis: number): void {
  const other = labels[i + 3 * step];
  if (labels[i + 2 * step] !== 0 || other === 0 || other === label) return;
  contact(tally, label, other).beyond[axis] += label < other ? 1 : -1;
}

/** Whether the picture goes on through a face (`faceSteps`). */
function hasNeighbour(way: number, z: number, y: number, x: number, nz: number, ny: number, nx: number): boolean {
  if (way < 2) return way === 0 ? x > 0 : x < nx - 1;
  if (way < 4) return way === 2 ? y > 0 : y < ny - 1;
  return way === 4 ? z > 0 : z < nz - 1;
}

function addFace(of: Contact, way: number): void {
  of.faces += 1;
  for (let axis = 0; axis < 3; axis++) of.normal[axis] += faceSteps[way][axis];
}
