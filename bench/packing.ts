/**
 * Time of packing lognormal spheres, and of describing their surroundings and coverage.
 *   node --import tsx bench/packing.ts
 */
import { binderCloud } from "../src/network/coverage/binder-cloud.js";
import { coverageOf } from "../src/network/coverage/coverage.js";
import { towardsCloud } from "../src/network/coverage/patch-direction.js";
import { neighbourhood } from "../src/network/neighbours/attributes.js";
import { lognormalRadii, takeRadii } from "../src/network/packing/radius-distribution.js";
import { packAtRandom, packed } from "../src/network/packing/random-packing.js";

const LENGTH = 20e-6;

function seconds<T>(run: () => T): readonly [T, string] {
  const began = performance.now();
  const made = run();
  return [made, ((performance.now() - began) / 1000).toFixed(2)];
}

function line(count: number, solidFraction: number, periodic: boolean): string {
  const radius = takeRadii(lognormalRadii(4e-6, 0.3143), count, 1);
  const spec = { dimension: 3, radius, solidFraction, periodic, seed: 1 } as const;
  const [packing, packing_s] = seconds(() => packed(packAtRandom(spec)));
  const [, surroundings_s] = seconds(() => neighbourhood(packing));
  const [, coverage_s] = seconds(() => {
    coverageOf(packing, { mean: 0.6, deviation: 0.15, correlationLength: LENGTH, seed: 1 });
    towardsCloud(packing, binderCloud(packing, LENGTH, 1));
  });
  const sides = periodic ? "periodic" : "walls";
  return `| ${count} | ${solidFraction} | ${sides} | ${packing_s} | ${surroundings_s} | ${coverage_s} |`;
}

console.log("| particles | solid fraction | sides | packing, s | surroundings, s | coverage and patches, s |");
console.log("|---|---|---|---|---|---|");
for (const [count, fraction, periodic] of [
  [1000, 0.6, false],
  [1000, 0.6, true],
  [1000, 0.62, false],
  [1000, 0.62, true],
  [2000, 0.6, false],
  [10000, 0.6, false],
  [20000, 0.6, false],
] as const) {
  console.log(line(count, fraction, periodic));
}
