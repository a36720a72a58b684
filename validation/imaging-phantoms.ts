import { contactRatio, coverageError, damageFound } from "./imaging/phantoms.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** Ways through the lattice: along an axis, a face's diagonal, the cube's diagonal, and none of them. */
export const ways = [
  [1, 0, 0],
  [1, 1, 0],
  [1, 1, 1],
  [3, 2, 1],
] as const;

export const capAngles = [0.6, Math.PI / 2, 2.2] as const;

/** Cracks, voids, contacts and coverage of particles that were painted. */
export const imagingPhantoms: ValidationCase = {
  name: "imaging-phantoms",
  title: "Damage, contact and coverage of painted particles",
  slow: false,
  run: async () => [
    ...[3, 4, 6].flatMap((width) => {
      const { crack, hollow, damage } = damageFound(width, width / 2 + 0.5);
      return [
        atMost(`slit of ${width} voxels: damage, error`, damage, 0.02),
        atMost(`slit of ${width} voxels: crack volume, relative error`, crack, 0.02),
        atMost(`slit of ${width} voxels: hollow, relative error`, hollow, 0.02),
      ];
    }),
    ...[15, 25].flatMap((radius) =>
      ways.map((way) => {
        const error = contactRatio(radius, radius / 2, way) - 1;
        return atMost(`R = ${radius}: contact along ${way.join(" ")}, relative error`, error, 0.05);
      }),
    ),
    ...capAngles.flatMap((angle) =>
      ways.map((way) =>
        atMost(
          `cap of ${angle.toFixed(2)} rad along ${way.join(" ")}: coverage, error`,
          coverageError(angle, way),
          0.03,
        ),
      ),
    ),
  ],
};
