import { draws } from "../../src/draws/draws.js";
import { symmetricExchange } from "../../src/fem/law/stoichiometry-function.js";
import { chen2020 } from "../../src/fem/material/chen2020.js";
import type { ClosedForm } from "../../src/inference/fit/curve-fit.js";
import { leastSquares } from "../../src/inference/fit/fit.js";
import { boxOf, type FitParameter, internal } from "../../src/inference/fit/parameter.js";
import type { FitProblem } from "../../src/inference/fit/problem.js";
import { sphereUnderFlux } from "../closed-form/crank.js";
import { singleParticleAt } from "../closed-form/single-particle.js";

/** A cheap model with its true parameters. */
export interface Planted {
  readonly parameters: readonly FitParameter[];
  readonly truth: readonly number[];
  readonly model: ClosedForm;
  readonly noise: number;
}

const linear = (name: string, low: number, high: number, start: number): FitParameter => ({
  name,
  unit: "",
  low,
  high,
  start,
  transform: "linear",
});

const times = Array.from({ length: 40 }, (_, k) => 0.1 * k);

/** A decay to a floor: a e^(−kt) + b. */
export const decay: Planted = {
  parameters: [linear("a", 0, 5, 1), { ...linear("k", 0.1, 10, 0.5), transform: "log" }, linear("b", -2, 2, 0)],
  truth: [2, 1.3, 0.5],
  model: ([a, k, b]) => Float64Array.from(times, (t) => a * Math.exp(-k * t) + b),
  noise: 0.05,
};

const body = sphereUnderFlux();
const moments = Array.from({ length: 40 }, (_, k) => 60 + 45 * k);

/** Charge of a single NMC811 particle under constant current: its diffusivity and its kinetics from the voltage. */
export const particle: Planted = {
  parameters: [
    { ...linear("diffusivity", 1e-15, 1e-13, 3e-14), unit: "m^2/s", transform: "log" },
    { ...linear("exchange current", 0.2, 20, 5), unit: "A/m^2", transform: "log" },
  ],
  truth: [8e-15, 2],
  model: ([diffusivity, exchange]) =>
    Float64Array.from(moments, (time) => {
      const state = singleParticleAt(
        {
          radius: 5e-6,
          diffusivity: diffusivity,
          maximumConcentration: 51765,
          initialStoichiometry: 0.85,
          current: 2,
          temperature: 298.15,
          openCircuitPotential: chen2020.openCircuitPotential,
          exchangeCurrent: symmetricExchange(exchange),
        },
        time,
        body,
      );
      return state.voltage;
    }),
  noise: 2e-3,
};

/** Numbers as they would be measured: the truth with normal noise. */
export function measured({ parameters, truth, model, noise }: Planted, seed: number, noiseKnown = true): FitProblem {
  const random = draws(seed, "measured");
  const observed = model(truth).map((value) => value + noise * random.normal());
  return {
    parameters,
    observed,
    noise: new Float64Array(observed.length).fill(noiseKnown ? noise : 1),
    noiseKnown,
    predict: async (points) => points.map((values) => ({ ok: true, values: model(values) })),
  };
}

/** Settings of a fit from the parameters' own start. */
export function settingsOf({ parameters }: Planted) {
  const start = internal(
    parameters,
    parameters.map((parameter) => parameter.start),
  );
  return {
    starts: [start],
    box: boxOf(parameters),
    step: 1e-4,
    differences: "central",
    iterations: 50,
    tolerance: 1e-12,
    trials: 1,
    profilePoints: 0,
  } as const;
}

/** Of the repeats with other noise, those whose interval holds the truth, by parameter. */
export async function coverage(planted: Planted, repeats: number, profilePoints: number): Promise<number[]> {
  const inside = planted.truth.map(() => 0);
  for (let seed = 1; seed <= repeats; seed++) {
    const found = await leastSquares(measured(planted, seed), { ...settingsOf(planted), profilePoints });
    if (!found.ok) throw new Error(found.reason);
    for (const [k, { interval }] of found.estimates.entries()) {
      const [low, high] = [interval[0] ?? Number.NEGATIVE_INFINITY, interval[1] ?? Number.POSITIVE_INFINITY];
      if (low <= planted.truth[k] && planted.truth[k] <= high) inside[k]++;
    }
  }
  return inside;
}
