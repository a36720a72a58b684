import { diffusion } from "../imaging/filter/diffusion.js";
import type { Filter } from "../imaging/filter/filter.js";
import { blur } from "../imaging/filter/gaussian.js";
import { medians } from "../imaging/filter/median.js";
import { nonLocalMeans } from "../imaging/filter/non-local-means.js";
import { normalise } from "../imaging/filter/normalise.js";
import { atLevel, byHysteresis, byKMeans, byOtsu, type Thresholding } from "../imaging/filter/thresholding.js";
import { CommandFailed } from "./failure.js";
import { countOption, micrometres, numberOption } from "./given-value.js";

export const thresholdHelp =
  "grey level above which a voxel is active material, two for hysteresis (110..140), otsu=CLASSES or k-means=CLUSTERS (default: otsu=2)";

export const filterHelp =
  "filters on grey levels before that, in their order, or none: median=TIMES, gaussian=LENGTH, diffusion=STEPS, non-local=STRENGTH, normalise=LOW..HIGH (default: median=1)";

/** Makes something of the words after an equals sign; undefined where there are none. */
type Maker<T> = (value: string | undefined) => T;

const given =
  <T>(make: (value?: number) => T, read: (text: string) => number): Maker<T> =>
  (value) =>
    value === undefined ? make() : make(read(value));

/** Filters by the name that the command line knows them by. */
const filterMakers: Readonly<Record<string, Maker<Filter>>> = {
  median: given(medians, (text) => timesOption(text, "--filter median")),
  gaussian: (value) => blur(micrometres(value ?? "", "--filter gaussian")),
  diffusion: given(diffusion, (text) => timesOption(text, "--filter diffusion")),
  "non-local": given(nonLocalMeans, (text) => numberOption(text, "--filter non-local")),
  normalise: (value) => (value === undefined ? normalise() : normalise(...rangeOption(value, "--filter normalise"))),
};

const thresholdMakers: Readonly<Record<string, Maker<Thresholding>>> = {
  otsu: given(byOtsu, (text) => countOption(text, "--threshold otsu")),
  "k-means": given(byKMeans, (text) => countOption(text, "--threshold k-means")),
};

/** `median, non-local=0.8`, in this order, or `none`. @throws CommandFailed with status 2 */
export function filterOption(text: string): Filter[] {
  if (text.trim() === "none") return [];
  return text.split(",").map((part) => {
    const [name, value] = worded(part);
    const make = filterMakers[name];
    if (make) return make(value);
    const allowed = `${Object.keys(filterMakers).join(", ")}, or none`;
    throw new CommandFailed(
      2,
      `--filter: found ${text}; allowed: ${allowed}, in the order in which they run: "median=2, gaussian=0.4 um".`,
    );
  });
}

/** So often as to leave nothing of a picture, and no longer. */
function timesOption(text: string, option: string): number {
  const times = countOption(text, option);
  if (times <= 1000) return times;
  throw new CommandFailed(2, `${option}: found ${text}; allowed: 1 to 1000.`);
}

/** `130`, `110..140`, `otsu=3` or `k-means=3`. @throws CommandFailed with status 2 */
export function thresholdOption(text: string): Thresholding {
  const [name, value] = worded(text);
  const make = thresholdMakers[name];
  if (make) return make(value);
  if (text.includes("..")) return byHysteresis(...rangeOption(text, "--threshold"));
  const level = Number(text);
  if (text.trim() !== "" && Number.isFinite(level)) return atLevel(level);
  throw new CommandFailed(
    2,
    `--threshold: found ${text}; allowed: a grey level, two for hysteresis (110..140), otsu=CLASSES or k-means=CLUSTERS.`,
  );
}

function worded(text: string): readonly [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function rangeOption(text: string, option: string): [number, number] {
  const ends = text.split("..");
  const [low, high] = ends.map((end) => numberOption(end, option));
  if (ends.length === 2 && low < high) return [low, high];
  throw new CommandFailed(2, `${option}: found ${text}; allowed: two ascending numbers, such as 110..140.`);
}
