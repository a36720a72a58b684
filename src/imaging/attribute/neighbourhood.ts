import { deviation, mean } from "../../statistics/mean.js";
import { matter, type Piece } from "../matter/specimen.js";
import { nearestOthers } from "./nearest.js";
import { principalAxes, type Symmetric } from "./principal-axes.js";
import type { ParticleShape } from "./shape.js";

/** Neighbours that count as a particle's surroundings (Li et al. 2022, Table S1). */
const six = 6;

/** What surrounds each particle: one number a particle. */
export interface Neighbourhood {
  /** µm, centre to centre. */
  readonly nearest: Float64Array;
  /** µm, mean over the six nearest. */
  readonly distance: Float64Array;
  /** Standard deviations over the six nearest, of volumes in µm³, elongations and sphericities. */
  readonly volumeSpread: Float64Array;
  readonly elongationSpread: Float64Array;
  readonly sphericitySpread: Float64Array;
  /** Order of the six longest axes: 1 when parallel, near 0.3 for six at random. */
  readonly orientationOrder: Float64Array;
}

export function neighbourhood(shapes: readonly ParticleShape[]): Neighbourhood {
  const k = Math.min(six, Math.max(shapes.length - 1, 0));
  const { neighbour, distance } = nearestOthers(Float64Array.from(shapes.flatMap(({ centre }) => centre)), six);
  const around = (particle: number) =>
    [...neighbour.subarray(six * particle, six * particle + k)].map((n) => shapes[n]);
  const each = (of: (particle: number) => number) => Float64Array.from(shapes.keys(), of);
  const far = (particle: number) => [...distance.subarray(six * particle, six * particle + k)];
  return {
    nearest: each((particle) => (k === 0 ? Number.NaN : distance[six * particle])),
    distance: each((particle) => mean(far(particle))),
    volumeSpread: each((particle) => deviation(around(particle).map(({ volume }) => volume))),
    elongationSpread: each((particle) => deviation(around(particle).map(({ elongation }) => elongation))),
    sphericitySpread: each((particle) => deviation(around(particle).map(({ sphericity }) => sphericity))),
    orientationOrder: each((particle) => orientationOrder(around(particle).map(({ axes }) => axes.longest))),
  };
}

/** (3 λ − 1)/2 with λ the largest eigenvalue of the mean of n⊗n: the nematic order parameter. */
export function orientationOrder(axes: readonly (readonly [number, number, number])[]): number {
  if (axes.length === 0) return Number.NaN;
  const sum: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (const [x, y, z] of axes) {
    for (const [k, value] of [x * x, y * y, z * z, x * y, x * z, y * z].entries()) sum[k] += value / axes.length;
  }
  return (3 * principalAxes(sum as Symmetric).values[0] - 1) / 2;
}

/**
 * Boxes about particles in which active material is counted: `[particle][6]` as z0, y0, x0, z1, y1, x1, both ends inside.
 * @param centres µm, `[particle][3]` as x, y, z
 */
export function boxesAbout(
  centres: Float64Array,
  half: number,
  voxelSize: readonly [number, number, number],
  whole: readonly [number, number, number],
): Int32Array {
  const boxes = new Int32Array(2 * centres.length);
  for (let k = 0; 3 * k < centres.length; k++) {
    for (let axis = 0; axis < 3; axis++) {
      const at = centres[3 * k + 2 - axis];
      boxes[6 * k + axis] = Math.max(0, Math.round((at - half) / voxelSize[axis]));
      boxes[6 * k + 3 + axis] = Math.min(whole[axis] - 1, Math.round((at + half) / voxelSize[axis]) - 1);
    }
  }
  return boxes;
}

/** Voxels of active material of a piece in each box, added to `solid`. */
export function countInBoxes(piece: Piece, boxes: Int32Array, solid: Float64Array): void {
  const { origin, from, to } = piece;
  const sums = cornerSums(piece);
  const [ny, nx] = [to[1] - from[1] + 1, to[2] - from[2] + 1];
  const span = new Int32Array(6);
  for (let k = 0; k < solid.length; k++) {
    let empty = false;
    for (let axis = 0; axis < 3; axis++) {
      const start = origin[axis] + from[axis];
      span[axis] = Math.max(boxes[6 * k + axis] - start, 0);
      span[3 + axis] = Math.min(boxes[6 * k + 3 + axis] + 1, origin[axis] + to[axis]) - start;
      if (span[3 + axis] <= span[axis]) empty = true;
    }
    if (empty) continue;
    const [z0, y0, x0, z1, y1, x1] = span as unknown as [number, number, number, number, number, number];
    const at = (z: number, y: number, x: number) => sums[(z * ny + y) * nx + x];
    const upTo = (z: number) => at(z, y1, x1) - at(z, y0, x1) - at(z, y1, x0) + at(z, y0, x0);
    solid[k] += upTo(z1) - upTo(z0);
  }
}

/** Voxels of active material before each corner of the counted voxels, along all three axes. */
function cornerSums({ specimen, from, to }: Piece): Int32Array {
  const [, my, mx] = specimen.shape;
  const [nz, ny, nx] = [to[0] - from[0] + 1, to[1] - from[1] + 1, to[2] - from[2] + 1];
  const sums = new Int32Array(nz * ny * nx);
  for (let z = 1; z < nz; z++) {
    for (let y = 1; y < ny; y++) {
      let row = 0;
      const line = ((from[0] + z - 1) * my + from[1] + y - 1) * mx + from[2] - 1;
      for (let x = 1, k = (z * ny + y) * nx + 1; x < nx; x++, k++) {
        if (specimen.matter[line + x] === matter.active) row++;
        sums[k] = row + sums[k - nx] + sums[k - ny * nx] - sums[k - ny * nx - nx];
      }
    }
  }
  return sums;
}

/** Voxels in a box. */
export function boxVoxels(boxes: Int32Array, k: number): number {
  return [0, 1, 2].reduce((product, axis) => product * (boxes[6 * k + 3 + axis] - boxes[6 * k + axis] + 1), 1);
}
