import { type Draws, draws } from "../../draws/draws.js";
import type { Shape, Volume, VoxelSize } from "../volume/volume.js";
import { type Ball, crowdedBalls, direction, touchingBalls } from "./balls.js";
import { type Appearance, greyPicture } from "./grey.js";
import { type Cap, type Crack, type Hollow, type Phantom, type PhantomParts, phantom } from "./phantom.js";
import { activeLevels, type RadialTruth } from "./radial-truth.js";

/** What a made-up electrode is like; lengths in µm. */
export interface PhantomRecipe {
  readonly seed: number;
  /** z, y, x */
  readonly voxelSize: VoxelSize;
  /** x, y, z */
  readonly box: readonly [number, number, number];
  readonly particles: {
    readonly count: number;
    /** Median of a lognormal distribution, and the standard deviation of the logarithm. */
    readonly radius: number;
    readonly spread: number;
    /** Neighbours come as near as the sum of their radii less this share. */
    readonly overlap: number;
    /** Each against another, or thrown in at random. */
    readonly placing: "touching" | "scattered";
  };
  /** Slits: share of the particles that have one, and its width. */
  readonly cracks: { readonly share: number; readonly width: number };
  /** Hollow middles: share of the particles, and radius as a share of the particle's. */
  readonly hollows: { readonly share: number; readonly radius: number };
  readonly binder: {
    /** Mean and standard deviation of the share of a particle under its layer. */
    readonly coverage: number;
    readonly deviation: number;
    readonly thickness: number;
    /** Share of the particles whose layer came off, and how far. */
    readonly detached: number;
    readonly gap: number;
  };
  /** At the surface and in the centre; the deviation is between particles. */
  readonly stoichiometry: { readonly surface: number; readonly centre: number; readonly deviation: number };
  /** Grey levels of active material at stoichiometry 0 and 1, and how the rest looks. */
  readonly levels: { readonly pore: number; readonly binder: number; readonly empty: number; readonly full: number };
  readonly look: Omit<Appearance, "levels">;
}

/** A phantom with its grey levels. */
export interface MadePhantom {
  readonly parts: PhantomParts;
  readonly phantom: Phantom;
  readonly grey: Volume<Uint8Array>;
  readonly stoichiometry: readonly RadialTruth[];
}

/**
 * Paints an electrode of a recipe: the same recipe gives the same bits.
 * @throws RangeError when the box is too full for its particles
 */
export function makePhantom(recipe: PhantomRecipe): MadePhantom {
  const parts = partsOf(recipe);
  const shape = [2, 1, 0].map((axis, k) => Math.round(recipe.box[axis] / recipe.voxelSize[k])) as unknown as Shape;
  const made = phantom(parts, shape, recipe.voxelSize);
  const stoichiometry = radialTruth(recipe, parts.balls.length);
  const { pore, binder, empty, full } = recipe.levels;
  const active = activeLevels(made, stoichiometry, (x) => empty + x * (full - empty));
  const look = { ...recipe.look, levels: [pore, full, binder] as const };
  const grey = greyPicture(made.phases, look, draws(recipe.seed, "noise"), active);
  return { parts, phantom: made, grey, stoichiometry };
}

function partsOf({ seed, box, particles, cracks, hollows, binder }: PhantomRecipe): PhantomParts {
  const place = particles.placing === "touching" ? touchingBalls : crowdedBalls;
  const balls = place({ ...particles, box }, draws(seed, "balls"));
  return {
    balls,
    cracks: someOf(balls, cracks.share, draws(seed, "cracks"), (particle, ball, random) => {
      const offset = (random.uniform() - 0.5) * ball.radius;
      return { particle, normal: direction(random), offset, width: cracks.width } satisfies Crack;
    }),
    hollows: someOf(balls, hollows.share, draws(seed, "hollows"), (particle, ball) => {
      return { particle, radius: hollows.radius * ball.radius } satisfies Hollow;
    }),
    caps: capsOf(balls, binder, seed),
  };
}

/** Something on each of a share of the balls. */
function someOf<T>(
  balls: readonly Ball[],
  share: number,
  random: Draws,
  make: (particle: number, ball: Ball, random: Draws) => T,
): T[] {
  return balls.flatMap((ball, k) => (random.uniform() < share ? [make(k + 1, ball, random)] : []));
}

function capsOf(balls: readonly Ball[], binder: PhantomRecipe["binder"], seed: number): Cap[] {
  const random = draws(seed, "binder");
  return balls.map((_, k) => {
    const coverage = Math.min(1, Math.max(0, binder.coverage + binder.deviation * random.normal()));
    const towards = direction(random);
    const gap = random.uniform() < binder.detached ? binder.gap : 0;
    return { particle: k + 1, towards, angle: Math.acos(1 - 2 * coverage), thickness: binder.thickness, gap };
  });
}

function radialTruth({ seed, stoichiometry }: PhantomRecipe, count: number): RadialTruth[] {
  const random = draws(seed, "stoichiometry");
  return Array.from({ length: count }, () => {
    const shift = stoichiometry.deviation * random.normal();
    return { surface: stoichiometry.surface + shift, centre: stoichiometry.centre + shift };
  });
}
