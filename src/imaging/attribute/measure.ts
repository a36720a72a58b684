import { type ParticleTable, particleTable } from "../../table/particle-table.js";
import { pieceMaker, type Specimen, type StoredSpecimen, storedSpecimen } from "../matter/specimen.js";
import { finished, type Strides, within } from "../steps/steps.js";
import { slabsOf, usualSlab } from "../volume/slab.js";
import { memory, type Scratch } from "../volume/store.js";
import { contactGraph } from "./contact-graph.js";
import { boxesAbout, countInBoxes } from "./neighbourhood.js";
import { paperColumns } from "./paper.js";
import { type Counts, physicalColumns } from "./physical.js";
import { withoutRim } from "./rim.js";
import { particleCentres } from "./shape.js";
import { addPiece, emptyTally } from "./tally.js";
import { particleVoids } from "./voids.js";

/** Half the edge of the box in which packing is counted, µm (Li et al. 2022: ±10 µm). */
const packingReach = 10;

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
  return finished(countSteps(storedSpecimen(specimen), rim, memory, usualSlab));
}

/** As `countSpecimen`, for a specimen in stores, slab by slab. */
function* countSteps(specimen: StoredSpecimen, rim: number, scratch: Scratch, slab: number): Strides<Counts> {
  const { shape, voxelSize, count } = specimen;
  const slabs = slabsOf(shape, slab);
  const pieceOf = pieceMaker(specimen);
  const tally = emptyTally(count);
  for (const [k, core] of slabs.entries()) {
    addPiece(tally, pieceOf(core));
    yield (0.7 * (k + 1)) / slabs.length;
  }
  const boxes = boxesAbout(particleCentres(tally, voxelSize), packingReach, voxelSize, shape);
  const packed = new Float64Array(count);
  for (const [k, core] of slabs.entries()) {
    countInBoxes(pieceOf(core), boxes, packed);
    yield 0.7 + (0.1 * (k + 1)) / slabs.length;
  }
  const deep = yield* within(0.8, 0.9, withoutRim(specimen, rim, scratch, slab));
  const voids = yield* within(0.9, 1, particleVoids(deep, slab));
  return { tally, voids, boxes, packed, whole: shape, voxelSize };
}

/** Every attribute of a register, and the graph of contacts. Number, place, radius and damage stand in each. */
export function measure(specimen: Specimen, settings: MeasureSettings = usualMeasure): Measured {
  return finished(measureSteps(storedSpecimen(specimen), settings, memory, usualSlab));
}

/** As `measure`, for a specimen in stores, slab by slab. */
export function* measureSteps(
  specimen: StoredSpecimen,
  { register, rim }: MeasureSettings,
  scratch: Scratch,
  slab: number,
): Strides<Measured> {
  const share = register === "physical" ? 1 : 0.5;
  const counts = yield* within(0, share, countSteps(specimen, rim, scratch, slab));
  const physical = physicalColumns(counts);
  const common = Object.fromEntries(commonNames.map((name) => [name, physical[name]]));
  const columns = register === "paper" ? common : physical;
  const published = register === "physical" ? {} : yield* within(share, 1, paperColumns(specimen, counts));
  return {
    particles: particleTable({ ...columns, ...published }),
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
  "Crack share",
  "Touches edge",
];
