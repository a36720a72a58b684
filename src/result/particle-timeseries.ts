import type { Frame, ParticleColumns } from "../fem/model/frame.js";
import type { Scenario } from "../scenario/scenario.js";
import { clock, type FrameRow } from "./clock.js";
import { type Columns, numbers } from "./column.js";

/** What a row is written from: a step, and a particle from 0. */
interface ParticleRow extends FrameRow {
  readonly particle: number;
}

/** A column of what a frame says of each particle. @param perUnit units in one of SI */
function of(key: keyof ParticleColumns, words: string, unit = "", perUnit?: (value: number) => number) {
  const written = perUnit ?? ((value: number) => value);
  return numbers(words, unit, ({ frame, particle }: ParticleRow) => written(frame.particles[key][particle]));
}

const nanometres = (metres: number) => metres * 1e9;
const megapascals = (pascals: number) => pascals / 1e6;

/** The columns of `particle_timeseries.csv`, a row a particle and step. */
export const particleTimeseries = {
  ...clock,
  particle: numbers("Particle", "", ({ particle }: ParticleRow) => particle + 1),
  meanStoichiometry: of("meanStoichiometry", "Mean stoichiometry"),
  surfaceStoichiometry: of("surfaceStoichiometry", "Surface stoichiometry"),
  smallestStoichiometry: of("smallestStoichiometry", "Smallest stoichiometry"),
  largestStoichiometry: of("largestStoichiometry", "Largest stoichiometry"),
  currentDensity: of("currentDensity", "Current density", "A/m2"),
  damage: of("damage", "Interface damage"),
  largestDamage: of("largestDamage", "Largest interface damage"),
  meanOpening: of("meanOpening", "Mean opening", "nm", nanometres),
  largestOpening: of("largestOpening", "Largest opening", "nm", nanometres),
  meanTraction: of("meanTraction", "Mean traction", "MPa", megapascals),
  largestTraction: of("largestTraction", "Largest traction", "MPa", megapascals),
} as const satisfies Columns<ParticleRow>;

/** With the cracks inside particles, where a scenario has them. */
export const crackedTimeseries = {
  ...particleTimeseries,
  crackShare: of("crackShare", "Crack share"),
} as const satisfies Columns<ParticleRow>;

/** The columns of a run. */
export function particleColumnsOf({ cracks }: Pick<Scenario, "cracks">): Columns<ParticleRow> {
  return cracks ? crackedTimeseries : particleTimeseries;
}

/** What the measures take of each particle: means over its volume and over its surface, and its damage. */
export const particleValues = ["meanStoichiometry", "surfaceStoichiometry", "damage", "largestDamage"] as const;

export type ParticleValue = (typeof particleValues)[number];

/** What only runs with cracks hold. */
export type CrackValue = "crackShare";

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
