import { type ParticleTable, particleTable } from "../../network/particle-table.js";
import { contactGraph } from "./contact-graph.js";
import { boxesAbout, countInBoxes } from "./neighbourhood.js";
import { paperColumns } from "./paper.js";
import { type Counts, physicalColumns } from "./physical.js";
import { withoutRim } from "./rim.js";
import { roundBodyFor } from "./round-body.js";
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

/** How particles are measured. */
export interface MeasureSettings {
  readonly register: Register;
  /** Cracks and voids count only deeper than this below a particle's outside, µm. */
  readonly rim: number;
}

/** Which definitions of attributes a table holds. */
export type Register = "physical" | "paper" | "both";

export const usualMeasure: MeasureSettings = { register: "physical", rim: 0 };

/** Counts everything about a specimen in memory. */
export function countSpecimen(specimen: Specimen, rim = 0): Counts {
  const { shape, voxelSize, count } = specimen;
  const piece = wholePiece(specimen);
  const tally = emptyTally(count);
  addPiece(tally, piece);
  const centres = particleShapes(tally, voxelSize, roundBodyFor(shape, voxelSize)).map(({ centre }) => centre);
  const boxes = boxesAbout(centres, packingReach, voxelSize, shape);
  const packed = new Float64Array(count);
  countInBoxes(piece, boxes, packed);
  return { tally, voids: particleVoids(withoutRim(specimen, rim)), boxes, packed, whole: shape, voxelSize };
}

/** Every attribute of a register, and the graph of contacts. Number, place, radius and damage stand in each. */
export function measure(specimen: Specimen, { register, rim }: MeasureSettings = usualMeasure): Measured {
  const counts = countSpecimen(specimen, rim);
  const physical = physicalColumns(counts);
  const common = Object.fromEntries(commonNames.map((name) => [name, physical[name]!]));
  const columns = register === "paper" ? common : physical;
  return {
    particles: particleTable(register === "physical" ? columns : { ...columns, ...paperColumns(specimen, counts) }),
    contacts: contactGraph(counts.tally, specimen.voxelSize),
  };
}

const commonNames = [
  "Particle",
  "x [um]",
  "y [um]",
  "z [um]",
  "Particle radius [um]",
  "Coverage",
  "Damage",
  "Touches edge",
];
