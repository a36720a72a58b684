import { finiteDifferences } from "../src/inference/fit/jacobian.js";
import { boxOf, internal } from "../src/inference/fit/parameter.js";
import { residualsOf } from "../src/inference/fit/problem.js";
import { coverage, decay, measured, type Planted, particle } from "./fitting/models.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost, between, onEach } from "./verdicts.js";

const models: readonly (readonly [string, Planted])[] = [
  ["decay", decay],
  ["particle under constant current", particle],
];

/** By what intervals are told, and points of a profile. */
const intervals = [
  ["covariance", 0],
  ["profile", 8],
] as const;

/** How often 95 % intervals hold the truth in 100 repeats with other noise, and derivatives against Richardson's. */
export const fitIntervals: ValidationCase = {
  name: "fit-intervals",
  title:
    "intervals of fits on made data: the truth inside 90 to 99 of 100; derivatives against Richardson's extrapolation",
  slow: false,
  run: onEach(models, async ([name, planted]) => {
    const verdicts: Verdict[] = [];
    for (const [how, points] of intervals) {
      const inside = await coverage(planted, 100, points);
      for (const [k, count] of inside.entries())
        verdicts.push(between(`${name}, ${planted.parameters[k].name}, by ${how}: of 100 inside`, count, 90, 99));
    }
    return [...verdicts, atMost(`${name}: derivatives, relative to the largest`, await derivativeError(planted), 1e-5)];
  }),
};

/** Largest difference of the derivatives that fits use from extrapolated ones, over the largest of their column. */
async function derivativeError(planted: Planted): Promise<number> {
  const residuals = residualsOf(measured(planted, 1));
  const z = internal(planted.parameters, planted.truth);
  const [r] = await residuals([z]);
  const box = boxOf(planted.parameters);
  const at = async (step: number) =>
    (await finiteDifferences(residuals, z, r!, { step, differences: "central", box })).columns;
  const [coarse, fine, used] = [await at(4e-3), await at(2e-3), await at(1e-4)];
  const errors = used.map((column, k) => {
    const largest = Math.max(...column.map(Math.abs));
    const off = column.map((slope, row) => slope - (4 * fine[k][row] - coarse[k][row]) / 3);
    return Math.max(...off.map(Math.abs)) / largest;
  });
  return Math.max(...errors);
}
