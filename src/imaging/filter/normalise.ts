import { type Filter, levelsOf } from "./filter.js";
import { histogram, percentile } from "./histogram.js";

/**
 * Brings a low and a high percentile of the picture to 0 and 1 and cuts what lies beyond, so that single bright voxels
 * do not stretch the scale.
 * @param low, high percent of the voxels that are darker
 */
export function normalise(low = 1, high = 99.8): Filter {
  if (!(low >= 0 && low < high && high <= 100))
    throw new RangeError(`Normalising grey levels: percentiles ${low} and ${high}; 0 to 100, ascending, are allowed.`);
  return {
    name: `normalise=${low}..${high}`,
    fitted: ({ data }) => {
      const counts = histogram(data);
      const [from, to] = [percentile(counts, low / 100), percentile(counts, high / 100)];
      const scale = to > from ? 1 / (to - from) : 0;
      return {
        reach: [0, 0, 0],
        apply: (part) => levelsOf(part).map((level) => Math.min(1, Math.max(0, (level - from) * scale))),
      };
    },
  };
}
