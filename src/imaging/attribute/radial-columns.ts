import { type ParticleTable, particleTable } from "../../table/particle-table.js";
import { type Specimen, type StoredSpecimen, storedSpecimen } from "../matter/specimen.js";
import { finished, type Strides } from "../steps/steps.js";
import { usualSlab } from "../volume/slab.js";
import type { Calibration } from "./calibration.js";
import { noiseInflation } from "./noise-correlation.js";
import { depthShells, fractionShells, type RadialSums, radialSums, type ShellScale, type ShellSums } from "./radial.js";
import { type Estimated, type RadialProfile, radialProfile } from "./radial-profile.js";

export interface RadialSettings {
  /** Shells from the surface to the deepest voxel. */
  readonly shells: number;
  /** Width of the shells that are counted in µm, and how many at most. */
  readonly width: number;
  readonly most: number;
  /** µm; grey levels nearer than this to anything but active material do not count. */
  readonly margin: number;
}

/** Ten shells to the middle; shells of two voxels; a margin of three voxels. */
export function usualRadial({ voxelSize }: Pick<Specimen, "voxelSize">): RadialSettings {
  const edge = Math.max(...voxelSize);
  return { shells: 10, width: 2 * edge, most: 64, margin: 3 * edge };
}

/** Profiles from the surface of each particle inward. */
export interface Radial {
  /** For the particle table, a number a particle. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** By how much the variance of a mean exceeds that of independent voxels; 1 without grey levels. */
  readonly inflation: number;
  /** A row a particle and shell: by depth over the inradius, and by depth in µm. */
  readonly byFraction: ParticleTable;
  readonly byDepth: ParticleTable;
}

/**
 * Void and grey levels from the surface of each particle inward, and what they say of stoichiometry with a calibration.
 */
export function radialFindings(specimen: Specimen, settings: RadialSettings, calibration: Calibration | null): Radial {
  return finished(radialSteps(storedSpecimen(specimen), settings, calibration, usualSlab));
}

/** As `radialFindings`, for a specimen in stores: a particle at a time. */
export function* radialSteps(
  specimen: StoredSpecimen,
  { shells, width, most, margin }: RadialSettings,
  calibration: Calibration | null,
  slab: number,
): Strides<Radial> {
  const sums = yield* radialSums(specimen, [fractionShells(shells), depthShells(width, most)], margin, slab);
  const [byFraction, byDepth] = sums.scales as [ShellSums, ShellSums];
  const inflation = noiseInflation(sums.lags, specimen.shape[0] === 1);
  const profiles = Array.from({ length: specimen.count }, (_, k) => radialProfile(byFraction, k + 1, inflation));
  return {
    columns: {
      "Inradius [um]": sums.inradius.slice(1),
      ...(specimen.grey === null ? {} : greyColumns(profiles)),
      ...(specimen.grey === null || calibration === null ? {} : stateColumns(profiles, calibration)),
    },
    inflation,
    byFraction: shellTable(byFraction, sums, inflation, specimen, calibration),
    byDepth: shellTable(byDepth, sums, inflation, specimen, calibration),
  };
}

const each = (profiles: readonly RadialProfile[], of: (profile: RadialProfile) => number) =>
  Float64Array.from(profiles, of);

function greyColumns(profiles: readonly RadialProfile[]): Record<string, Float64Array> {
  return {
    "Electron density error": each(profiles, ({ mean }) => mean.deviation),
    "Surface electron density": each(profiles, ({ surface }) => surface.value),
    "Centre electron density": each(profiles, ({ centre }) => centre.value),
    "Radial electron density rise": each(profiles, ({ rise }) => rise.value),
    "Radial electron density rise error": each(profiles, ({ rise }) => rise.deviation),
  };
}

/** Errors are standard deviations of the particle's own; what the calibration adds is shared by all and stands apart. */
function stateColumns(profiles: readonly RadialProfile[], calibration: Calibration): Record<string, Float64Array> {
  const state = (of: (profile: RadialProfile) => Estimated) =>
    profiles.map((profile) => calibration.state(of(profile)));
  const [mean, surface, centre] = [
    state((profile) => profile.mean),
    state((profile) => profile.surface),
    state((profile) => profile.centre),
  ];
  const from = (states: typeof mean, key: "stoichiometry" | "deviation" | "shared" | "electronDensity") =>
    Float64Array.from(states, (found) => found[key]);
  return {
    "Calibrated electron density [1/A3]": from(mean, "electronDensity"),
    "Mean stoichiometry": from(mean, "stoichiometry"),
    "Mean stoichiometry error": from(mean, "deviation"),
    "Stoichiometry calibration error": from(mean, "shared"),
    "Surface stoichiometry": from(surface, "stoichiometry"),
    "Surface stoichiometry error": from(surface, "deviation"),
    "Centre stoichiometry": from(centre, "stoichiometry"),
    "Centre stoichiometry error": from(centre, "deviation"),
    "Radial stoichiometry rise": Float64Array.from(centre, (to, k) => to.stoichiometry - surface[k].stoichiometry),
    "Radial stoichiometry rise error": each(profiles, ({ mean: middle, rise }) =>
      Math.abs(calibration.perLevel(middle.value) * rise.deviation),
    ),
    "Beyond calibration": Float64Array.from(mean, ({ beyond, stoichiometry }) =>
      Number.isFinite(stoichiometry) ? (beyond ? 1 : 0) : Number.NaN,
    ),
  };
}

/** Shells with voxels, particle by particle. */
function shellTable(
  shells: ShellSums,
  { inradius }: RadialSums,
  inflation: number,
  { count, grey }: StoredSpecimen,
  calibration: Calibration | null,
): ParticleTable {
  const { scale, start, voxels, voids } = shells;
  const names = shellColumns(scale, grey !== null, calibration !== null);
  const filled = voxels.reduce((sum, own) => sum + (own > 0 ? 1 : 0), 0);
  const columns = names.map(() => new Float64Array(filled));
  let row = 0;
  for (let label = 1; label <= count; label++) {
    const profile = radialProfile(shells, label, inflation);
    const known = new Map(profile.shells.map((shell) => [shell.shell, shell.grey]));
    for (let cell = start[label]; cell < start[label + 1]; cell++) {
      if (voxels[cell] === 0) continue;
      const shell = cell - start[label];
      const found = known.get(shell) ?? { value: Number.NaN, deviation: Number.NaN };
      const state = calibration?.state(found);
      const values = [label, (shell + 0.5) * scale.width, inradius[label], voxels[cell], voids[cell] / voxels[cell]];
      values.push(found.value, found.deviation, state?.stoichiometry ?? Number.NaN, state?.deviation ?? Number.NaN);
      for (const [k, column] of columns.entries()) column[row] = values[k];
      row++;
    }
  }
  return particleTable(Object.fromEntries(names.map((name, k) => [name, columns[k]])));
}

function shellColumns(scale: ShellScale, grey: boolean, calibrated: boolean): readonly string[] {
  return [
    ...["Particle", scale.name, "Inradius [um]", "Voxels", "Void fraction"],
    ...(grey ? ["Electron density", "Electron density error"] : []),
    ...(grey && calibrated ? ["Stoichiometry", "Stoichiometry error"] : []),
  ];
}
