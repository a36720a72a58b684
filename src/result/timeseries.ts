import type { Frame } from "../fem/model/frame.js";
import { clockCells, clockColumns, coulombPerMilliampereHour, type Scales } from "./clock.js";

export const timeseriesColumns = [
  ...clockColumns,
  "Verb",
  "Cell voltage [V]",
  /** Over all particle surface. */
  "Current density [A/m2]",
  /** Net charge extracted since the start, per particle volume. */
  "Capacity [mAh/cm3]",
  /** Over all places in the particles and on their surfaces, and whose they are, counted from 1. */
  "Smallest stoichiometry",
  "Largest stoichiometry",
  "Emptiest particle",
  "Fullest particle",
  "Lithium balance",
  "Charge balance",
  "Momentum balance",
  /** Uniform strain along the depth of disks; empty for spheres. */
  "Axial strain",
  "Ended",
] as const;

export type TimeseriesColumn = (typeof timeseriesColumns)[number];

export function timeseriesRow(frame: Frame, scales: Scales): (string | number)[] {
  const { smallestStoichiometry: smallest, largestStoichiometry: largest } = frame.particles;
  const emptiest = smallest.reduce((best, s, k) => (s < smallest[best] ? k : best), 0);
  const fullest = largest.reduce((best, s, k) => (s > largest[best] ? k : best), 0);
  return [
    ...clockCells(frame, scales),
    frame.verb,
    frame.voltage,
    frame.current / scales.surface,
    frame.charge / scales.volume / coulombPerMilliampereHour,
    smallest[emptiest],
    largest[fullest],
    emptiest + 1,
    fullest + 1,
    frame.balances.lithium,
    frame.balances.charge,
    frame.balances.momentum,
    frame.axialStrain ?? "",
    frame.ended ?? "",
  ];
}
