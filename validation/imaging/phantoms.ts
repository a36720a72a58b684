import { draws } from "../../src/draws/draws.js";
import { contactArea } from "../../src/imaging/attribute/contact-graph.js";
import { countSpecimen } from "../../src/imaging/attribute/measure.js";
import { physicalColumns } from "../../src/imaging/attribute/physical.js";
import type { Specimen } from "../../src/imaging/matter/specimen.js";
import { type Phantom, type PhantomParts, phantom } from "../../src/imaging/phantom/phantom.js";
import { closeParticles } from "../../src/imaging/segmentation/close-particles.js";

const none = { cracks: [], hollows: [], caps: [] } as const;

export function specimenOf({ phases, labels, truth }: Phantom): Specimen {
  const { shape, voxelSize, data } = phases;
  return { shape, voxelSize, labels, count: truth.length, matter: data, grey: null };
}

/**
 * Two balls of a radius in voxels whose surfaces cross by `depth`, at a few places between the voxels: mean of measured
 * contact over the area of the common circle.
 */
export function contactRatio(
  radius: number,
  depth: number,
  along: readonly [number, number, number],
  places = 4,
): number {
  const gap = 2 * radius - depth;
  const length = Math.hypot(...along);
  const edge = Math.ceil(2 * radius + gap + 8);
  const random = draws(radius, "places");
  let sum = 0;
  for (let k = 0; k < places; k++) {
    const middle = [0, 1, 2].map(() => edge / 2 + random.uniform() - 0.5);
    const at = (sign: number) =>
      along.map((a, axis) => middle[axis] + (sign * gap * a) / (2 * length)) as [number, number, number];
    const balls = [-1, 1].map((sign) => ({ centre: at(sign), radius }));
    const made = phantom({ balls, ...none }, [edge, edge, edge], [1, 1, 1]);
    const { tally } = countSpecimen(specimenOf(made));
    sum += contactArea([...tally.contacts.values()][0], [1, 1, 1]);
  }
  return sum / places / (Math.PI * (radius ** 2 - (gap / 2) ** 2));
}

export interface DamageFound {
  /** Crack voxels found over those that were cut, less one. */
  readonly crack: number;
  /** The same of the hollow. */
  readonly hollow: number;
  /** Damage found less the share that was cut. */
  readonly damage: number;
}

/**
 * A ball of 30 voxels with a slit of a width and a hollow of 6 voxels: its particle is known only by its active
 * material, and the closing gives it the slit back.
 */
export function damageFound(width: number, closing: number): DamageFound {
  const ball = { centre: [36.3, 36.1, 36.2] as const, radius: 30 };
  const parts: PhantomParts = {
    balls: [ball],
    cracks: [{ particle: 1, normal: [1, 0.4, 0.2], offset: 14, width }],
    hollows: [{ particle: 1, radius: 6 }],
    caps: [],
  };
  const made = phantom(parts, [72, 72, 72], [1, 1, 1]);
  const labels = made.labels.map((label, i) => (made.phases.data[i] === 1 ? label : 0));
  const specimen = { ...specimenOf(made), labels };
  closeParticles({ data: labels, count: 1 }, specimen.matter, specimen.shape, specimen.voxelSize, closing);
  const { voids } = countSpecimen(specimen);
  const { crackVoxels, hollowVoxels, voxels } = made.truth[0];
  return {
    crack: voids.crack[1] / crackVoxels - 1,
    hollow: voids.enclosed[1] / hollowVoxels - 1,
    damage: voids.crack[1] / voids.among[1] - crackVoxels / voxels,
  };
}

/** Coverage found less the share of the sphere under a cap of binder. */
export function coverageError(angle: number, towards: readonly [number, number, number], radius = 20): number {
  const edge = 2 * radius + 14;
  const balls = [{ centre: [edge / 2, edge / 2 + 0.3, edge / 2 - 0.2] as const, radius }];
  const caps = [{ particle: 1, towards, angle, thickness: 3 }];
  const made = phantom({ ...none, balls, caps }, [edge, edge, edge], [1, 1, 1]);
  return physicalColumns(countSpecimen(specimenOf(made))).Coverage[0] - made.truth[0].coverage;
}
