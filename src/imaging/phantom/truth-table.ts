import { type ParticleTable, particleTable } from "../../table/particle-table.js";
import { looks } from "../attribute/physical.js";
import { balls as roundBalls } from "../surface/round-body.js";
import { voxelVolume } from "../volume/volume.js";
import { radialMeans } from "./radial-truth.js";
import type { MadePhantom } from "./recipe.js";
import { surfaceTruth } from "./surface-truth.js";

/** What each particle of a phantom is, under the names under which it is measured. */
export function truthTable({ parts, phantom: made, stoichiometry }: MadePhantom): ParticleTable {
  const { truth, phases } = made;
  const edge = [...phases.voxelSize].reverse();
  const size = [...phases.shape].reverse().map((count, axis) => count * edge[axis]) as [number, number, number];
  const surfaces = truth.map((_, k) => surfaceTruth(parts, k, size));
  const volume = truth.map(({ voxels }) => voxels * voxelVolume(phases.voxelSize));
  return particleTable({
    Particle: truth.map((_, k) => k + 1),
    "x [um]": truth.map(({ ball }) => ball.centre[0]),
    "y [um]": truth.map(({ ball }) => ball.centre[1]),
    "z [um]": truth.map(({ ball }) => ball.centre[2]),
    "Particle radius [um]": volume.map((v) => roundBalls.radius(v)),
    Coverage: surfaces.map(({ coverage }) => coverage),
    "Crack share": truth.map(({ crackVoxels, voxels }) => crackVoxels / voxels),
    "Native void fraction": truth.map(({ hollowVoxels, voxels }) => hollowVoxels / voxels),
    "Volume [um3]": volume,
    Detachment: surfaces.map(({ coverage }) => 1 - coverage),
    ...Object.fromEntries(
      looks.map((look, way) => [`Detachment towards ${look}`, surfaces.map(({ towards }) => 1 - towards[way])]),
    ),
    "Mean stoichiometry": radialMeans(made, stoichiometry),
    "Surface stoichiometry": stoichiometry.map(({ surface }) => surface),
    "Centre stoichiometry": stoichiometry.map(({ centre }) => centre),
    "Touches edge": truth.map(({ ball: { centre, radius } }) =>
      centre.some((at, axis) => at - radius < edge[axis] || at + radius > size[axis] - edge[axis]) ? 1 : 0,
    ),
  });
}
