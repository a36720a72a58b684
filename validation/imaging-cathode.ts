import { measure } from "../src/imaging/attribute/measure.js";
import { phaseInterfaces, phaseShares, phaseValues } from "../src/imaging/matter/phases.js";
import { matching } from "../src/imaging/segmentation/matching.js";
import { segment, usualSegment } from "../src/imaging/segmentation/segment.js";
import { readPicture, readVolume } from "../src/imaging/volume/files.js";
import { mean } from "../src/statistics/mean.js";
import { columnOf, type ParticleTable } from "../src/table/particle-table.js";
import { measuredFile, onMeasured } from "./measured-data.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { between } from "./verdicts.js";

/** Counted once with another program: shares of pore, active material, binder, and faces of each with the others. */
const counted = { voxels: [9_108_821, 11_357_945, 2_274_085], faces: [3_145_677, 3_473_055, 4_036_568] } as const;

/** Mean over particles that touch no face of the picture. */
export function interiorMean(table: ParticleTable, name: string): number {
  const edge = columnOf(table, "Touches edge");
  const values = columnOf(table, name).filter((_, k) => edge[k] === 0);
  return mean(values);
}

const equal = (name: string, value: number, due: number): Verdict => ({
  name,
  value,
  band: `= ${due}`,
  holds: value === due,
});

function cathodeFiles() {
  const path = measuredFile("nrel_nmc1cal", "nmc-1-cal_generatedCBD_bridge.tif");
  const labelPath = measuredFile("nrel_nmc1cal", "labels_ws_sigma1.5_r4_u16_deflate.tif");
  return path === null || labelPath === null ? null : { path, labelPath };
}

/**
 * The calendered NMC cathode of the NREL library (Usseglio-Viretta et al., J. Electrochem. Soc. 165, A3403, 2018):
 * published mean radius 4.19 µm and sphericity 0.912 of a crop of the sister file.
 */
export const imagingCathode: ValidationCase = {
  name: "imaging-cathode",
  title: "A measured NMC cathode cut by the shipped default",
  slow: true,
  run: onMeasured(cathodeFiles, async ({ path, labelPath }, report) => {
    const volume = await readVolume(path, [0.398, 0.398, 0.398]);
    const phases = phaseValues(volume.data)!;
    const faces = phaseInterfaces(volume, phases);
    const facesOf = (value: number) =>
      faces.reduce((sum, each) => sum + (each.phases.includes(value) ? each.faces : 0), 0);
    const { labels, map } = segment(volume, usualSegment, report);
    const { shape, voxelSize } = volume;
    const specimen = { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey: null };
    const { particles } = measure(specimen);
    const reference = await readPicture(labelPath);
    const interior = columnOf(particles, "Touches edge").filter((touches) => touches === 0).length;
    return [
      ...phaseShares(volume.data, phases).map(({ value, voxels }) =>
        equal(`voxels of phase ${value}`, voxels, counted.voxels[value]),
      ),
      ...phases.map((value) => equal(`faces of phase ${value}`, facesOf(value), counted.faces[value])),
      between("interior particles", interior, 1150, 1350),
      between("mean interior radius, µm", interiorMean(particles, "Particle radius [um]"), 0.97 * 4.19, 1.03 * 4.19),
      between("mean interior sphericity", interiorMean(particles, "Sphericity"), 0.9, 0.92),
      between("F1 at 0.5 against the reference labels", matching(reference.data, labels.data)[0].f1, 0.95, 1),
    ];
  }),
};
