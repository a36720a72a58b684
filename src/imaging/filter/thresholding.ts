import type { Shape, Voxels } from "../volume/volume.js";
import { histogram } from "./histogram.js";
import { above, hysteresis, kMeans, otsu } from "./threshold.js";

/** One way to tell active material from the rest by grey levels. */
export interface Thresholding {
  /** As a person writes it: `130`, `otsu=3`, `k-means=3`, `110..140`. */
  readonly name: string;
  /** 1 in active material, and the level it begins at. */
  mask(data: Voxels, shape: Shape): { readonly inside: Uint8Array; readonly level: number };
}

/** Above a level. */
export function atLevel(level: number): Thresholding {
  return { name: String(level), mask: (data) => ({ inside: above(data, level), level }) };
}

/** The brightest of so many classes by Otsu's method. */
export function byOtsu(classes = 2): Thresholding {
  return brightest(`otsu=${classes}`, (data) => otsu(histogram(data), classes));
}

/** The brightest of so many clusters of grey levels. */
export function byKMeans(clusters = 2): Thresholding {
  return brightest(`k-means=${clusters}`, (data) => kMeans(histogram(data), clusters));
}

/** Above the low level, where a way through faces leads to a voxel above the high one. */
export function byHysteresis(low: number, high: number): Thresholding {
  return {
    name: `${low}..${high}`,
    mask: (data, shape) => ({ inside: hysteresis(data, shape, low, high), level: low }),
  };
}

function brightest(name: string, levels: (data: Voxels) => readonly number[]): Thresholding {
  const mask = (data: Voxels) => {
    const level = levels(data).at(-1)!;
    return { inside: above(data, level), level };
  };
  return { name, mask };
}
