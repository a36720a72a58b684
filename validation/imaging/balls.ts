import { countSpecimen } from "../../src/imaging/attribute/measure.js";
import { paperColumns } from "../../src/imaging/attribute/paper.js";
import { physicalColumns } from "../../src/imaging/attribute/physical.js";
import { matter, type Specimen, storedSpecimen } from "../../src/imaging/matter/specimen.js";
import { finished } from "../../src/imaging/steps/steps.js";

export type Place = readonly [number, number, number];

/** A ball of a radius in voxels of 1 µm about the middle of a voxel, or `shift` voxels from it along z, y, x. */
export function ballSpecimen(radius: number, shift: Place = [0, 0, 0]): Specimen {
  const edge = 2 * Math.ceil(radius) + 7;
  const [cz, cy, cx] = shift.map((part) => (edge - 1) / 2 + part) as [number, number, number];
  const labels = new Int32Array(edge ** 3);
  for (let z = 0, i = 0; z < edge; z++) {
    for (let y = 0; y < edge; y++) {
      for (let x = 0; x < edge; x++, i++) {
        if ((z - cz) ** 2 + (y - cy) ** 2 + (x - cx) ** 2 <= radius * radius) labels[i] = 1;
      }
    }
  }
  const made = Uint8Array.from(labels, (label) => (label === 0 ? matter.pore : matter.active));
  return { shape: [edge, edge, edge], voxelSize: [1, 1, 1], labels, count: 1, matter: made, grey: null };
}

export interface MeasuredBall {
  /** Relative errors against the ball that was meant. */
  readonly areaError: number;
  readonly volumeError: number;
  readonly sphericity: number;
  readonly paperSphericity: number;
}

export function measureBall(radius: number, shift: Place = [0, 0, 0]): MeasuredBall {
  const specimen = ballSpecimen(radius, shift);
  const counts = countSpecimen(specimen);
  const columns = physicalColumns(counts);
  return {
    areaError: columns["Outer surface [um2]"][0] / (4 * Math.PI * radius ** 2) - 1,
    volumeError: columns["Volume [um3]"][0] / ((4 / 3) * Math.PI * radius ** 3) - 1,
    sphericity: columns.Sphericity[0],
    paperSphericity: finished(paperColumns(storedSpecimen(specimen), counts))["Sphericity (paper)"][0],
  };
}
