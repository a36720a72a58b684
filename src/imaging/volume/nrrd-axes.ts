import { namesPlane, type PlacedAxes, type PlaneChoice, placedByName, placedByPlace } from "./axes.js";
import { refusedField } from "./header-fields.js";
import { edge } from "./length-unit.js";
import type { NrrdFields } from "./nrrd-header.js";
import { wholeNumber } from "./nrrd-header.js";
import { Unreadable } from "./unreadable.js";
import type { VoxelSize } from "./volume.js";

/** Axes of an NRRD file, the slowest first (its header names the fastest first). */
export interface NrrdAxes {
  readonly lengths: readonly number[];
  readonly placed: PlacedAxes;
  readonly voxelSize: VoxelSize | null;
}

/** @throws Unreadable for axes that a volume lacks, for several channels or times, and for sheared ones */
export function nrrdAxes(path: string, fields: NrrdFields, choice: PlaneChoice): NrrdAxes {
  const sizes = (fields.get("sizes") ?? "").split(/\s+/).map(Number);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 1))
    refusedField(path, "sizes", fields.get("sizes") ?? "(none)", "whole numbers, each at least one");
  const dimension = wholeNumber(path, fields, "dimension", sizes.length, 1);
  if (dimension !== sizes.length)
    throw new Unreadable(
      path,
      `found the dimension ${dimension} and the sizes ${fields.get("sizes")}; one size an axis is due.`,
    );
  const vectors = vectorsOf(path, fields, dimension);
  const names = namesOf(path, fields, vectors, dimension).reverse();
  const lengths = sizes.reverse();
  const placed = names.includes("x")
    ? placedByName(
        path,
        lengths.map((length, k) => ({ name: names[k] ?? "", length })),
        choice,
      )
    : placedByPlace(path, lengths);
  return { lengths, placed, voxelSize: sizeOf(placed, edgesOf(path, fields, vectors, dimension).reverse()) };
}

const space = new Set(["domain", "space", "none", "???"]);
const several =
  /^(list|vector|covariant-vector|normal|scalar|stub|point|(rgb|hsv|xyz|rgba|2|3|4)-(color|vector|gradient|normal))$/;

/** Names of the axes by their labels or kinds, fastest first; empty where only their place counts. */
function namesOf(path: string, fields: NrrdFields, vectors: Vectors | null, dimension: number): string[] {
  const quoted = fields.get("labels");
  const labels = quoted === undefined ? null : strings(path, "labels", quoted, dimension);
  if (labels !== null && namesPlane(labels)) return labels;
  const kinds = (fields.get("kinds") ?? Array(dimension).fill("domain").join(" ")).toLowerCase().split(/\s+/);
  if (kinds.length !== dimension) refusedField(path, "kinds", kinds.join(" "), `one an axis, ${dimension}`);
  const plain = ["x", "y", "z"];
  const names = kinds.map((kind, k) => {
    if (kind === "time") return "time";
    if (several.test(kind) || (vectors !== null && vectors[k] === null)) return "channel";
    if (space.has(kind)) return plain.shift() ?? "a fourth axis in space";
    return refusedField(path, "kinds", kinds.join(" "), "domain, space, time, list, vector and colours");
  });
  return fields.has("kinds") || names.includes("channel") || dimension <= 3 ? names : [];
}

/** Direction of one step along each axis, fastest first; null for an axis that is none of space. */
type Vectors = readonly (readonly number[] | null)[];

function vectorsOf(path: string, fields: NrrdFields, dimension: number): Vectors | null {
  const text = fields.get("space directions");
  if (text === undefined) return null;
  if (fields.has("spacings"))
    throw new Unreadable(path, 'found the fields "spacings" and "space directions"; one of them is due.');
  const vectors = [...text.matchAll(/\(([^)]*)\)|none/g)].map(([, inner]) =>
    inner === undefined ? null : inner.split(",").map(Number),
  );
  const given = vectors.filter((vector) => vector !== null);
  const ranks = new Set(given.map((vector) => vector.length));
  if (vectors.length !== dimension || ranks.size !== 1 || given.flat().some((value) => !Number.isFinite(value)))
    refusedField(path, "space directions", text, `a vector of numbers or none for each of ${dimension} axes`);
  for (const [k, a] of given.entries()) {
    for (const b of given.slice(0, k)) {
      const dot = a.reduce((sum, value, axis) => sum + value * (b[axis] as number), 0);
      if (Math.abs(dot) <= 1e-4 * Math.hypot(...a) * Math.hypot(...b)) continue;
      refusedField(path, "space directions", text, "axes at right angles to each other. Resample the picture");
    }
  }
  return vectors;
}

/** Edges of a voxel in µm along each axis, fastest first; null where the header does not say. */
function edgesOf(path: string, fields: NrrdFields, vectors: Vectors | null, dimension: number): (number | null)[] {
  if (vectors !== null) {
    const rank = vectors.find((vector) => vector !== null)?.length ?? 0;
    const text = fields.get("space units");
    const units = text === undefined ? [] : strings(path, "space units", text, rank);
    return vectors.map((vector) => {
      const parts = (vector ?? []).map((value, k) => (value === 0 ? 0 : edge(Math.abs(value), units[k] ?? "")));
      const known = parts.filter((part) => part !== null);
      return known.length < parts.length ? null : edge(Math.hypot(...known), "um");
    });
  }
  const text = fields.get("spacings");
  if (text === undefined) return Array(dimension).fill(null);
  const spacings = text.split(/\s+/).map(Number);
  if (spacings.length !== dimension) refusedField(path, "spacings", text, `one number an axis, ${dimension}`);
  const quoted = fields.get("units");
  const common = fields.get("space units");
  const units =
    quoted !== undefined
      ? strings(path, "units", quoted, dimension)
      : common !== undefined
        ? strings(path, "space units", common)
        : [];
  return spacings.map((spacing, k) => edge(Math.abs(spacing), units[k] ?? ""));
}

function strings(path: string, name: string, text: string, count?: number): string[] {
  const found = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) => word as string);
  if (count === undefined || found.length === count) return found;
  return refusedField(path, name, text, `${count} words in quotes`);
}

function sizeOf({ places }: PlacedAxes, edges: readonly (number | null)[]): VoxelSize | null {
  const [dz, dy, dx] = places.map((place) => (place === null ? undefined : edges[place]));
  if (dy == null || dx == null || dz === null) return null;
  return [dz ?? dx, dy, dx];
}
