import { pow } from "../../elementary/elementary.js";
import { ballMeasure, type Packing } from "../../space/packing.js";

/** Sites in a block of unit cells, with the distance of nearest neighbours as unit of length. */
export interface Lattice {
  readonly name: string;
  readonly dimension: 2 | 3;
  /** Sides of the unit cell. */
  readonly cell: readonly [number, number, number];
  /** Sites in the unit cell, over its sides, from 0. */
  readonly sites: readonly (readonly [number, number, number])[];
}

const SQRT2 = Math.SQRT2;
const SQRT3 = Math.sqrt(3);

/** Square lattice of disks: 4 neighbours, solid fraction up to 0.7854. */
export const square: Lattice = { name: "square", dimension: 2, cell: [1, 1, 0], sites: [[0, 0, 0]] };

/** Hexagonal lattice of disks: 6 neighbours, solid fraction up to 0.9069. */
export const hexagonal: Lattice = {
  name: "hexagonal",
  dimension: 2,
  cell: [1, SQRT3, 0],
  sites: [
    [0, 0, 0],
    [0.5, 0.5, 0],
  ],
};

/** Simple cubic: 6 neighbours, solid fraction up to 0.5236. */
export const simpleCubic: Lattice = { name: "simple cubic", dimension: 3, cell: [1, 1, 1], sites: [[0, 0, 0]] };

/** Face-centred cubic: 12 neighbours, solid fraction up to 0.7405. */
export const faceCentredCubic: Lattice = {
  name: "face-centred cubic",
  dimension: 3,
  cell: [SQRT2, SQRT2, SQRT2],
  sites: [
    [0, 0, 0],
    [0.5, 0.5, 0],
    [0.5, 0, 0.5],
    [0, 0.5, 0.5],
  ],
};

/** Hexagonal close packing: 12 neighbours, solid fraction up to 0.7405. */
export const hexagonalClosePacked: Lattice = {
  name: "hexagonal close-packed",
  dimension: 3,
  cell: [1, SQRT3, Math.sqrt(8 / 3)],
  sites: [
    [0, 0, 0],
    [0.5, 0.5, 0],
    [0, 1 / 3, 0.5],
    [0.5, 5 / 6, 0.5],
  ],
};

/** What fixes how far the particles of a lattice are apart: the gap between surfaces in m, or the share of the box filled. */
export type LatticeSpacing = { readonly clearance: number } | { readonly solidFraction: number };

/** What a packing on a lattice is made of. Lengths in m. */
export interface LatticeSpec {
  readonly lattice: Lattice;
  /** Unit cells along each axis; the third is ignored in 2-D. */
  readonly counts: readonly [number, number, number];
  /** m */
  readonly radius: number;
  readonly spacing: LatticeSpacing;
  readonly periodic: boolean;
}

/**
 * Equal particles on a lattice. Walls are half a distance of neighbours from the nearest centres.
 * @throws RangeError when particles would overlap, naming the largest solid fraction.
 */
export function packOnLattice(spec: LatticeSpec): Packing {
  const { lattice, radius, periodic } = spec;
  if (!(radius > 0 && radius < Infinity))
    throw new RangeError(`Placing a lattice: the radius is ${radius} m; give a length above 0.`);
  const block = blockOf(spec);
  const solid = (block.sites.length / 3) * ballMeasure(lattice.dimension, radius);
  const room = block.box[0] * block.box[1] * (lattice.dimension === 3 ? block.box[2] : 1);
  const pitch =
    "clearance" in spec.spacing
      ? 2 * radius + spec.spacing.clearance
      : pow(solid / (room * spec.spacing.solidFraction), 1 / lattice.dimension);
  if (!(pitch >= 2 * radius * (1 - 1e-12))) {
    const most = solid / (room * pow(2 * radius, lattice.dimension));
    throw new RangeError(
      `Placing a ${lattice.name} lattice: neighbours would overlap; these cells hold a solid fraction of at most ${most.toFixed(4)}, and the clearance must not be negative.`,
    );
  }
  return {
    dimension: lattice.dimension,
    periodic,
    box: [block.box[0] * pitch, block.box[1] * pitch, block.box[2] * pitch],
    centre: block.sites.map((at) => at * pitch),
    radius: new Float64Array(block.sites.length / 3).fill(radius),
  };
}

/** Sites and box in units of the distance of neighbours, [site][3]. */
function blockOf({ lattice, counts, periodic }: LatticeSpec): { sites: Float64Array; box: [number, number, number] } {
  const { dimension, cell } = lattice;
  const cells = [counts[0], counts[1], dimension === 3 ? counts[2] : 1];
  if (!cells.every((count) => Number.isInteger(count) && count > 0))
    throw new RangeError(`Placing a lattice: ${cells.join(" × ")} unit cells; give whole numbers from 1.`);
  const sites: number[] = [];
  for (let c = 0; c < cells[2]; c++)
    for (let b = 0; b < cells[1]; b++)
      for (let a = 0; a < cells[0]; a++)
        for (const [x, y, z] of lattice.sites) sites.push((a + x) * cell[0], (b + y) * cell[1], (c + z) * cell[2]);
  const box: [number, number, number] = [0, 0, 0];
  for (let axis = 0; axis < dimension; axis++) {
    const along = sites.filter((_, k) => k % 3 === axis);
    const repeats = periodic && axis < dimension - 1;
    const extent = along.reduce((most, at) => Math.max(most, at), 0);
    box[axis] = repeats ? cells[axis] * cell[axis] : extent + 1;
    const margin = repeats ? 0.25 * cell[axis] : 0.5;
    for (let k = axis; k < sites.length; k += 3) sites[k] += margin;
  }
  return { sites: Float64Array.from(sites), box };
}
