import { crossingAreas } from "../surface/crofton.js";
import { type RoundBody, roundBodyFor } from "../surface/round-body.js";
import { type Shape, type VoxelSize, voxelVolume } from "../volume/volume.js";
import { coordination } from "./contact-graph.js";
import { eulerAngles } from "./euler.js";
import { boxVoxels, neighbourhood } from "./neighbourhood.js";
import { areaOf, particleShapes } from "./shape.js";
import { partners, type Tally } from "./tally.js";
import type { Voids } from "./voids.js";

/** What the table of attributes is made from; chunks add into each part alike. */
export interface Counts {
  readonly tally: Tally;
  readonly voids: Voids;
  /** Boxes of packing and the active voxels in each, particle by particle (`boxesAbout`). */
  readonly boxes: Int32Array;
  readonly packed: Float64Array;
  readonly whole: Shape;
  readonly voxelSize: VoxelSize;
}

/** Ways a face can look, by name. */
export const looks = ["-x", "+x", "-y", "+y", "-z", "+z"] as const;

/**
 * The attributes of Li et al. 2022 (Table S1) in µm, with surfaces that converge and without the damage they are to
 * explain: form and chemistry come from the filled particle's outside and from voxels away from cracks. Definitions:
 * docs/imaging.md. A row a particle.
 */
export function physicalColumns(counts: Counts): Record<string, Float64Array> {
  const { tally, voids, voxelSize } = counts;
  const body = roundBodyFor(counts.whole, voxelSize);
  const shapes = particleShapes(tally, voxelSize, body);
  const around = neighbourhood(shapes);
  const each = (of: (label: number, k: number) => number) =>
    Float64Array.from({ length: tally.count }, (_, k) => of(k + 1, k));
  const angles = shapes.map(({ axes }) => eulerAngles(axes));
  const areas = crossingAreas(body, voxelSize);
  const touching = coordination(tally);
  const known = binderKnown(tally);
  const cover = each((label) => (known ? coverage(tally, label, voxelSize) : Number.NaN));
  const coverTowards = looks.map((_, way) =>
    each((label) => (known ? directedCoverage(tally, label, way) : Number.NaN)),
  );
  return {
    Particle: each((label) => label),
    "x [um]": each((_, k) => shapes[k].centre[0]),
    "y [um]": each((_, k) => shapes[k].centre[1]),
    "z [um]": each((_, k) => shapes[k].centre[2]),
    "Particle radius [um]": each((_, k) => shapes[k].radius),
    Coverage: cover,
    "Crack share": each((label) => voids.crack[label] / voids.among[label]),
    "Native void fraction": each((label) => voids.enclosed[label] / voids.among[label]),
    "Yaw [deg]": each((_, k) => angles[k][0]),
    "Pitch [deg]": each((_, k) => angles[k][1]),
    "Roll [deg]": each((_, k) => angles[k][2]),
    "Electron density": each((label) => mean(tally.grey, label)),
    Homogeneity: each((label) => 1 / spread(tally.grey, label)),
    "Inner surface [um2]": each((label) => areaOf(tally.inner, label, areas)),
    "Outer surface [um2]": each((_, k) => shapes[k].surface),
    "Volume [um3]": each((_, k) => shapes[k].volume),
    Elongation: each((_, k) => shapes[k].elongation),
    Sphericity: each((_, k) => shapes[k].sphericity),
    "Volume-surface ratio": each((_, k) => body.ratio(shapes[k].volume, shapes[k].surface)),
    "Inner roughness": each((label) => innerRoughness(counts, label, areas, body)),
    "Outer roughness": each((_, k) => shapes[k].roughness),
    Contact: each((label) => contactShare(tally, label, voxelSize)),
    Coordination: each((label) => touching[label]),
    "Packing density": each((_, k) => counts.packed[k] / boxVoxels(counts.boxes, k)),
    "Nearest distance [um]": around.nearest,
    "Distance of six nearest [um]": around.distance,
    "Volume spread of six nearest [um3]": around.volumeSpread,
    "Elongation spread of six nearest": around.elongationSpread,
    "Sphericity spread of six nearest": around.sphericitySpread,
    "Orientation order of six nearest": around.orientationOrder,
    Detachment: cover.map((share) => 1 - share),
    ...Object.fromEntries(looks.map((look, way) => [`Coverage towards ${look}`, coverTowards[way]])),
    ...Object.fromEntries(
      looks.map((look, way) => [`Detachment towards ${look}`, coverTowards[way].map((share) => 1 - share)]),
    ),
    "Touches edge": each((label) => tally.touchesEdge[label]),
  };
}

/** Share of a particle's outside that touches other particles, by faces. */
function contactShare(tally: Tally, label: number, voxelSize: VoxelSize): number {
  const [particle, binder, pore] = partners.map((_, k) => faceArea(tally, label, k, voxelSize)) as [
    number,
    number,
    number,
  ];
  return particle / (particle + binder + pore);
}

/** Whether binder touches any particle: where it does not, nobody told it apart from the pores. */
function binderKnown({ faces, count }: Tally): boolean {
  for (let label = 1; label <= count; label++) {
    for (let way = 0; way < 6; way++) if (faces[(3 * label + 1) * 6 + way] > 0) return true;
  }
  return false;
}

/** Share of the outside that touches binder, of that which touches no particle, by faces. */
function coverage(tally: Tally, label: number, voxelSize: VoxelSize): number {
  const [binder, pore] = [faceArea(tally, label, 1, voxelSize), faceArea(tally, label, 2, voxelSize)];
  return binder / (binder + pore);
}

/** Area of the faces towards one of `partners`, µm². */
function faceArea({ faces }: Tally, label: number, partner: number, [dz, dy, dx]: VoxelSize): number {
  const at = (3 * label + partner) * 6;
  const along = (way: number) => faces[at + way] + faces[at + way + 1];
  return along(0) * dz * dy + along(2) * dz * dx + along(4) * dy * dx;
}

/** As coverage, of the faces that look one way. */
function directedCoverage({ faces }: Tally, label: number, way: number): number {
  const [binder, pore] = [faces[(3 * label + 1) * 6 + way], faces[(3 * label + 2) * 6 + way]];
  return binder / (binder + pore);
}

function mean(sums: Float64Array, label: number): number {
  return sums[3 * label + 1] / sums[3 * label];
}

function spread(sums: Float64Array, label: number): number {
  const variance = sums[3 * label + 2] / sums[3 * label] - mean(sums, label) ** 2;
  return Math.sqrt(Math.max(variance, 0));
}

/** Surface of cracks and voids over that of one ball of their volume. */
function innerRoughness(counts: Counts, label: number, areas: Float64Array, body: RoundBody): number {
  const { tally, voids, voxelSize } = counts;
  const volume = (voids.crack[label] + voids.enclosed[label]) * voxelVolume(voxelSize);
  return volume === 0 ? Number.NaN : areaOf(tally.inner, label, areas) / body.surface(volume);
}
