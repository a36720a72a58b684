import { crossingAreas } from "../surface/crofton.js";
import type { RoundBody } from "../surface/round-body.js";
import { type VoxelSize, voxelVolume } from "../volume/volume.js";
import { type PrincipalAxes, principalAxes } from "./principal-axes.js";
import { moments, type Tally } from "./tally.js";

/** Size, place and form of one particle, from its counts. Lengths in µm. */
export interface ParticleShape {
  /** Centre of its voxels, x, y, z from the corner of the picture. */
  readonly centre: readonly [number, number, number];
  /** µm³, cracks and voids included. */
  readonly volume: number;
  /** Radius of a ball of the same volume. */
  readonly radius: number;
  /** µm², of the particle without its single-voxel steps, scaled to its volume. */
  readonly surface: number;
  /** Surface of a ball of the same volume over the surface (Wadell). */
  readonly sphericity: number;
  /** Longest over shortest axis of the ellipsoid with the same moments. */
  readonly elongation: number;
  readonly axes: PrincipalAxes;
  /** Surface over that of the ellipsoid with the same volume and ratios of axes. */
  readonly roughness: number;
}

/** Centres of particles 1 … count in µm: `[particle][3]` as x, y, z from the corner of the picture. */
export function particleCentres({ moments: sums, count }: Tally, [dz, dy, dx]: VoxelSize): Float64Array {
  const centres = new Float64Array(3 * count);
  for (let k = 0; k < count; k++) {
    const at = moments * (k + 1);
    for (const [axis, edge] of [dx, dy, dz].entries())
      centres[3 * k + axis] = (sums[at + 1 + axis] / sums[at] + 0.5) * edge;
  }
  return centres;
}

/** Shapes of particles 1 … count, in this order. */
export function particleShapes(tally: Tally, voxelSize: VoxelSize, body: RoundBody): ParticleShape[] {
  const areas = crossingAreas(body, voxelSize);
  return Array.from({ length: tally.count }, (_, k) => particleShape(tally, k + 1, voxelSize, body, areas));
}

function particleShape(
  tally: Tally,
  label: number,
  voxelSize: VoxelSize,
  body: RoundBody,
  areas: Float64Array,
): ParticleShape {
  const [dz, dy, dx] = voxelSize;
  const sum = tally.moments.subarray(moments * label, moments * (label + 1));
  const n = sum[0];
  const mean = [sum[1] / n, sum[2] / n, sum[3] / n] as const;
  const variance = (k: number, edge: number) => (sum[4 + k] / n - mean[k] ** 2 + 1 / 12) * edge * edge;
  const mixed = (sums: number, a: number, b: number) => sums / n - a * b;
  const axes = principalAxes([
    variance(0, dx),
    variance(1, dy),
    variance(2, dz),
    mixed(sum[7], mean[0], mean[1]) * dx * dy,
    mixed(sum[8], mean[0], mean[2]) * dx * dz,
    mixed(sum[9], mean[1], mean[2]) * dy * dz,
  ]);
  const volume = n * voxelVolume(voxelSize);
  const sphericity = smoothSphericity(tally, label, voxelSize, body, areas);
  const surface = body.surface(volume) / sphericity;
  return {
    centre: [(mean[0] + 0.5) * dx, (mean[1] + 0.5) * dy, (mean[2] + 0.5) * dz],
    volume,
    radius: body.radius(volume),
    surface,
    sphericity,
    elongation: body.elongation(axes.values),
    axes,
    roughness: surface / body.ellipsoid(volume, axes.values),
  };
}

/**
 * Sphericity of a particle without its single-voxel steps, from the volume and the surface that are left: steps would
 * count as roughness, and the volume that goes with them as form. NaN when nothing is left.
 */
function smoothSphericity(
  { smooth, smoothVoxels }: Tally,
  label: number,
  voxelSize: VoxelSize,
  body: RoundBody,
  areas: Float64Array,
): number {
  const area = areaOf(smooth, label, areas);
  return area > 0 ? body.surface(smoothVoxels[label] * voxelVolume(voxelSize)) / area : Number.NaN;
}

/** Area of counted crossings, µm². `row` counts by 13. */
export function areaOf(crossings: Float64Array, row: number, areas: Float64Array): number {
  let area = 0;
  for (let way = 0; way < 13; way++) area += crossings[13 * row + way] * areas[way];
  return area;
}
