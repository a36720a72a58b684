import type { Frame } from "../fem/model/frame.js";
import type { Scenario } from "../scenario/scenario.js";
import { clockCells, clockColumns, type Scales } from "./clock.js";

export const particleTimeseriesColumns = [
  ...clockColumns,
  "Particle",
  "Mean stoichiometry",
  "Surface stoichiometry",
  "Smallest stoichiometry",
  "Largest stoichiometry",
  "Current density [A/m2]",
  "Interface damage",
  "Largest interface damage",
  "Mean opening [nm]",
  "Largest opening [nm]",
  "Mean traction [MPa]",
  "Largest traction [MPa]",
] as const;

export type ParticleTimeseriesColumn = (typeof particleTimeseriesColumns)[number];

/**
 * Whether the particles have rows at a frame: at every one, or while the first charge lasts (with the holds after it) and
 * where an instruction ends.
 */
export function particleRowsDue({ protocol, outputs }: Scenario): (frame: Frame) => boolean {
  if (outputs.particleRows === "all") return () => true;
  const verbs = protocol.steps.map(({ verb }) => verb);
  const charge = verbs.lastIndexOf("charge");
  let closing = charge;
  while (verbs[closing + 1] === "hold") closing++;
  return ({ cycle, protocolStep, ended }) =>
    ended !== null || (cycle === 1 && protocolStep >= charge && protocolStep <= closing);
}

/** One row a particle, counted from 1. */
export function particleTimeseriesRows(frame: Frame, scales: Scales): number[][] {
  const clock = clockCells(frame, scales);
  const { particles } = frame;
  return Array.from(particles.meanStoichiometry, (mean, k) => [
    ...clock,
    k + 1,
    mean,
    particles.surfaceStoichiometry[k],
    particles.smallestStoichiometry[k],
    particles.largestStoichiometry[k],
    particles.currentDensity[k],
    particles.damage[k],
    particles.largestDamage[k],
    particles.meanOpening[k] * 1e9,
    particles.largestOpening[k] * 1e9,
    particles.meanTraction[k] / 1e6,
    particles.largestTraction[k] / 1e6,
  ]);
}
