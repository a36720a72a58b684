import { matter, type Specimen } from "./specimen.js";

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
 */
export function particleVoids({ labels, matter: made, shape, count }: Specimen): Voids {
  const [nz, ny, nx] = shape;
  const voids: Voids = {
    crack: new Float64Array(count + 1),
    enclosed: new Float64Array(count + 1),
    among: new Float64Array(count + 1),
  };
  for (let i = 0; i < labels.length; i++) voids.among[labels[i]!]! += 1;
  const seen = new Uint8Array(labels.length);
  const queue: number[] = [];
  const steps = [-1, 1, -nx, nx, -nx * ny, nx * ny];
  for (let start = 0; start < labels.length; start++) {
    const label = labels[start]!;
    if (label === 0 || made[start] === matter.active || seen[start] === 1) continue;
    let open = false;
    queue.length = 0;
    queue.push(start);
    seen[start] = 1;
    for (let head = 0; head < queue.length; head++) {
      const i = queue[head]!;
      const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
      const free = [x > 0, x < nx - 1, y > 0, y < ny - 1, z > 0, z < nz - 1];
      for (let k = 0; k < 6; k++) {
        if (!free[k]) {
          if (k < 4 || nz > 1) open = true;
          continue;
        }
        const j = i + steps[k]!;
        if (labels[j] !== label) open = true;
        else if (made[j] !== matter.active && seen[j] === 0) {
          seen[j] = 1;
          queue.push(j);
        }
      }
    }
    (open ? voids.crack : voids.enclosed)[label]! += queue.length;
  }
  return voids;
}
