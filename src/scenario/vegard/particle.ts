import { readPicture } from "../../imaging/volume/files.js";
import type { Picture } from "../../imaging/volume/volume.js";
import type { Grid } from "../../inference/vegard/mechanics.js";
import type { ParticleMaps } from "../../inference/vegard/particle-maps.js";
import { type GuidePicture, type Placement, register, resampled } from "../../inference/vegard/registration.js";
import { InputFault } from "../faults.js";
import { besides, note, type Reading } from "../reading.js";
import type { Channel, StackFile } from "./schema.js";

type ParticleEntry = NonNullable<StackFile["particles"]>[number];

/** How a particle's composition was laid upon its strain. */
export interface Alignment {
  readonly particle: string;
  readonly kind: "rigid" | "affine";
  readonly correlation: number;
  readonly placement: Placement;
}

export interface ReadParticle {
  readonly maps: ParticleMaps;
  /** µm */
  readonly pixelSize: number | null;
  readonly alignment: Alignment | null;
}

/** @throws InputFault at the key that names the picture, Unreadable for the picture itself. */
export async function readParticle(
  reading: Reading,
  index: number,
  particle: ParticleEntry,
  file: StackFile,
): Promise<ReadParticle> {
  const { name, angle } = particle;
  const needed = particle.composition ? (["xx", "yy"] as const) : (["composition", "xx", "yy"] as const);
  const path = ["particles", index, "file"];
  const strain = await readPages(reading, path, particle, particle.channels ?? file.channels, file.pixelSize, needed);
  const { grid, pixelSize } = strain;
  const pixels = grid.width * grid.height;
  const laid = particle.composition ? await laidComposition(reading, index, particle, file, strain) : null;
  const composition = laid?.composition ?? strain.page("composition")!;
  const bad = strain.page("bad");
  const kept = (values: Float64Array) => values.map((value, k) => (bad?.[k % pixels] ? Number.NaN : value));
  const all = new Float64Array(3 * pixels).fill(Number.NaN);
  for (const [c, component] of (["xx", "yy", "xy"] as const).entries())
    all.set(strain.page(component) ?? [], c * pixels);
  const mask = strain.page("mask") ?? shareOf(composition);
  const maps = { name, grid, composition: kept(composition), strain: kept(all), mask, angle };
  return { maps, pixelSize, alignment: laid?.alignment ?? null };
}

/** The composition of a stack of its own at the pixels of the strain. */
async function laidComposition(
  reading: Reading,
  index: number,
  particle: ParticleEntry,
  file: StackFile,
  strain: Pages,
): Promise<{ readonly composition: Float64Array; readonly alignment: Alignment | null }> {
  const path = ["particles", index, "composition"];
  const entry = particle.composition!;
  const size = entry.pixelSize ?? file.pixelSize;
  const other = await readPages(reading, [...path, "file"], entry, entry.channels, size, ["composition"]);
  if ((strain.pixelSize === null) !== (other.pixelSize === null))
    throw faultOf(reading, path, "a pixel size in one picture only", "pixelSize for both, or neither");
  const found = laidUpon(strain, other, file.registration);
  if (!found.ok) throw faultOf(reading, path, `pictures that do not fit: ${found.reason}`, "two of one particle");
  const { composition, placement, correlation } = found;
  const kind = file.registration;
  return {
    composition,
    alignment: kind === "none" ? null : { particle: particle.name, kind, correlation, placement },
  };
}

interface Pages {
  readonly grid: Grid;
  readonly pixelSize: number | null;
  /** `[pixel]`; undefined when the stack has none of it. */
  page(channel: Channel): Float64Array | undefined;
}

async function readPages(
  reading: Reading,
  path: readonly PropertyKey[],
  { file, dataset }: { readonly file: string; readonly dataset?: string | undefined },
  names: readonly Channel[],
  pixelSize: number | undefined,
  needed: readonly Channel[],
): Promise<Pages> {
  const missing = needed.filter((channel) => !names.includes(channel));
  if (missing.length > 0)
    throw faultOf(reading, path, `channels without ${missing.join(", ")}`, `channels that name ${needed.join(", ")}`);
  const picture = await readPicture(
    besides(reading, path, file),
    dataset === undefined ? { gaps: true } : { gaps: true, dataset },
  );
  const [pages, height, width] = picture.shape;
  if (pages !== names.length)
    throw faultOf(
      reading,
      path,
      `${pages} pages in ${file}`,
      `${names.length}, one for each channel: ${names.join(", ")}`,
    );
  const edges = edgesOf(picture, pixelSize);
  const page = (channel: Channel) => {
    const at = names.indexOf(channel);
    return at < 0
      ? undefined
      : Float64Array.from(picture.data.subarray(at * width * height, (at + 1) * width * height));
  };
  return { grid: { width, height, pixel: edges ?? [1, 1] }, pixelSize: edges ? edges[1] : null, page };
}

/** µm along y and x. @param stated m */
function edgesOf({ voxelSize }: Picture, stated: number | undefined): readonly [number, number] | null {
  if (stated !== undefined) return [stated * 1e6, stated * 1e6];
  return voxelSize === null ? null : [voxelSize[1], voxelSize[2]];
}

function faultOf(reading: Reading, path: readonly PropertyKey[], found: string, allowed: string): InputFault {
  note(reading, path, { found, allowed });
  return new InputFault(reading.faults);
}

type LaidUpon =
  | {
      readonly ok: true;
      readonly composition: Float64Array;
      readonly placement: Placement;
      readonly correlation: number;
    }
  | { readonly ok: false; readonly reason: string };

/** The composition at the strain's pixels. Pictures are laid upon each other by their guides, else by their masks. */
function laidUpon(strain: Pages, other: Pages, kind: StackFile["registration"]): LaidUpon {
  const composition = other.page("composition")!;
  const mask = other.page("mask");
  const bad = other.page("bad");
  const known = composition.map((value, k) => ((mask && mask[k] < 0.5) || bad?.[k] ? Number.NaN : value));
  const middle: Placement = { linear: [1, 0, 0, 1], shift: [0, 0], centre: [0, 0] };
  const found =
    kind === "none" ? { ok: true as const, placement: middle, correlation: 1 } : aligned(strain, other, known, kind);
  if (!found.ok) return found;
  return { ...found, composition: resampled(known, other.grid, strain.grid, found.placement) };
}

function aligned(strain: Pages, other: Pages, known: Float64Array, kind: "rigid" | "affine") {
  const guides = strain.page("guide") !== undefined && other.page("guide") !== undefined;
  const guide = (pages: Pages, fallback: Float64Array): GuidePicture => ({
    grid: pages.grid,
    value: (guides ? pages.page("guide")! : (pages.page("mask") ?? shareOf(fallback))).map((v) => (v > 0 ? v : 0)),
  });
  return register(guide(strain, strain.page("xx")!), guide(other, known), kind);
}

/** Inside is where a map holds numbers. */
function shareOf(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isFinite(value) ? 1 : 0));
}
