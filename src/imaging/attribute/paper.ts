import { deviation, mean } from "../../statistics/mean.js";
import { boxAbout } from "../label/particle-boxes.js";
import { matter, type StoredSpecimen, specimenIn } from "../matter/specimen.js";
import { squaredDistance } from "../morphology/distance.js";
import type { Strides } from "../steps/steps.js";
import { roundBodyFor } from "../surface/round-body.js";
import type { Shape } from "../volume/volume.js";
import { eulerAngles } from "./euler.js";
import { nearestOthers } from "./nearest.js";
import type { Counts } from "./physical.js";
import { particleShapes } from "./shape.js";
import type { Tally } from "./tally.js";

/** Voxels by which the published code grows a particle to see what touches it. */
const ring = 10;

/**
 * The attributes as the published code computes them (getAllFeatures.m of ParticleNetworkDynamics, commit a2b12ab):
 * lengths in voxels, surfaces as numbers of voxels, cracks counted in. Three defects are mended, since the published
 * lines cannot give what the paper shows: spreads over neighbours are taken over all six, not the first; a particle is
 * no neighbour of its own; the inner surface is the crack surface alone. Every name ends in `(paper)`.
 */
export function* paperColumns(specimen: StoredSpecimen, counts: Counts): Strides<Record<string, Float64Array>> {
  const { tally, voids, voxelSize, whole } = counts;
  const shapes = particleShapes(tally, voxelSize, roundBodyFor(whole, voxelSize));
  const each = (of: (label: number, k: number) => number) =>
    Float64Array.from({ length: tally.count }, (_, k) => of(k + 1, k));
  const volume = (label: number) => tally.moments[10 * label];
  const outer = (label: number) => tally.perimeter[2 * label];
  const total = (label: number) => tally.perimeter[2 * label + 1] + nothingSolid(tally, label);
  const crops: CropCounts[] = [];
  for (let label = 1; label <= tally.count; label++) {
    crops.push(cropCounts(specimen, tally, label));
    if (label % 16 === 0) yield label / tally.count;
  }
  const angles = shapes.map(({ axes }) => eulerAngles(axes));
  const centres = Float64Array.from(
    shapes.flatMap(({ centre: [x, y, z] }) => [x / voxelSize[2], y / voxelSize[1], z / voxelSize[0]]),
  );
  const { neighbour, distance } = nearestOthers(centres, 6);
  const around = (k: number) => [...neighbour.subarray(6 * k, 6 * k + 6)].filter((n) => n >= 0);
  const spreadOf = (value: (k: number) => number) => each((_, k) => deviation(around(k).map(value)));
  const sphericity = (label: number) => compactness(whole, volume(label), total(label));
  const columns = {
    X: each((_, k) => centres[3 * k]),
    Y: each((_, k) => centres[3 * k + 1]),
    Z: each((_, k) => centres[3 * k + 2]),
    Yaw: each((_, k) => angles[k][0]),
    Pitch: each((_, k) => angles[k][1]),
    Roll: each((_, k) => angles[k][2]),
    EDensity: each((label) => tally.greyAll[3 * label + 1] / tally.greyAll[3 * label]),
    Homogeneity: each((label) => greyDeviation(tally, label)),
    SurfInner: each((label) => Math.max(total(label) - outer(label), 0)),
    SurfOuter: each(outer),
    Volume: each(volume),
    Damage: each((label) => (voids.crack[label] + voids.enclosed[label]) / voids.among[label]),
    Elongation: each((_, k) => shapes[k].elongation),
    Sphericity: each(sphericity),
    VSratio: each((label) => sizeRatio(whole, volume(label), total(label))),
    RoughInner: each((label, k) => crops[k].smoothSolid / total(label)),
    RoughOuter: each((label, k) => crops[k].smoothFilled / outer(label)),
    Contact: each((_, k) => crops[k].contact),
    PDensity: each((label) => packing(specimen, tally, label)),
    DistNearest: each((_, k) => mean([...distance.subarray(6 * k, 6 * k + around(k).length)])),
    ElongStd: spreadOf((k) => shapes[k].elongation),
    VolumeStd: spreadOf((k) => volume(k + 1)),
    SphericityStd: spreadOf((k) => sphericity(k + 1)),
    OrienIso: each((_, k) => Math.max(...[0, 1, 2].map((axis) => deviation(around(k).map((n) => angles[n][axis]))))),
  };
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [`${name} (paper)`, values]));
}

/** Surface of a particle without any active material: its outside. */
function nothingSolid({ solid, perimeter }: Tally, label: number): number {
  return solid[label] === 0 ? perimeter[2 * label] : 0;
}

/** 36 π V²/S³; in a slice 4 π A/L². 1 for a ball of exact area, about 2 for one of counted voxels. */
function compactness([nz]: Shape, volume: number, surface: number): number {
  return nz === 1 ? (4 * Math.PI * volume) / surface ** 2 : (36 * Math.PI * volume ** 2) / surface ** 3;
}

/** V^(1/3)/S^(1/2); in a slice A^(1/2)/L. */
function sizeRatio([nz]: Shape, volume: number, surface: number): number {
  return nz === 1 ? Math.sqrt(volume) / surface : Math.cbrt(volume) / Math.sqrt(surface);
}

function greyDeviation({ greyAll }: Tally, label: number): number {
  const [n, sum, squares] = [greyAll[3 * label], greyAll[3 * label + 1], greyAll[3 * label + 2]];
  return Math.sqrt(Math.max(squares / n - (sum / n) ** 2, 0));
}

/** Share of active material in the particle's box, 10 µm larger on every side. */
function packing({ matter: made, shape, voxelSize }: StoredSpecimen, tally: Tally, label: number): number {
  const reach = voxelSize.map((edge) => Math.round(10 / edge)) as unknown as Shape;
  const around = made.box(boxAbout(tally.box, label, reach, shape));
  let count = 0;
  for (let i = 0; i < around.length; i++) if (around[i] === matter.active) count++;
  return count / around.length;
}

interface CropCounts {
  /** Voxels at the outside after a median of 3 × 3 × 3: of the particle, and of its active material. */
  readonly smoothFilled: number;
  readonly smoothSolid: number;
  /** Share of the ring about the particle that is any particle. */
  readonly contact: number;
}

function cropCounts(specimen: StoredSpecimen, tally: Tally, label: number): CropCounts {
  const crop = specimenIn(specimen, boxAbout(tally.box, label, [ring + 1, ring + 1, ring + 1], specimen.shape));
  const { labels, matter: made, shape: size } = crop;
  const filled = Uint8Array.from(labels, (own) => (own === label ? 1 : 0));
  const beyond = Uint8Array.from(labels, (own) => (own === label ? 0 : 1));
  const solid = Uint8Array.from(labels, (own, k) => (own === label && made[k] === matter.active ? 1 : 0));
  const other = Uint8Array.from(labels, (own) => (own !== label && own !== 0 ? 1 : 0));
  return {
    smoothFilled: perimeter(medianOfMask(filled, size), size),
    smoothSolid: perimeter(medianOfMask(solid, size), size),
    contact: ringShare(squaredDistance(beyond, size, [1, 1, 1]), beyond, other),
  };
}

function ringShare(squared: Float32Array, beyond: Uint8Array, other: Uint8Array): number {
  let [touching, total] = [0, 0];
  for (let k = 0; k < beyond.length; k++) {
    if (beyond[k] === 0 || squared[k] > ring * ring) continue;
    total++;
    touching += other[k];
  }
  return touching / total;
}

/** 1 where at least half of the voxels of a cube of three are; beyond the box nothing is. */
function medianOfMask(mask: Uint8Array, [nz, ny, nx]: Shape): Uint8Array {
  let sums = mask;
  for (const [count, stride] of [
    [nx, 1],
    [ny, nx],
    [nz, nx * ny],
  ] as const) {
    const next = new Uint8Array(mask.length);
    for (let k = 0; k < mask.length; k++) {
      const at = Math.floor(k / stride) % count;
      next[k] = sums[k] + (at > 0 ? sums[k - stride] : 0) + (at < count - 1 ? sums[k + stride] : 0);
    }
    sums = next;
  }
  const least = nz === 1 ? 5 : 14;
  return sums.map((sum) => (sum >= least ? 1 : 0));
}

/** Voxels of a mask with a face towards its outside. */
function perimeter(mask: Uint8Array, [nz, ny, nx]: Shape): number {
  const up = nx * ny;
  let count = 0;
  for (let z = 0, k = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, k++) {
        if (mask[k] === 0) continue;
        const open =
          (x > 0 && mask[k - 1] === 0) ||
          (x < nx - 1 && mask[k + 1] === 0) ||
          (y > 0 && mask[k - nx] === 0) ||
          (y < ny - 1 && mask[k + nx] === 0) ||
          (z > 0 && mask[k - up] === 0) ||
          (z < nz - 1 && mask[k + up] === 0);
        if (open) count++;
      }
    }
  }
  return count;
}
