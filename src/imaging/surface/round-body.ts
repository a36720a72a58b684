import type { Shape, VoxelSize } from "../volume/volume.js";
import { directions } from "./directions.js";

/** What volumes and surfaces mean: of bodies in a volume, or of the cuts of a single slice (their sides, as high as it). */
export interface RoundBody {
  /** Radius of the ball (disc) of a volume, µm. */
  radius(volume: number): number;
  /** Surface of that ball (side of that disc), µm². */
  surface(volume: number): number;
  /** V^(1/3)/S^(1/2), in a slice A^(1/2)/L. */
  ratio(volume: number, surface: number): number;
  /** Largest over smallest axis, from variances in descending order. */
  elongation(variances: readonly [number, number, number]): number;
  /** Surface of the ellipsoid (side of the ellipse) of a volume and of axes as the roots of variances. */
  ellipsoid(volume: number, variances: readonly [number, number, number]): number;
  /** Which of `directions` stay in it. */
  readonly waysUsed: readonly boolean[];
  /** Mean of |cos| over directions: 1/2 in space, 2/π in a plane. */
  readonly meanCosine: number;
}

/** Bodies in a volume. */
export const balls: RoundBody = {
  radius: (volume) => Math.cbrt((3 * volume) / (4 * Math.PI)),
  surface: (volume) => Math.PI ** (1 / 3) * (6 * volume) ** (2 / 3),
  ratio: (volume, surface) => Math.cbrt(volume) / Math.sqrt(surface),
  elongation: ([largest, , smallest]) => Math.sqrt(largest / smallest),
  ellipsoid: ellipsoidSurface,
  waysUsed: directions.map(() => true),
  meanCosine: 1 / 2,
};

/** Cuts of bodies in a slice of a thickness, µm. */
export function discs(thickness: number): RoundBody {
  return {
    radius: (volume) => Math.sqrt(volume / (thickness * Math.PI)),
    surface: (volume) => 2 * Math.sqrt((Math.PI * volume) / thickness) * thickness,
    ratio: (volume, surface) => Math.sqrt(volume / thickness) / (surface / thickness),
    elongation: (variances) => {
      const [largest, smallest] = inPlane(variances, thickness);
      return Math.sqrt(largest / smallest);
    },
    ellipsoid: (volume, variances) => {
      const [a, b] = inPlane(variances, thickness).map(Math.sqrt) as [number, number];
      const scale = Math.sqrt(volume / (thickness * Math.PI * a * b));
      const h = ((a - b) / (a + b)) ** 2;
      return thickness * scale * Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
    },
    waysUsed: directions.map(([dz]) => dz === 0),
    meanCosine: 2 / Math.PI,
  };
}

/** The kind that fits a picture. */
export function roundBodyFor([nz]: Shape, voxelSize: VoxelSize): RoundBody {
  return nz === 1 ? discs(voxelSize[0]) : balls;
}

/** Without the variance across the slice, which is that of one voxel. */
function inPlane(variances: readonly [number, number, number], thickness: number): readonly [number, number] {
  const across = thickness ** 2 / 12;
  const [a, b] = [...variances].sort((p, q) => Math.abs(q - across) - Math.abs(p - across)) as [number, number];
  return a > b ? [a, b] : [b, a];
}

/** Thomsen's formula (p = 1.6075, within 1.1 %). */
function ellipsoidSurface(volume: number, variances: readonly [number, number, number]): number {
  const [a, b, c] = variances.map(Math.sqrt) as [number, number, number];
  const scale = Math.cbrt((3 * volume) / (4 * Math.PI * a * b * c));
  const p = 1.6075;
  const [ab, ac, bc] = [(a * b) ** p, (a * c) ** p, (b * c) ** p];
  return 4 * Math.PI * scale * scale * ((ab + ac + bc) / 3) ** (1 / p);
}
