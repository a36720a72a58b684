import type { Frame } from "../fem/model/frame.js";
import { coulombPerMilliampereHour } from "./clock.js";

/** One accepted step: of a simulation, or read back from the time series of a results folder. */
export interface Row {
  readonly time: number;
  readonly cycle: number;
  readonly protocolStep: number;
  readonly verb: string;
  readonly voltage: number;
  /** mAh/cm³ */
  readonly capacity: number;
  readonly ended: string;
  readonly balances: readonly [lithium: number, charge: number, momentum: number];
  /** Over all places and particles, and whose; undefined in results of versions that did not keep it. */
  readonly extremes?: Extremes;
  /** By particle; this and what follows is empty where the particles have no rows (`outputs.particleRows`). */
  readonly stoichiometry: readonly number[];
  /** Mean over the surface. */
  readonly surfaceStoichiometry: readonly number[];
  readonly damage: readonly number[];
  readonly largestDamage: readonly number[];
}

/** The smallest and the largest stoichiometry of a step, and in which particles, counted from 1. */
export interface Extremes {
  readonly smallest: number;
  readonly largest: number;
  readonly emptiest: number;
  readonly fullest: number;
}

/**
 * The row of a frame.
 * @param volume of all particles, m³ (m³ per m of depth when plane)
 */
export function rowOf(frame: Frame, volume: number): Row {
  const { balances, particles } = frame;
  return {
    time: frame.time,
    cycle: frame.cycle,
    protocolStep: frame.protocolStep,
    verb: frame.verb,
    voltage: frame.voltage,
    capacity: frame.charge / volume / coulombPerMilliampereHour,
    ended: frame.ended ?? "",
    balances: [balances.lithium, balances.charge, balances.momentum],
    stoichiometry: Array.from(particles.meanStoichiometry),
    surfaceStoichiometry: Array.from(particles.surfaceStoichiometry),
    damage: Array.from(particles.damage),
    largestDamage: Array.from(particles.largestDamage),
  };
}
