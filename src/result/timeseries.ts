import { clock, coulombPerMilliampereHour, type FrameRow } from "./clock.js";
import { type Columns, type KeysOf, numbers, words } from "./column.js";

/** The columns of `timeseries.csv`, a row an accepted step. */
export const timeseries = {
  ...clock,
  verb: words("Verb", ({ frame }: FrameRow) => frame.verb),
  voltage: numbers("Cell voltage", "V", ({ frame }: FrameRow) => frame.voltage),
  /** Over all particle surface. */
  currentDensity: numbers("Current density", "A/m2", ({ frame, scales }: FrameRow) => frame.current / scales.surface),
  /** Net charge extracted since the start, per particle volume. */
  capacity: numbers(
    "Capacity",
    "mAh/cm3",
    ({ frame, scales }: FrameRow) => frame.charge / scales.volume / coulombPerMilliampereHour,
  ),
  /** Over all places in the particles and on their surfaces, and whose they are, counted from 1. */
  smallest: numbers("Smallest stoichiometry", "", (row: FrameRow) => {
    return row.frame.particles.smallestStoichiometry[emptiest(row)];
  }),
  largest: numbers("Largest stoichiometry", "", (row: FrameRow) => {
    return row.frame.particles.largestStoichiometry[fullest(row)];
  }),
  emptiest: numbers("Emptiest particle", "", (row: FrameRow) => emptiest(row) + 1),
  fullest: numbers("Fullest particle", "", (row: FrameRow) => fullest(row) + 1),
  lithium: numbers("Lithium balance", "", ({ frame }: FrameRow) => frame.balances.lithium),
  charge: numbers("Charge balance", "", ({ frame }: FrameRow) => frame.balances.charge),
  momentum: numbers("Momentum balance", "", ({ frame }: FrameRow) => frame.balances.momentum),
  /** Uniform strain along the depth of disks; empty for spheres. */
  axialStrain: numbers("Axial strain", "", ({ frame }: FrameRow) => frame.axialStrain ?? ""),
  ended: words("Ended", ({ frame }: FrameRow) => frame.ended ?? ""),
} as const satisfies Columns<FrameRow>;

/** Columns of numbers and of words. */
export type NumberKey = KeysOf<typeof timeseries, "numbers">;
export type WordKey = KeysOf<typeof timeseries, "words">;

function emptiest({ frame }: FrameRow): number {
  const { smallestStoichiometry: s } = frame.particles;
  return s.reduce((best, value, k) => (value < s[best] ? k : best), 0);
}

function fullest({ frame }: FrameRow): number {
  const { largestStoichiometry: s } = frame.particles;
  return s.reduce((best, value, k) => (value > s[best] ? k : best), 0);
}
