import type { Draws } from "../../draws/draws.js";
import { filtered } from "../../imaging/filter/filter.js";
import { normalise } from "../../imaging/filter/normalise.js";
import { type Ball, crowdedBalls } from "../../imaging/phantom/balls.js";
import { greyPicture, usualAppearance } from "../../imaging/phantom/grey.js";
import { type Phantom, phantom } from "../../imaging/phantom/phantom.js";
import { compactLabels } from "../../imaging/segmentation/label-import.js";
import { bodyRadius } from "../../imaging/segmentation/particles.js";
import type { Volume, Voxels } from "../../imaging/volume/volume.js";
import { mean } from "../../statistics/mean.js";
import { channelsOf, resized, type SlicePicture } from "./slice-picture.js";

/** A picture that a network is shown, and where its particles are. */
export interface Example {
  readonly rows: number;
  readonly columns: number;
  /** `[row][column][channel]` */
  readonly channels: Float32Array;
  /** 1 inside particles, cracks and voids included, 0 outside; between where pixels were joined. `[row][column]` */
  readonly inside: Float32Array;
}

/** Radius of a mean particle in pixels as the network sees it. */
const seenRadius = 12;

/** Edge of a pixel, µm, at which the mean labelled particle has that radius. @throws RangeError when nothing is labelled */
export function pixelFor({ shape, voxelSize }: Volume, labels: Voxels): number {
  const { data, count } = compactLabels(labels);
  const voxels = new Float64Array(count + 1);
  for (const label of data) voxels[label] += 1;
  const radii = voxels.subarray(1).map((own) => bodyRadius(own, shape, voxelSize));
  return mean(radii) / seenRadius;
}

/** Grey levels of a whole volume from about −½ to ½: 1st to 99.8th percentile. */
export function evenLevels(volume: Volume): Float32Array {
  return Float32Array.from(filtered(volume, [normalise()]), (level) => level - 0.5);
}

/**
 * Each slice of a labelled volume as the network sees it.
 * @param labels 0 outside, `[z][y][x]`
 * @param pixel µm, edge of a pixel as the network sees it
 */
export function labelledExamples(volume: Volume, labels: Voxels, pixel: number): Example[] {
  const [slices, rows, columns] = volume.shape;
  const levels = evenLevels(volume);
  const particle = Float32Array.from(labels, (label) => (label > 0 ? 1 : 0));
  const [toRows, toColumns] = seenSize(volume, pixel);
  return Array.from({ length: slices }, (_, z) => {
    const seen = (data: Float32Array): SlicePicture => {
      const slice = data.subarray(z * rows * columns, (z + 1) * rows * columns);
      return resized({ rows, columns, data: slice }, toRows, toColumns);
    };
    return {
      rows: toRows,
      columns: toColumns,
      channels: channelsOf(seen(levels)),
      inside: seen(particle).data,
    };
  });
}

/** Rows and columns of a slice as the network sees it. */
export function seenSize({ shape, voxelSize }: Pick<Volume, "shape" | "voxelSize">, pixel: number): [number, number] {
  const count = (axis: 1 | 2) => Math.max(1, Math.round((shape[axis] * voxelSize[axis]) / pixel));
  return [count(1), count(2)];
}

/** A painted slice of cracked and hollow balls with blur, noise, rings and the slope that charging gives, all by chance. */
export function paintedExample(edge: number, random: Draws): Example {
  const within = (low: number, high: number) => low + (high - low) * random.uniform();
  const painted = paintedSlice(edge, within(0.75, 1.25) * seenRadius, random);
  const look = {
    ...usualAppearance,
    levels: [within(70, 110), within(150, 210), 110] as const,
    blur: within(0.3, 1.2),
    noise: within(3, 18),
    rings: within(0, 5),
    slope: within(-30, 30),
  };
  const levels = evenLevels(greyPicture(painted.phases, look, random));
  return {
    rows: edge,
    columns: edge,
    channels: channelsOf({ rows: edge, columns: edge, data: levels }),
    inside: Float32Array.from(painted.labels, (label) => (label > 0 ? 1 : 0)),
  };
}

function paintedSlice(edge: number, radius: number, random: Draws): Phantom {
  const deep = 3 * radius;
  const count = Math.floor((0.1 * edge * edge * deep) / (4.2 * radius ** 3));
  const settings = { count, box: [edge, edge, deep] as const, radius, spread: 0.25, overlap: 0.08 };
  const balls = crowdedBalls(settings, random).map(({ centre: [x, y, z], radius: own }): Ball => {
    return { centre: [x, y, z - deep / 2], radius: own };
  });
  const cracks = balls.flatMap((_, k) =>
    Array.from({ length: Math.floor(3 * random.uniform()) }, () => ({
      particle: k + 1,
      normal: [random.normal(), random.normal(), 0.3 * random.normal()] as const,
      offset: (radius / 3) * random.normal(),
      width: 0.7 + 1.6 * random.uniform(),
    })),
  );
  const hollows = balls.flatMap((_, k) =>
    random.uniform() < 0.3 ? [{ particle: k + 1, radius: radius * (0.15 + 0.2 * random.uniform()) }] : [],
  );
  return phantom({ balls, cracks, hollows, caps: [] }, [1, edge, edge], [1, 1, 1]);
}
