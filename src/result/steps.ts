import type { Frame } from "../fem/model/frame.js";
import type { Scales } from "./clock.js";
import { type CrackValue, crackedTimeseries, type ParticleValue, particleValues } from "./particle-timeseries.js";
import { type NumberKey, timeseries, type WordKey } from "./timeseries.js";

/** The accepted steps of a run, column by column: of a simulation, or read back from the two time series of a results folder. */
export interface Steps {
  /** s */
  readonly time: Float64Array;
  /** From 1. */
  readonly cycle: Float64Array;
  /** Position in the protocol, from 0. */
  readonly protocolStep: Float64Array;
  readonly verb: readonly string[];
  /** V */
  readonly voltage: Float64Array;
  /** mAh/cm³, net since the start. */
  readonly capacity: Float64Array;
  /** Why the instruction ended with this step; empty inside it. */
  readonly ended: readonly string[];
  /** Relative violations. */
  readonly balances: Readonly<Record<"lithium" | "charge" | "momentum", Float64Array>>;
  /** Undefined in results of versions that did not keep them. */
  readonly extremes: Extremes | undefined;
  readonly particles: number;
  /** [step] place among the steps at which the particles have rows; −1 where they have none (`outputs.particleRows`). */
  readonly kept: Int32Array;
  /** `[kept step][particle]`; of cracks only where they were recorded. */
  readonly values: Readonly<Record<ParticleValue, Float64Array> & Partial<Record<CrackValue, Float64Array>>>;
}

/** [step] the smallest and the largest stoichiometry over all places and particles, and in which particles, counted from 1. */
export interface Extremes {
  readonly smallest: Float64Array;
  readonly largest: Float64Array;
  readonly emptiest: Float64Array;
  readonly fullest: Float64Array;
}

/** A value of all particles at a step; undefined where they have no rows. */
export function valuesAt(
  { kept, particles, values }: Steps,
  of: ParticleValue | CrackValue,
  step: number,
): Float64Array | undefined {
  const at = kept[step] ?? -1;
  return at < 0 ? undefined : values[of]?.subarray(at * particles, (at + 1) * particles);
}

/** What is known of whole steps, by the columns of their table. */
export function wholeSteps(
  numbers: (key: NumberKey) => Float64Array,
  words: (key: WordKey) => readonly string[],
  hasExtremes: boolean,
): Omit<Steps, "particles" | "kept" | "values"> {
  const [time, cycle, protocolStep] = [numbers("time"), numbers("cycle"), numbers("protocolStep")];
  return {
    ...{ time, cycle, protocolStep, verb: words("verb"), ended: words("ended") },
    ...{ voltage: numbers("voltage"), capacity: numbers("capacity") },
    balances: { lithium: numbers("lithium"), charge: numbers("charge"), momentum: numbers("momentum") },
    extremes: hasExtremes
      ? {
          ...{ smallest: numbers("smallest"), largest: numbers("largest") },
          ...{ emptiest: numbers("emptiest"), fullest: numbers("fullest") },
        }
      : undefined,
  };
}

/** The steps of a simulation, as its results folder would hold them with rows of the particles at every step. */
export function stepsOf(frames: Iterable<Frame>, particles: number, scales: Scales): Steps {
  const numbers = new Map<NumberKey, number[]>();
  const words = new Map<WordKey, string[]>();
  const values = new Map<ParticleValue | CrackValue, number[]>(
    [...particleValues, "crackShare" as const].map((key) => [key, []]),
  );
  let count = 0;
  for (const frame of frames) {
    const row = { frame, scales };
    for (const [key, { holds, cell }] of Object.entries(timeseries)) {
      if (holds === "numbers") added(numbers, key as NumberKey, Number(cell(row)));
      else added(words, key as WordKey, String(cell(row)));
    }
    for (const [key, own] of values)
      for (let particle = 0; particle < particles; particle++)
        own.push(Number(crackedTimeseries[key].cell({ ...row, particle })));
    count++;
  }
  return {
    ...wholeSteps(
      (key) => Float64Array.from(numbers.get(key) ?? []),
      (key) => words.get(key) ?? [],
      true,
    ),
    particles,
    kept: Int32Array.from({ length: count }, (_, step) => step),
    values: Object.fromEntries(
      Array.from(values, ([key, own]) => [key, Float64Array.from(own)]),
    ) as unknown as Steps["values"],
  };
}

function added<Key, Value>(columns: Map<Key, Value[]>, key: Key, value: Value): void {
  const own = columns.get(key);
  if (own) own.push(value);
  else columns.set(key, [value]);
}
