import { matter } from "../matter/specimen.js";
import type { Phantom } from "./phantom.js";

/** A quantity that changes in a straight line from the surface of a ball to its centre. */
export interface RadialTruth {
  readonly surface: number;
  readonly centre: number;
}

/** Calls back for each voxel of active material with its particle (from 0) and its depth over the ball's radius. */
function eachActive({ phases, labels, truth }: Phantom, visit: (i: number, k: number, depth: number) => void): void {
  const {
    data,
    shape: [, ny, nx],
    voxelSize: [dz, dy, dx],
  } = phases;
  for (let i = 0; i < labels.length; i++) {
    if (data[i] !== matter.active) continue;
    const k = labels[i] - 1;
    const { centre, radius } = truth[k].ball;
    const x = ((i % nx) + 0.5) * dx - centre[0];
    const y = ((Math.floor(i / nx) % ny) + 0.5) * dy - centre[1];
    const z = (Math.floor(i / (nx * ny)) + 0.5) * dz - centre[2];
    visit(i, k, 1 - Math.hypot(x, y, z) / radius);
  }
}

/** Grey level of each voxel of active material; 0 elsewhere. @returns `[z][y][x]` */
export function activeLevels(
  made: Phantom,
  radial: readonly RadialTruth[],
  level: (value: number) => number,
): Float32Array {
  const levels = new Float32Array(made.labels.length);
  eachActive(made, (i, k, depth) => {
    const { surface, centre } = radial[k];
    levels[i] = level(surface + (centre - surface) * depth);
  });
  return levels;
}

/** Mean of the quantity over the active material of each particle. */
export function radialMeans(made: Phantom, radial: readonly RadialTruth[]): Float64Array {
  const [sum, voxels] = [new Float64Array(radial.length), new Float64Array(radial.length)];
  eachActive(made, (_, k, depth) => {
    sum[k] += radial[k].surface + (radial[k].centre - radial[k].surface) * depth;
    voxels[k] += 1;
  });
  return sum.map((total, k) => total / voxels[k]);
}
