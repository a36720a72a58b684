import type { Shape, Voxels } from "../volume/volume.js";
import { type Histogram, histogram } from "./histogram.js";
import { above, hysteresis, kMeans, otsu } from "./threshold.js";

/** One way to tell active material from the rest by grey levels. */
export interface Thresholding {
  /** As a person writes it: `130`, `otsu=3`, `k-means=3`, `110..140`. */
  readonly name: string;
  /** 1 in active material, and the level it begins at. */
  mask(data: Voxels, shape: Shape): { readonly inside: Uint8Array; readonly level: number };
  /** The level it begins at, where a histogram tells and every voxel above is active material. */
  readonly level?: (of: Histogram) => number;
}

/** Above a level. */
export function atLevel(level: number): Thresholding {
  return { name: String(level), mask: (data) => ({ inside: above(data, level), level }), level: () => level };
}

/** The brightest of so many classes by Otsu's method. */
export function byOtsu(classes = 2): Thresholding {
  return brightest(`otsu=${classes}`, (of) => otsu(of, classes));
}

/** The brightest of so many clusters of grey levels. */
export function byKMeans(clusters = 2): Thresholding {
  return brightest(`k-means=${clusters}`, (of) => kMeans(of, clusters));
}

/** Above the low level, where a way through faces leads to a voxel above the high one. */
export function byHysteresis(low: number, high: number): Thresholding {
  return {
    name: `${low}..${high}`,
    mask: (data, shape) => ({ inside: hysteresis(data, shape, low, high), level: low }),
  };
}

function brightest(name: string, levels: (of: Histogram) => readonly number[]): Thresholding {
  const level = (of: Histogram) => levels(of).at(-1)!;
  const mask = (data: Voxels) => {
    const lowest = level(histogram(data));
    return { inside: above(data, lowest), level: lowest };
  };
  return { name, mask, level };
}
