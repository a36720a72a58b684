import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { pathKey } from "../../scenario/document.js";
import type { Place } from "../../scenario/faults.js";
import { note, type Reading } from "../../scenario/reading.js";
import { keyFault } from "./known-key.js";
import { type Level, levelOf, type Magnitude, type Measure, magnitudeOf, rounded, writtenMagnitude } from "./level.js";
import type { AxisFile, DistributionFile } from "./schema.js";

/** A key of the scenario that a sweep varies. */
export interface Axis {
  readonly key: string;
  /** What tables and figures call it. */
  readonly name: string;
  /** Levels in order; null for an axis that only has a range or a distribution. */
  readonly levels: readonly Level[] | null;
  /** The level at a share of the axis, in [0, 1). */
  readonly at: (share: number) => Level;
  /** Where the value of a level stands in the sweep file, and its parts. */
  readonly places: (level: Level) => ReadonlyMap<string, Place>;
}

/** The axis behind a part of a sweep file; undefined when something in it is wrong. */
export function resolveAxis(key: string, file: AxisFile, reading: Reading): Axis | undefined {
  const before = reading.faults.length;
  const path = ["axes", key];
  const wrong = keyFault(key);
  if (wrong) note(reading, path, wrong);
  const ways = [
    file.values !== undefined,
    file.from !== undefined || file.to !== undefined,
    file.distribution !== undefined,
  ];
  if (ways.filter(Boolean).length !== 1)
    note(reading, path, { allowed: "exactly one out of: values; from and to; distribution" });
  if (reading.faults.length > before) return undefined;
  const measure = file.measure ?? "mean";
  if (file.names && file.names.length !== file.values?.length)
    note(reading, [...path, "names"], {
      found: `${file.names.length} names`,
      allowed: `one for each of ${file.values?.length ?? "the"} values`,
    });
  const made = file.values ? explicit(file.values, file.names, measure) : ranged(file, measure, path, reading);
  if (!made || reading.faults.length > before) return undefined;
  const own = partPlaces(reading, path);
  const listed = file.values !== undefined;
  const places = (level: Level) =>
    listed ? partPlaces(reading, [...path, "values", made.levels!.indexOf(level)]) : new Map([["", own.get("")!]]);
  return { key, name: file.name ?? defaultName(key, made.at(0), measure), ...made, places };
}

type Made = Pick<Axis, "levels" | "at">;

function defaultName(key: string, { value }: Level, measure: Measure): string {
  return Array.isArray(value) ? `${key} (${measure})` : key;
}

function explicit(values: readonly unknown[], names: readonly string[] | undefined, measure: Measure): Made {
  const levels = values.map((value, k) => {
    const level = levelOf(value, measure);
    return names?.[k] === undefined ? level : { ...level, number: null, unit: "", label: names[k] };
  });
  return { levels, at: (share) => levels[Math.min(Math.floor(share * levels.length), levels.length - 1)] };
}

function ranged(file: AxisFile, measure: Measure, path: readonly PropertyKey[], reading: Reading): Made | undefined {
  const draw = file.distribution
    ? distributed(file.distribution, [...path, "distribution"], reading)
    : between(file, path, reading);
  if (!draw) return undefined;
  const at = (share: number) => levelOf(draw(share), measure);
  const { steps } = file;
  if (steps === undefined) return { levels: null, at };
  const share = file.distribution ? (k: number) => (k + 0.5) / steps : (k: number) => k / (steps - 1);
  return { levels: Array.from({ length: steps }, (_, k) => at(share(k))), at };
}

/** The value at each share of the way between two ends; lists go item by item. */
function between(
  { from, to, scale }: AxisFile,
  path: readonly PropertyKey[],
  reading: Reading,
): ((share: number) => unknown) | undefined {
  if (from === undefined || to === undefined) {
    note(reading, [...path, from === undefined ? "from" : "to"], { allowed: "both ends, from and to" });
    return undefined;
  }
  if (Array.isArray(from) !== Array.isArray(to) || (Array.isArray(from) && from.length !== (to as unknown[]).length)) {
    note(reading, [...path, "to"], { allowed: "as many numbers as from has" });
    return undefined;
  }
  const [starts, ends] = [from, to].map((end) => (Array.isArray(end) ? end : [end]));
  const ways = starts.map((start, k) => way(start, ends[k], scale ?? "linear", path, reading));
  if (ways.some((each) => each === undefined)) return undefined;
  return Array.isArray(from) ? (share) => ways.map((each) => each!(share)) : ways[0];
}

function way(from: unknown, to: unknown, scale: "linear" | "log", path: readonly PropertyKey[], reading: Reading) {
  const [a, b] = [magnitudeOf(from), magnitudeOf(to)];
  const refuse = (allowed: string, which = "to") => void note(reading, [...path, which], { allowed });
  if (!a || !b) return refuse("ends that begin with a number");
  if (a.unit !== b.unit) return refuse(`the unit of from, ${a.unit === "" ? "none" : a.unit}`);
  if (scale === "log" && !(a.number > 0 && b.number > 0))
    return refuse("an end above 0 on a logarithmic scale", a.number > 0 ? "to" : "from");
  const number =
    scale === "log"
      ? (share: number) => a.number * (b.number / a.number) ** share
      : (share: number) => a.number + (b.number - a.number) * share;
  return (share: number) => writtenMagnitude({ number: rounded(number(share)), unit: a.unit });
}

/** The quantile of a distribution, cut to the part between its bounds. */
function distributed(
  file: DistributionFile,
  path: readonly PropertyKey[],
  reading: Reading,
): ((share: number) => unknown) | undefined {
  const log = file.kind === "lognormal";
  const centre = magnitudeOf(log ? file.median : file.mean);
  const spread = log ? { number: file.shape, unit: centre?.unit ?? "" } : magnitudeOf(file.standardDeviation);
  const bounds = [file.from, file.to].map((bound) => (bound === undefined ? undefined : magnitudeOf(bound)));
  const given = [centre, spread, ...bounds.filter((_, k) => [file.from, file.to][k] !== undefined)];
  const fault = distributionFault(given, log);
  if (fault !== undefined || !centre || !spread) {
    note(reading, path, { allowed: fault ?? "numbers, or texts that begin with one" });
    return undefined;
  }
  const into = (value: number) => (log ? Math.log(value) : value);
  const share = (bound: Magnitude | undefined, absent: number) =>
    bound === undefined ? absent : normalCdf(into(bound.number), into(centre.number), spread.number);
  const [low, high] = [share(bounds[0], 0), share(bounds[1], 1)];
  if (!(low < high)) {
    note(reading, path, { allowed: "from below to, with some of the distribution between them" });
    return undefined;
  }
  return (u) => {
    const quantile = normalQuantile(low + (high - low) * Math.max(u, 1e-12), into(centre.number), spread.number);
    return writtenMagnitude({ number: rounded(log ? Math.exp(quantile) : quantile), unit: centre.unit });
  };
}

function distributionFault(given: readonly (Magnitude | undefined)[], log: boolean): string | undefined {
  if (given.some((each) => each === undefined)) return "numbers, or texts that begin with one";
  const [centre, spread, ...bounds] = given as readonly Magnitude[];
  if (given.some((each) => each!.unit !== centre.unit)) return "one unit throughout";
  if (!(spread.number > 0)) return "a spread above 0";
  if (log && [centre, ...bounds].some(({ number }) => !(number > 0))) return "a median and bounds above 0";
  return undefined;
}

/** The places of a value in the sweep file, keyed from the value on. */
export function partPlaces(reading: Reading, path: readonly PropertyKey[]): ReadonlyMap<string, Place> {
  const top = pathKey(path);
  const { places } = reading.located;
  const found = new Map<string, Place>([
    ["", places.get(top) ?? places.get(pathKey(path.slice(0, 2))) ?? { file: reading.file }],
  ]);
  for (const [key, place] of places) if (key.startsWith(`${top}/`)) found.set(key.slice(top.length + 1), place);
  return found;
}
