import { Unreadable } from "./unreadable.js";
import { type Shape, type Voxels, voxelCount } from "./volume.js";

/** Which of several channels and times of a file is read; both count from 1, as on the command line. */
export interface PlaneChoice {
  readonly channel?: number;
  readonly time?: number;
}

/** An axis as a file names it. */
export interface NamedAxis {
  readonly name: string;
  readonly length: number;
}

/** Where z, y and x lie among the axes of a file. */
export interface PlacedAxes {
  /** `[z, y, x]` */
  readonly shape: Shape;
  /** Place of z, y, x among the axes of the file; null for one that it lacks. */
  readonly places: readonly [number | null, number | null, number | null];
  /** Index taken along every axis of the file; 0 along z, y, x. */
  readonly at: readonly number[];
  /** What to say of it in the provenance, where there is something. */
  readonly note: string | null;
}

/** Names of axes in files: NGFF, xarray, vigra, tifffile. */
const meanings: Readonly<Record<string, "z" | "y" | "x" | "c" | "t">> = {
  ...{ z: "z", depth: "z", plane: "z", slice: "z" },
  ...{ y: "y", height: "y", row: "y" },
  ...{ x: "x", width: "x", column: "x" },
  ...{ c: "c", channel: "c", channels: "c", s: "c", sample: "c" },
  ...{ t: "t", time: "t", frame: "t" },
};

const meaningOf = (name: string) => meanings[name.trim().toLowerCase()] ?? null;

/** Whether names say which axes are x and y. */
export function namesPlane(names: readonly (string | null | undefined)[]): boolean {
  const found = names.map((name) => (name == null ? null : meaningOf(name)));
  return found.includes("x") && found.includes("y");
}

/**
 * Finds z, y and x by their names, whatever their order; of several channels or times the chosen one.
 * @throws Unreadable for axes that a volume lacks, and for several channels or times of which none is chosen
 */
export function placedByName(path: string, axes: readonly NamedAxis[], choice: PlaneChoice = {}): PlacedAxes {
  const words = axes.map(({ name, length }) => `${name} (${length})`).join(", ");
  const named = axes.map(({ name }) => meaningOf(name));
  for (const [k, meaning] of named.entries()) {
    const { name, length } = axes[k] as NamedAxis;
    if (meaning === null && length !== 1)
      throw new Unreadable(path, `found the axes ${words}; ${name} is none of z, y, x, channel (c) and time (t).`);
    if (meaning !== null && named.indexOf(meaning) !== k)
      throw new Unreadable(path, `found the axes ${words}; each of z, y, x, channel and time stands once.`);
  }
  const place = (meaning: "z" | "y" | "x") => (named.includes(meaning) ? named.indexOf(meaning) : null);
  const places = [place("z"), place("y"), place("x")] as const;
  if (places[1] === null || places[2] === null)
    throw new Unreadable(path, `found the axes ${words}; a volume has x and y, and z unless it is a single slice.`);
  const count = (meaning: "c" | "t") => axes[named.indexOf(meaning)]?.length ?? 1;
  const channel = chosenPlane(path, "channel", count("c"), choice.channel);
  const time = chosenPlane(path, "time", count("t"), choice.time);
  const length = (at: number | null) => (at === null ? 1 : (axes[at]?.length ?? 1));
  return {
    shape: [length(places[0]), length(places[1]), length(places[2])],
    places,
    at: named.map((meaning) => (meaning === "c" ? channel : meaning === "t" ? time : 0)),
    note: planeWords(count("c"), channel, count("t"), time),
  };
}

/**
 * Index of the channel or time that is read.
 * @param count how many the file has
 * @param chosen counted from 1
 * @throws Unreadable when there are several and none is chosen, or the chosen one is not there
 */
export function chosenPlane(path: string, kind: "channel" | "time", count: number, chosen: number | undefined): number {
  if (chosen === undefined && count === 1) return 0;
  if (chosen !== undefined && Number.isInteger(chosen) && chosen >= 1 && chosen <= count) return chosen - 1;
  const found = `found ${count} ${kind}${count === 1 ? "" : "s"}`;
  if (chosen === undefined)
    throw new Unreadable(path, `${found}; a volume has one. Choose it: --${kind} 1 to --${kind} ${count}.`);
  throw new Unreadable(path, `${found}; --${kind} ${chosen} is not among them. They count from 1.`);
}

function planeWords(channels: number, channel: number, times: number, time: number): string | null {
  const words = [
    ...(channels > 1 ? [`channel ${channel + 1} of ${channels}`] : []),
    ...(times > 1 ? [`time ${time + 1} of ${times}`] : []),
  ];
  return words.length === 0 ? null : words.join(", ");
}

/**
 * Axes without names count by their place: z, y, x, or y, x of a single slice. Axes of length 1 before them (time,
 * channel) are passed over, and one behind them: (rows, columns, 1) is a slice with one channel, not a stack of lines.
 * @throws Unreadable
 */
export function placedByPlace(path: string, lengths: readonly number[]): PlacedAxes {
  const trailing = lengths.length > 2 && lengths.at(-1) === 1 ? 1 : 0;
  const last = lengths.length - trailing;
  const lead = Math.max(0, last - 3);
  if (last < 2 || lengths.slice(0, lead).some((length) => length !== 1)) {
    const found = lengths.length === 1 ? "1 axis" : `${lengths.length} axes`;
    throw new Unreadable(
      path,
      `found an array with ${found} (${lengths.join(" × ") || "a single number"}); 3 are allowed (z, y, x), or 2 for a single slice.`,
    );
  }
  const z = last - lead === 3 ? lead : null;
  return {
    shape: [z === null ? 1 : (lengths[z] as number), lengths[last - 2] as number, lengths[last - 1] as number],
    places: [z, last - 2, last - 1],
    at: lengths.map(() => 0),
    note: trailing === 1 && last === 2 ? `${lengths.join(" × ")} read as one slice: the last axis is a channel` : null,
  };
}

/** Elements from one index to the next along each axis, the last running fastest (C) or the first (F). */
export function stridesOf(lengths: readonly number[], order: "C" | "F" = "C"): number[] {
  const strides = lengths.map(() => 0);
  let step = 1;
  for (let k = 0; k < lengths.length; k++) {
    const axis = order === "F" ? k : lengths.length - 1 - k;
    strides[axis] = step;
    step *= lengths[axis] as number;
  }
  return strides;
}

/** Part of an array in a file that goes into a box of a picture. */
export interface StridedPart {
  readonly data: ArrayLike<number>;
  /** First element taken. */
  readonly start: number;
  /** Elements from one voxel to the next along z, y, x. */
  readonly strides: Shape;
  /** First voxel of the box, and its shape. */
  readonly from: Shape;
  readonly shape: Shape;
}

/** Puts a part of an array in its place in `[z][y][x]`, whatever the order of its axes. */
export function putStrided({ data, start, strides, from, shape }: StridedPart, target: Voxels, whole: Shape): void {
  const [sz, sy, sx] = strides;
  const [nz, ny, nx] = shape;
  const rows = sx === 1 && ArrayBuffer.isView(data) ? (data as Voxels) : null;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const to = ((from[0] + z) * whole[1] + from[1] + y) * whole[2] + from[2];
      const at = start + z * sz + y * sy;
      if (rows !== null) target.set(rows.subarray(at, at + nx), to);
      else for (let x = 0; x < nx; x++) target[to + x] = data[at + x * sx] as number;
    }
  }
}

/** Strides along z, y, x of an array whose axes are placed; 0 along one that it lacks. */
export function placedStrides({ places }: PlacedAxes, strides: readonly number[]): Shape {
  const along = (place: number | null) => (place === null ? 0 : (strides[place] as number));
  return [along(places[0]), along(places[1]), along(places[2])];
}

/** A whole array in memory as `[z][y][x]`; the data themselves where they lie so already. */
export function inOrder<V extends Voxels>(data: V, placed: PlacedAxes, strides: readonly number[]): V {
  const { shape, at } = placed;
  const along = placedStrides(placed, strides);
  const start = at.reduce((sum, index, k) => sum + index * (strides[k] as number), 0);
  const usual = stridesOf(shape);
  if (start === 0 && data.length === voxelCount(shape) && along.every((step, k) => shape[k] === 1 || step === usual[k]))
    return data;
  const target = new (data.constructor as new (count: number) => V)(voxelCount(shape));
  putStrided({ data, start, strides: along, from: [0, 0, 0], shape }, target, shape);
  return target;
}
