import * as z from "zod";
import type { PlacedAxes } from "./axes.js";
import { edge } from "./length-unit.js";
import { Unreadable } from "./unreadable.js";
import type { VoxelSize } from "./volume.js";

/** An axis as multiscales name it. */
interface LevelAxis {
  readonly name: string;
  readonly unit: string;
}

/** One resolution of a picture. */
export interface ZarrLevel {
  /** Of its array within the group. */
  readonly path: string;
  readonly finest: boolean;
  /** Null where the version is from before axes had names. */
  readonly axes: readonly LevelAxis[] | null;
  /** Steps along each axis of the array, the level's and those of all levels multiplied; null when none is said. */
  readonly scale: readonly number[] | null;
}

const transformations = z.array(z.looseObject({ type: z.string(), scale: z.array(z.number()).optional() }));
const axis = z.union([
  z.string().transform((name) => ({ name, unit: "" })),
  z
    .object({ name: z.string(), type: z.string().nullish(), unit: z.string().nullish() })
    .transform(({ name, type, unit }) => ({
      // A channel may have any name; its type says what it is.
      name: type === "channel" || type === "time" ? type : name,
      unit: unit ?? "",
    })),
]);
const multiscale = z.object({
  axes: z.array(axis).optional(),
  datasets: z.array(z.object({ path: z.string(), coordinateTransformations: transformations.optional() })).min(1),
  coordinateTransformations: transformations.optional(),
});

/**
 * The resolutions that the attributes of a group say it has, the finest of each picture first.
 * @throws Unreadable when they say it in a way that is not read
 */
export function zarrLevels(path: string, attributes: Readonly<Record<string, unknown>>): ZarrLevel[] {
  const ome = (attributes.ome ?? attributes) as { multiscales?: unknown };
  if (ome.multiscales === undefined) return [];
  const found = z.array(multiscale).safeParse(ome.multiscales);
  if (!found.success) {
    const issue = found.error.issues[0];
    throw new Unreadable(
      path,
      `its multiscales cannot be used; ${issue?.path.join(".") || "content"}: ${issue?.message}.`,
    );
  }
  return found.data.flatMap(({ axes = null, datasets, coordinateTransformations: all = [] }) =>
    datasets.map((dataset, k) => ({
      path: dataset.path.replace(/^\/+|\/+$/g, ""),
      finest: k === 0,
      axes,
      scale: scaleOf(path, [...(dataset.coordinateTransformations ?? []), ...all]),
    })),
  );
}

/** Scales one after the other multiply; a translation moves the picture and leaves its voxels as large as they are. */
function scaleOf(path: string, steps: z.infer<typeof transformations>): readonly number[] | null {
  let all: readonly number[] | null = null;
  for (const { type, scale } of steps) {
    if (type === "identity" || type === "translation") continue;
    if (type !== "scale" || scale === undefined)
      throw new Unreadable(
        path,
        `found the coordinate transformation ${type}${type === "scale" ? " by a path" : ""}; scale (a list), translation and identity are allowed.`,
      );
    const before: readonly number[] = all ?? scale.map(() => 1);
    if (before.length !== scale.length)
      throw new Unreadable(path, `found scales of ${before.length} and ${scale.length} axes for one level.`);
    all = scale.map((factor, k) => factor * (before[k] as number));
  }
  return all;
}

/** µm; null when scale or units are missing. A single slice is taken to be as thick as its pixels are wide. */
export function levelSize(path: string, { axes, scale }: ZarrLevel, { shape, places }: PlacedAxes): VoxelSize | null {
  if (axes === null || scale === null) return null;
  if (scale.length !== axes.length)
    throw new Unreadable(path, `found a scale of ${scale.length} numbers for ${axes.length} axes.`);
  const [z, y, x] = places.map((k) => (k === null ? null : edge(scale[k] as number, axes[k]?.unit ?? "")));
  if (x == null || y == null) return null;
  if (z != null) return [z, y, x];
  return shape[0] === 1 ? [x, y, x] : null;
}
