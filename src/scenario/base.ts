import { type Located, pathKey, placeOf, readDocument } from "./document.js";
import { InputFault, type Place, shown } from "./faults.js";
import type { FileSource } from "./file-source.js";
import { valueAt } from "./issues.js";
import { verbs } from "./step/steps.js";

/** A scenario file laid over the files it builds on. */
export interface Layered extends Located {
  /** The files read by their whole names, this one first. */
  readonly files: readonly string[];
}

/** Keys that exclude each other, in groups: a file that names one takes the other groups of its base away. */
const alternatives: Readonly<Record<string, readonly (readonly string[])[]>> = {
  geometry: [["lattice"], ["stack"], ["box", "particles"], ["packing"], ["table"]],
  coverage: [["fractions"], ["distribution"]],
  activeMaterial: [["set"], ["bpx"]],
};

/** What a material set or file gives: naming another in a file takes the base's own away. */
const ofMaterial = [
  "maximumConcentration",
  "openCircuitPotential",
  "diffusivity",
  "exchangeCurrent",
  "initialStoichiometry",
  "usableWindow",
  "branch",
];

/** Keys that take others of the base away: a packing has its own box, with the collector at depth 0; spheres no stress state. */
const displaced: Readonly<Record<string, readonly string[]>> = {
  "geometry/packing": ["kind", "stressState", "collector", "separator", "mechanics"],
  "geometry/table": ["kind", "stressState", "collector", "separator", "mechanics"],
  "geometry/stack": ["stressState"],
  "activeMaterial/set": ofMaterial,
  "activeMaterial/bpx": ofMaterial,
};

/** Mappings that are replaced as a whole. */
const whole = new Set<string>(["openCircuitPotential", "diffusivity", "exchangeCurrent", ...verbs]);

/**
 * Reads a file and, when it has a key `base`, lays it over that file: mappings merge, everything else is replaced,
 * a mapping with another `kind` is replaced, and null takes a key away. Places point into the file that had the last word.
 * @throws InputFault for files that cannot be read, and for bases that form a ring or are more than eight deep.
 */
export function readLayered(source: FileSource, file: string): Layered {
  return layered(source, readDocument(source, file), file, []);
}

/** As `readLayered`, of a file that is read already. */
export function layered(source: FileSource, located: Located, file: string, above: readonly string[] = []): Layered {
  const base = valueAt(located.value, ["base"]);
  if (typeof base !== "string") return { ...located, files: [source.whole(file)] };
  const below = source.beside(file, base);
  const chain = [...above, source.whole(file)];
  if (chain.includes(source.whole(below)) || chain.length > 8) throw ring(located, file, base);
  const lower = unfilled(readBase(source, located, file, below, chain), located.value);
  const places = new Map<string, Place>(lower.places);
  const value = lay(lower.value, located.value, [], { from: located.places, to: places });
  return { value: { ...(value as object), base }, places, files: [source.whole(file), ...lower.files] };
}

/** A preset of the upper file fills what the base said of the interface and its feedback. */
function unfilled(lower: Layered, upper: unknown): Layered {
  const named = valueAt(upper, ["interface", "preset"]);
  if (typeof named !== "string" || !isMapping(lower.value)) return lower;
  const { interface: _, feedback: __, ...value } = lower.value;
  const places = new Map<string, Place>(lower.places);
  for (const key of ["interface", "feedback"]) forget(places, [key]);
  return { ...lower, value, places };
}

function readBase(
  source: FileSource,
  located: Located,
  file: string,
  below: string,
  chain: readonly string[],
): Layered {
  try {
    return layered(source, readDocument(source, below), below, chain);
  } catch (error) {
    const absent = error instanceof InputFault && error.faults[0]?.found === "no such file";
    if (!absent) throw error;
    const place = placeOf(located.places, ["base"], file);
    throw new InputFault([
      {
        place,
        key: "base",
        found: `${shown(below)}, which is no file`,
        allowed: "the path of a scenario file, relative to this one",
      },
    ]);
  }
}

function ring(located: Located, file: string, base: string): InputFault {
  const place = placeOf(located.places, ["base"], file);
  const allowed = "a file that does not build on this one, at most eight deep";
  return new InputFault([{ place, key: "base", found: shown(base), allowed }]);
}

interface Moving {
  readonly from: ReadonlyMap<string, Place>;
  readonly to: Map<string, Place>;
}

function lay(lower: unknown, upper: unknown, path: readonly string[], places: Moving): unknown {
  if (!isMapping(lower) || !isMapping(upper) || replaces(lower, upper, path)) {
    forget(places.to, path);
    for (const [key, place] of places.from) if (within(key, path)) places.to.set(key, place);
    return upper;
  }
  const merged: Record<string, unknown> = { ...lower };
  for (const key of excluded(upper, path.join("/"))) {
    delete merged[key];
    forget(places.to, [...path, key]);
  }
  const own = places.from.get(pathKey(path));
  if (own) places.to.set(pathKey(path), own);
  for (const [key, value] of Object.entries(upper)) {
    const below = [...path, key];
    if (value === null) {
      delete merged[key];
      forget(places.to, below);
    } else merged[key] = lay(merged[key], value, below, places);
  }
  return merged;
}

/** Keys of the base that those of the upper file leave no room for. */
function excluded(upper: Record<string, unknown>, path: string): readonly string[] {
  const groups = alternatives[path] ?? [];
  const named = groups.find((group) => group.some((key) => isGiven(upper, key)));
  const others = named === undefined ? [] : groups.filter((group) => group !== named).flat();
  return [
    ...others,
    ...Object.keys(upper).flatMap((key) => (isGiven(upper, key) && displaced[`${path}/${key}`]) || []),
  ];
}

function isGiven(upper: Record<string, unknown>, key: string): boolean {
  return Object.hasOwn(upper, key) && upper[key] !== null;
}

function replaces(lower: Record<string, unknown>, upper: Record<string, unknown>, path: readonly string[]): boolean {
  const kind = upper.kind;
  if (path.length > 0 && whole.has(path[path.length - 1])) return true;
  return path[0] !== "geometry" && kind !== undefined && kind !== lower.kind;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function within(key: string, path: readonly string[]): boolean {
  const top = pathKey(path);
  return top === "" || key === top || key.startsWith(`${top}/`);
}

function forget(places: Map<string, Place>, path: readonly string[]): void {
  for (const key of [...places.keys()]) if (within(key, path)) places.delete(key);
}
