import { type ParticleValue, particleValues } from "../../src/result/particle-timeseries.js";
import type { Extremes, Steps } from "../../src/result/steps.js";

/** A step as a test makes it up. */
export interface MadeStep extends Readonly<Record<ParticleValue, readonly number[]>> {
  readonly time: number;
  readonly cycle: number;
  readonly protocolStep: number;
  readonly verb: string;
  readonly voltage: number;
  readonly capacity: number;
  readonly ended: string;
  readonly extremes?: Readonly<Record<keyof Extremes, number>>;
}

/** Steps with rows of the particles at each, in balance. */
export function madeSteps(made: readonly MadeStep[]): Steps {
  const column = (of: (step: MadeStep) => number) => Float64Array.from(made, of);
  const extreme = (of: keyof Extremes) => column(({ extremes }) => extremes?.[of] ?? Number.NaN);
  const balance = new Float64Array(made.length);
  return {
    time: column(({ time }) => time),
    cycle: column(({ cycle }) => cycle),
    protocolStep: column(({ protocolStep }) => protocolStep),
    verb: made.map(({ verb }) => verb),
    voltage: column(({ voltage }) => voltage),
    capacity: column(({ capacity }) => capacity),
    ended: made.map(({ ended }) => ended),
    balances: { lithium: balance, charge: balance, momentum: balance },
    extremes: made[0]?.extremes && {
      smallest: extreme("smallest"),
      largest: extreme("largest"),
      emptiest: extreme("emptiest"),
      fullest: extreme("fullest"),
    },
    particles: made[0]?.damage.length ?? 0,
    kept: Int32Array.from(made.keys()),
    values: Object.fromEntries(
      particleValues.map((value) => [value, Float64Array.from(made.flatMap((step) => step[value]))]),
    ) as Steps["values"],
  };
}
