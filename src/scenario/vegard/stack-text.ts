import { stringify } from "yaml";
import type { CrystalStiffness } from "../../inference/vegard/stiffness.js";
import type { Stack } from "./load.js";

/** `stack.yaml` for made-up maps that were written as pictures. */
export function stackText({ title, pixelSize, settings, synthetic }: Stack, displaced: boolean): string {
  const { boundary, state, axes, components, empty, full, reference, compositionNoise, heldOut } = settings;
  const strain = ["xx", "yy", "xy", "mask"];
  return stringify({
    title,
    ...(pixelSize !== null && { pixelSize: `${pixelSize} um` }),
    boundary,
    state,
    axes,
    shear: components === 3,
    stiffness: { empty: inWords(empty), full: inWords(full) },
    reference,
    compositionNoise,
    ...(heldOut !== undefined && { heldOut }),
    registration: displaced ? "rigid" : "none",
    channels: displaced ? strain : ["composition", ...strain],
    particles: synthetic!.particles.map(({ maps: { name, angle } }) => ({
      name,
      file: `${name}.tif`,
      angle: `${angle} rad`,
      ...(displaced && { composition: { file: `${name}-composition.tif`, channels: ["composition", "mask"] } }),
    })),
  });
}

function inWords(crystal: CrystalStiffness) {
  return Object.fromEntries(Object.entries(crystal).map(([name, value]) => [name, `${value} GPa`]));
}
