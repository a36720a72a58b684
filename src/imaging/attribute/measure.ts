import { type ParticleTable, particleTable } from "../../network/particle-table.js";
import { contactGraph } from "./contact-graph.js";
import { boxesAbout, countInBoxes } from "./neighbourhood.js";
import { type Counts, physicalColumns } from "./physical.js";
import { particleShapes } from "./shape.js";
import { type Specimen, wholePiece } from "./specimen.js";
import { addPiece, emptyTally } from "./tally.js";
import { particleVoids } from "./voids.js";

/** Half the edge of the box in which packing is counted, µm (Li et al. 2022: ±10 µm). */
export const packingReach = 10;

export interface Measured {
  readonly particles: ParticleTable;
  readonly contacts: ParticleTable;
}

/** Counts everything about a specimen in memory. */
export function countSpecimen(specimen: Specimen): Counts {
  const { shape, voxelSize, count } = specimen;
  const piece = wholePiece(specimen);
  const tally = emptyTally(count);
  addPiece(tally, piece);
  const centres = particleShapes(tally, voxelSize).map(({ centre }) => centre);
  const boxes = boxesAbout(centres, packingReach, voxelSize, shape);
  const packed = new Float64Array(count);
  countInBoxes(piece, boxes, packed);
  return { tally, voids: particleVoids(specimen), boxes, packed, whole: shape, voxelSize };
}

/** Every attribute of the physical register, and the graph of contacts. */
export function measure(specimen: Specimen): Measured {
  const counts = countSpecimen(specimen);
  return {
    particles: particleTable(physicalColumns(counts)),
    contacts: contactGraph(counts.tally, specimen.voxelSize),
  };
}
