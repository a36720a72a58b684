import { distanceMap } from "../morphology/distance.js";
import type { Shape } from "../volume/volume.js";
import type { Specimen } from "./specimen.js";

/**
 * A specimen without the rim of its particles: labels only where the nearest voxel outside every particle, or at the
 * border to another, is farther than the rim. Edges that were drawn by hand or are blurred then count for nothing.
 * @param rim µm
 */
export function withoutRim(specimen: Specimen, rim: number): Specimen {
  if (rim === 0) return specimen;
  const { labels, shape, voxelSize } = specimen;
  const inside = Uint8Array.from(labels, (label, i) => (label === 0 || bordersAnother(labels, shape, i) ? 0 : 1));
  const distance = distanceMap(inside, shape, voxelSize);
  return { ...specimen, labels: labels.map((label, i) => (distance[i]! > rim * (1 + 1e-6) ? label : 0)) };
}

function bordersAnother(labels: Int32Array, [nz, ny, nx]: Shape, i: number): boolean {
  const own = labels[i]!;
  const another = (j: number) => labels[j] !== own && labels[j] !== 0;
  const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
  return (
    (x > 0 && another(i - 1)) ||
    (x < nx - 1 && another(i + 1)) ||
    (y > 0 && another(i - nx)) ||
    (y < ny - 1 && another(i + nx)) ||
    (z > 0 && another(i - nx * ny)) ||
    (z < nz - 1 && another(i + nx * ny))
  );
}
