/** Phantom files: a made-up electrode whose truth is known, in words with units. */
import * as z from "zod";
import type { PhantomRecipe } from "../../imaging/phantom/recipe.js";
import { count, notNegative, number, positive, section, word } from "../../schema/leaf.js";
import { disk } from "../disk.js";
import { type Located, readDocument } from "../document.js";
import { InputFault } from "../faults.js";
import { faultAt, faultsOf } from "../issues.js";

const share = number(0, 1);
const length = positive("length");
const grey = number(0, 255);
const threeLengths = 'three lengths with units for x, y, z, such as ["40 um", "40 um", "40 um"]';

/** SI units, as parsed. Every key has a default, so that an empty mapping is a phantom. */
const phantomFile = section({
  seed: count(0, 2 ** 32 - 1).default(1),
  voxelSize: length.prefault("0.4 um"),
  box: z.tuple([length, length, length], { error: threeLengths }).prefault(["40 um", "40 um", "40 um"]),
  particles: section({
    count: count(1, 100_000).default(60),
    radius: length.prefault("4 um"),
    spread: number(0, 1).default(0.15),
    overlap: number(0, 0.5).default(0),
    placing: word(["touching", "scattered"]).default("touching"),
  }).prefault({}),
  cracks: section({ share: share.default(0.5), width: length.prefault("1.2 um") }).prefault({}),
  hollows: section({ share: share.default(0.2), radius: number(0, 0.9).default(0.25) }).prefault({}),
  binder: section({
    coverage: share.default(0.5),
    deviation: number(0, 0.5).default(0.15),
    thickness: length.prefault("0.8 um"),
    detached: share.default(0.2),
    gap: length.prefault("0.8 um"),
  }).prefault({}),
  stoichiometry: section({
    surface: share.default(0.4),
    centre: share.default(0.6),
    deviation: number(0, 0.3).default(0.05),
  }).prefault({}),
  grey: section({
    pore: grey.default(40),
    binder: grey.default(70),
    empty: grey.default(150),
    full: grey.default(190),
    blur: notNegative("length").prefault("0.3 um"),
    noise: number(0, 100).default(6),
    rings: number(0, 100).default(0),
    slope: number(-100, 100).default(0),
  }).prefault({}),
});

type PhantomFile = z.output<typeof phantomFile>;

/** Voxels; a larger phantom is refused before it is painted. */
const largest = 200_000_000;

/**
 * The phantom that a file describes; without a file, the one that every default gives.
 * @throws InputFault with every fault found
 */
export function readPhantom(path?: string): PhantomRecipe {
  const located: Located = path === undefined ? { value: {}, places: new Map() } : readDocument(disk, path);
  const file = path ?? "phantom";
  const parsed = phantomFile.safeParse(located.value ?? {});
  if (!parsed.success) throw new InputFault(faultsOf(parsed.error, located, file));
  const recipe = recipeOf(parsed.data);
  const voxels = recipe.box.reduce((product, edge) => product * Math.round(edge / recipe.voxelSize[0]), 1);
  const refuse = (key: string, found: string, allowed: string) =>
    new InputFault([faultAt(located, file, [key], { found, allowed })]);
  if (voxels < 1 || voxels > largest)
    throw refuse("box", `${voxels} voxels`, `1 to ${largest} voxels: a smaller box, or larger voxels`);
  if (recipe.particles.radius < 3 * recipe.voxelSize[0])
    throw refuse("particles", `a radius of ${recipe.particles.radius} um`, "at least three voxels");
  return recipe;
}

/** In µm. */
function recipeOf({
  voxelSize,
  box,
  particles,
  cracks,
  binder,
  hollows,
  grey: look,
  ...rest
}: PhantomFile): PhantomRecipe {
  const um = (metres: number) => Number((1e6 * metres).toPrecision(12));
  const edge = um(voxelSize);
  return {
    ...rest,
    hollows,
    voxelSize: [edge, edge, edge],
    box: [um(box[0]), um(box[1]), um(box[2])],
    particles: { ...particles, radius: um(particles.radius) },
    cracks: { ...cracks, width: um(cracks.width) },
    binder: { ...binder, thickness: um(binder.thickness), gap: um(binder.gap) },
    levels: { pore: look.pore, binder: look.binder, empty: look.empty, full: look.full },
    look: { blur: um(look.blur), noise: look.noise, rings: look.rings, slope: look.slope },
  };
}
