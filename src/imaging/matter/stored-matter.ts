import type { Filter } from "../filter/filter.js";
import { addLevels, type Histogram, histogramBetween, levelRange } from "../filter/histogram.js";
import { byOtsu, type Thresholding } from "../filter/thresholding.js";
import { type Strides, within } from "../steps/steps.js";
import { slabsOf, withHalo } from "../volume/slab.js";
import { maskOf } from "../volume/slab-mask.js";
import { inMemory, type Scratch, type VoxelStore } from "../volume/store.js";
import type { StoredPicture } from "../volume/stored-picture.js";
import { type Shape, type Voxels, voxelType } from "../volume/volume.js";
import { activeIn, type MatterSettings, matterMap } from "./matter-map.js";
import { addPhases, mostPhases } from "./phases.js";

/** `matter` of every voxel in a store, with how it was told. */
export interface StoredMatter {
  readonly matter: VoxelStore<Uint8Array>;
  /** The phases of the picture, or null when it holds grey levels. */
  readonly phases: readonly number[] | null;
  readonly threshold: number | null;
}

/**
 * As `matterMap`, a slab at a time for a picture that is not in memory. What looks at the whole picture first reads it
 * whole: filters that measure its noise or its percentiles, and hysteresis.
 * @param slab voxels
 * @throws RangeError when a picture of phases has no voxel of the active value
 */
export function* storedMatter(
  picture: StoredPicture,
  settings: MatterSettings,
  scratch: Scratch,
  slab: number,
): Strides<StoredMatter> {
  const { data, shape } = picture;
  if (data.whole !== null) {
    const { matter, phases, threshold } = matterMap({ ...picture, data: data.whole, axes: ["z", "y", "x"] }, settings);
    return { matter: inMemory(matter, shape), phases, threshold };
  }
  const phases = settings.threshold === null ? yield* within(0, 0.3, storedPhases(data, slab)) : null;
  const matter = scratch.store("u8", shape);
  if (phases !== null) {
    yield* within(0.3, 1, maskOf(data, matter, slab, activeIn(phases, settings)));
    return { matter, phases, threshold: null };
  }
  const levels = yield* within(0.3, 0.7, filteredStore(picture, settings.filters, scratch, slab));
  const threshold = yield* within(0.7, 1, aboveThreshold(levels, matter, settings.threshold ?? byOtsu(), slab));
  return { matter, phases: null, threshold };
}

/** The values of a picture in ascending order, or null when it has more than are phases. */
function* storedPhases(data: VoxelStore, slab: number): Strides<readonly number[] | null> {
  const found = new Set<number>();
  let slices: Voxels | undefined;
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    addPhases(found, slices);
    if (found.size > mostPhases) return null;
    yield (from + count) / data.shape[0];
  }
  return [...found].sort((a, b) => a - b);
}

/** Filters one after the other, each slab with as many slices around it as its result depends on. */
function* filteredStore(
  { data, shape, voxelSize }: StoredPicture,
  filters: readonly Filter[],
  scratch: Scratch,
  slab: number,
): Strides<VoxelStore> {
  let levels = data;
  for (const [k, filter] of filters.entries()) {
    const before = levels;
    const whole = {
      shape,
      voxelSize,
      get data() {
        return before.slices(0, shape[0]);
      },
    };
    const { reach, apply } = filter.fitted(whole);
    let after: VoxelStore | null = null;
    for (const core of slabsOf(shape, slab)) {
      const { from, count } = withHalo(core, shape, reach[0]);
      const part: Shape = [count, shape[1], shape[2]];
      const made = apply(before.slices(from, count), part);
      after ??= scratch.store(voxelType(made), shape) as VoxelStore;
      const plane = shape[1] * shape[2];
      after.putSlices(core.from, made.subarray((core.from - from) * plane, (core.from - from + core.count) * plane));
      yield (k + (core.from + core.count) / shape[0]) / filters.length;
    }
    levels = after!;
  }
  return levels;
}

/** Marks what is above a threshold, and tells the level. */
function* aboveThreshold(
  levels: VoxelStore,
  matter: VoxelStore<Uint8Array>,
  threshold: Thresholding,
  slab: number,
): Strides<number> {
  if (threshold.level === undefined) {
    const { inside, level } = threshold.mask(levels.slices(0, levels.shape[0]), levels.shape);
    matter.putSlices(0, inside);
    return level;
  }
  const level = threshold.level(yield* within(0, 0.6, storedHistogram(levels, slab)));
  yield* within(
    0.6,
    1,
    maskOf(levels, matter, slab, (value) => (value > level ? 1 : 0)),
  );
  return level;
}

function* storedHistogram(levels: VoxelStore, slab: number): Strides<Histogram> {
  let [low, high] = [Infinity, -Infinity];
  let slices: Voxels | undefined;
  const slabs = slabsOf(levels.shape, slab);
  for (const [k, { from, count }] of slabs.entries()) {
    slices = levels.slices(from, count, slices);
    const range = levelRange(slices);
    [low, high] = [Math.min(low, range.low), Math.max(high, range.high)];
    yield (0.5 * (k + 1)) / slabs.length;
  }
  const all = histogramBetween(low, high, levels.type !== "f32");
  for (const [k, { from, count }] of slabs.entries()) {
    slices = levels.slices(from, count, slices);
    addLevels(all, slices);
    yield 0.5 + (0.5 * (k + 1)) / slabs.length;
  }
  return all;
}
