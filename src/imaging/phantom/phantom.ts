import { matter } from "../matter/specimen.js";
import { type Shape, type Volume, type VoxelSize, volume, voxelCount } from "../volume/volume.js";
import type { Ball } from "./balls.js";

/** A slit through a particle: all within half its width of a plane. Lengths in µm. */
export interface Crack {
  readonly particle: number;
  readonly normal: readonly [number, number, number];
  /** Of the plane from the particle's centre. */
  readonly offset: number;
  readonly width: number;
}

/** A hollow ball inside a particle. */
export interface Hollow {
  readonly particle: number;
  readonly radius: number;
}

/** Binder on a particle: a layer on a cap about a direction. */
export interface Cap {
  readonly particle: number;
  readonly towards: readonly [number, number, number];
  /** Angle from the middle of the cap to its rim, rad. */
  readonly angle: number;
  readonly thickness: number;
  /** Between the particle and the layer: above 0 it came off. 0 when left out. */
  readonly gap?: number;
}

/** Everything in a phantom; particles are numbered from 1 in the order of their balls. */
export interface PhantomParts {
  readonly balls: readonly Ball[];
  readonly cracks: readonly Crack[];
  readonly hollows: readonly Hollow[];
  readonly caps: readonly Cap[];
}

/** A picture whose truth is known. */
export interface Phantom {
  /** `matter` of each voxel. */
  readonly phases: Volume<Uint8Array>;
  /** Particle of each voxel, cracks and hollows included. */
  readonly labels: Int32Array;
  /** What each particle is: a row a particle, from 1 on at index 0. */
  readonly truth: readonly ParticleTruth[];
}

/** What a painted particle is, exactly. */
export interface ParticleTruth {
  readonly ball: Ball;
  /** Voxels of the particle, and of those the ones in cracks and in hollows. */
  readonly voxels: number;
  readonly crackVoxels: number;
  readonly hollowVoxels: number;
  /** Share of the sphere under caps that touch it, for caps that do not overlap. */
  readonly coverage: number;
}

/**
 * Paints a phantom by the centres of voxels. Where balls overlap, the plane through their common circle parts them.
 */
export function phantom(parts: PhantomParts, shape: Shape, voxelSize: VoxelSize): Phantom {
  const labels = new Int32Array(voxelCount(shape));
  const data = new Uint8Array(labels.length);
  const power = new Float32Array(labels.length).fill(Infinity);
  for (const [k, { centre, radius }] of parts.balls.entries()) {
    eachWithin(shape, voxelSize, centre, radius, (i, dx, dy, dz) => {
      const own = dx * dx + dy * dy + dz * dz - radius * radius;
      if (own > 0 || own >= power[i]) return;
      power[i] = own;
      labels[i] = k + 1;
      data[i] = matter.active;
    });
  }
  const crackVoxels = new Float64Array(parts.balls.length + 1);
  const hollowVoxels = new Float64Array(parts.balls.length + 1);
  for (const hollow of parts.hollows)
    hollowVoxels[hollow.particle] += dig(parts.balls, hollow, shape, voxelSize, labels, data);
  for (const crack of parts.cracks)
    crackVoxels[crack.particle] += slit(parts.balls, crack, shape, voxelSize, labels, data);
  for (const cap of parts.caps) cover(parts.balls, cap, shape, voxelSize, labels, data);
  const voxels = new Float64Array(parts.balls.length + 1);
  for (const label of labels) voxels[label] += 1;
  const truth = parts.balls.map((ball, k) => ({
    ball,
    voxels: voxels[k + 1],
    crackVoxels: crackVoxels[k + 1],
    hollowVoxels: hollowVoxels[k + 1],
    coverage: parts.caps
      .filter(({ particle, gap = 0 }) => particle === k + 1 && gap === 0)
      .reduce((sum, { angle }) => sum + (1 - Math.cos(angle)) / 2, 0),
  }));
  return { phases: volume(data, shape, voxelSize, ["phantom"]), labels, truth };
}

type Visit = (i: number, dx: number, dy: number, dz: number) => void;

/** Voxels in the box about a ball, with their place from its centre in µm. */
function eachWithin(
  [nz, ny, nx]: Shape,
  [dz, dy, dx]: VoxelSize,
  [cx, cy, cz]: readonly [number, number, number],
  radius: number,
  visit: Visit,
): void {
  const span = (at: number, edge: number, count: number) =>
    [
      Math.max(0, Math.floor((at - radius) / edge - 0.5)),
      Math.min(count - 1, Math.ceil((at + radius) / edge - 0.5)),
    ] as const;
  const [z0, z1] = span(cz, dz, nz);
  const [y0, y1] = span(cy, dy, ny);
  const [x0, x1] = span(cx, dx, nx);
  for (let z = z0; z <= z1; z++) {
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        visit((z * ny + y) * nx + x, (x + 0.5) * dx - cx, (y + 0.5) * dy - cy, (z + 0.5) * dz - cz);
      }
    }
  }
}

function dig(
  balls: readonly Ball[],
  { particle, radius }: Hollow,
  shape: Shape,
  voxelSize: VoxelSize,
  labels: Int32Array,
  data: Uint8Array,
): number {
  let count = 0;
  eachWithin(shape, voxelSize, balls[particle - 1].centre, radius, (i, dx, dy, dz) => {
    if (labels[i] !== particle || data[i] !== matter.active || dx * dx + dy * dy + dz * dz > radius * radius) return;
    data[i] = matter.pore;
    count++;
  });
  return count;
}

function slit(
  balls: readonly Ball[],
  { particle, normal, offset, width }: Crack,
  shape: Shape,
  voxelSize: VoxelSize,
  labels: Int32Array,
  data: Uint8Array,
): number {
  const { centre, radius } = balls[particle - 1];
  const length = Math.hypot(...normal);
  let count = 0;
  eachWithin(shape, voxelSize, centre, radius, (i, dx, dy, dz) => {
    const height = (dx * normal[0] + dy * normal[1] + dz * normal[2]) / length - offset;
    if (labels[i] !== particle || data[i] !== matter.active || Math.abs(height) > width / 2) return;
    data[i] = matter.pore;
    count++;
  });
  return count;
}

function cover(
  balls: readonly Ball[],
  { particle, towards, angle, thickness, gap = 0 }: Cap,
  shape: Shape,
  voxelSize: VoxelSize,
  labels: Int32Array,
  data: Uint8Array,
): void {
  const { centre, radius } = balls[particle - 1];
  const length = Math.hypot(...towards);
  const outside = radius + gap + thickness;
  eachWithin(shape, voxelSize, centre, outside, (i, dx, dy, dz) => {
    const far = Math.hypot(dx, dy, dz);
    if (labels[i] !== 0 || far > outside || far < radius + gap) return;
    const cosine = (dx * towards[0] + dy * towards[1] + dz * towards[2]) / (far * length);
    if (cosine >= Math.cos(angle)) data[i] = matter.binder;
  });
}
