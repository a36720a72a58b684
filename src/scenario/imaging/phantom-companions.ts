import type { PhantomRecipe } from "../../imaging/phantom/recipe.js";
import { version } from "../version.js";

/** The dataset card of a phantom. */
export function phantomCard({ seed, voxelSize }: PhantomRecipe): string {
  return [
    "sample: painted balls with cracks, voids and binder; no measurement",
    "chemistry: none, grey levels are painted",
    "cycling: unknown",
    `voxelSize: ${voxelSize[2]} um`,
    "kind: grey",
    `source: synchrode phantom, version ${version()}, seed ${seed}`,
    "licence: CC0-1.0",
    "",
  ].join("\n");
}

/** Electron densities that a phantom's grey levels stand for, Å⁻³ at grey level 0 and per level: painted, of no material. */
const density = (grey: number) => Number((0.94 + 0.0025 * grey).toPrecision(6));

/** The calibration with which a phantom was painted. */
export function phantomCalibration({ levels }: PhantomRecipe): string {
  const point = (grey: number) => `${density(grey)} 1/angstrom^3`;
  return [
    "material: none, densities of a phantom",
    "source: the phantom's own recipe",
    "references: # grey level to electron density",
    `  - { name: pore, greyLevel: ${levels.pore}, electronDensity: ${point(levels.pore)} }`,
    `  - { name: binder, greyLevel: ${levels.binder}, electronDensity: ${point(levels.binder)} }`,
    `  - { name: active material without lithium, greyLevel: ${levels.empty}, electronDensity: ${point(levels.empty)} }`,
    "states: # electron density to stoichiometry",
    `  - { stoichiometry: 0, electronDensity: ${point(levels.empty)} }`,
    `  - { stoichiometry: 1, electronDensity: ${point(levels.full)} }`,
    "",
  ].join("\n");
}
