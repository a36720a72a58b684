import { type ElementOrder, freeParticle } from "./free-particle.js";
import type { Mechanics } from "./mechanics.js";
import { eroded, filled, type ParticleMaps } from "./particle-maps.js";
import { periodicPatch } from "./periodic-patch.js";
import {
  type CrystalAxis,
  type CrystalStiffness,
  mixedStiffness,
  type PlaneState,
  planeStiffness,
} from "./stiffness.js";

/** What a picture shows: a whole particle with a free surface, or a patch that repeats on all sides. */
export const boundaries = ["free", "periodic"] as const;
export type Boundary = (typeof boundaries)[number];

export interface MechanicsSettings {
  readonly boundary: Boundary;
  readonly state: PlaneState;
  /** In the plane: the first at the particle's angle from x, the second a quarter turn on towards y. */
  readonly axes: readonly [CrystalAxis, CrystalAxis];
  /** At composition 0 and at 1; in between the share counts. */
  readonly empty: CrystalStiffness;
  readonly full: CrystalStiffness;
  /** Of the finite elements; the Fourier transforms of a periodic patch have none. */
  readonly order: ElementOrder;
  /** Pixels at the particle's edge that are not used, since the surface cuts them. */
  readonly margin: number;
}

/** A particle with its mechanics factored and the measurements that can be used. */
export interface PreparedParticle {
  readonly maps: ParticleMaps;
  readonly mechanics: Mechanics;
  /** `[pixel]` everywhere known. */
  readonly composition: Float64Array;
  /** Places in `[xx, yy, xy][pixel]` of the measurements that count. */
  readonly rows: Int32Array;
  /** Pixels inside, those whose composition was filled in, and those with any measurement that counts. */
  readonly pixels: { readonly inside: number; readonly filled: number; readonly used: number };
  /** `[pixel]` 1 where composition was measured inside the mask. */
  readonly measured: Uint8Array;
}

/** @throws RangeError when a particle has no composition, no strain or an impossible patch. */
export function prepareParticle(maps: ParticleMaps, settings: MechanicsSettings): PreparedParticle {
  const { grid, name } = maps;
  const mask = Uint8Array.from(maps.mask, (share) => (share >= 0.5 ? 1 : 0));
  const periodic = settings.boundary === "periodic";
  if (periodic && mask.includes(0))
    throw new RangeError(`Particle ${name}: found pixels outside the mask; a periodic patch fills its picture.`);
  const measured = mask.map((inside, k) => (inside && Number.isFinite(maps.composition[k]) ? 1 : 0));
  if (!measured.includes(1))
    throw new RangeError(`Particle ${name}: found no pixel with a composition inside its mask.`);
  const composition = filled(grid, maps.composition, (pixel) => measured[pixel] === 1);
  const mechanics = periodic
    ? periodicPatch(grid, uniformStiffness(maps, settings))
    : freeParticle(grid, maps.mask, stiffnessByComposition(maps, composition, settings), settings.order);
  const inner = periodic ? mask : eroded(grid, mask, settings.margin);
  const pixels = grid.width * grid.height;
  const usable = (k: number) => Number.isFinite(maps.strain[k]) && inner[k % pixels] && mechanics.body[k % pixels];
  const rows = Int32Array.from(maps.strain.keys()).filter((k) => usable(k) && measured[k % pixels] === 1);
  if (rows.length === 0)
    throw new RangeError(
      `Particle ${name}: found no strain at pixels whose composition is known, ${settings.margin} pixels from its edge or more.`,
    );
  const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0);
  const inside = count(mask);
  const used = new Set(Array.from(rows, (row) => row % pixels)).size;
  return { maps, mechanics, composition, rows, measured, pixels: { inside, filled: inside - count(measured), used } };
}

function uniformStiffness({ name, angle }: ParticleMaps, settings: MechanicsSettings) {
  const { empty, full, axes, state } = settings;
  if (JSON.stringify(empty) !== JSON.stringify(full))
    throw new RangeError(
      `Particle ${name}: found stiffness that varies with composition; a periodic patch needs one stiffness. Give both ends the same.`,
    );
  return planeStiffness(empty, axes, state, angle);
}

/** Stiffness of each pixel, between that at composition 0 and that at 1. */
export function stiffnessByComposition(
  { angle }: Pick<ParticleMaps, "angle">,
  composition: Float64Array,
  settings: MechanicsSettings,
) {
  const { empty, full, axes, state } = settings;
  const [low, high] = [planeStiffness(empty, axes, state, angle), planeStiffness(full, axes, state, angle)];
  return (pixel: number) => mixedStiffness(low, high, Math.min(1, Math.max(0, composition[pixel])));
}
