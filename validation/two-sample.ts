import { draws } from "../src/draws/draws.js";
import { andersonDarling } from "../src/inference/compare/anderson-darling.js";
import { fitBeta } from "../src/inference/compare/beta-fit.js";
import { energyDistance } from "../src/inference/compare/energy.js";
import { kolmogorovSmirnov, kolmogorovSmirnovP } from "../src/inference/compare/kolmogorov-smirnov.js";
import { pool } from "../src/inference/compare/pooled.js";
import { twoSampleTests } from "../src/inference/compare/two-sample.js";
import { wasserstein } from "../src/inference/compare/wasserstein.js";
import { plain, shares, tied } from "./comparison/reference-samples.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/** Share of null draws rejected at 5 %, by test; values are rounded so that they tie. */
export function rejections(repeats: number, permutations: number, seed: number): Map<string, number> {
  const random = draws(seed, "null draws");
  const sample = (size: number) =>
    Float64Array.from({ length: size }, () => Math.round(40 * random.uniform() ** 2) / 40);
  const rejected = new Map<string, number>();
  for (let k = 0; k < repeats; k++)
    for (const { name, p } of twoSampleTests(sample(30), sample(40), permutations, k))
      rejected.set(name, (rejected.get(name) ?? 0) + (p <= 0.05 ? 1 / repeats : 0));
  return rejected;
}

/** Share of draws in which Kolmogorov–Smirnov at 1 % tells means 20 and 14 µm apart, lognormal with CV 0.41, 60 against 150. */
export function power(repeats: number, seed: number): number {
  const random = draws(seed, "power");
  const sigma = Math.sqrt(Math.log(1 + 0.41 ** 2));
  const sample = (mean: number, size: number) =>
    Float64Array.from({ length: size }, () => mean * Math.exp(sigma * random.normal() - sigma ** 2 / 2));
  let told = 0;
  for (let k = 0; k < repeats; k++) {
    const pooled = pool(sample(20, 60), sample(14, 150));
    if (kolmogorovSmirnovP(pooled, kolmogorovSmirnov(pooled, pooled.first)) < 0.01) told++;
  }
  return told / repeats;
}

/** Two-sample tests and fits against SciPy, their size under the null hypothesis, and their power. */
export const twoSample: ValidationCase = {
  name: "two-sample",
  title: "two-sample tests and Beta fits against SciPy; rejections of 2,000 null draws; power",
  slow: false,
  run: async () => {
    const verdicts: Verdict[] = [];
    for (const [label, { a, b, ks, ad, w, e }] of Object.entries({ plain, tied })) {
      const pooled = pool(a, b);
      for (const [name, of, wanted] of [
        ["Kolmogorov–Smirnov", kolmogorovSmirnov, ks],
        ["Anderson–Darling", andersonDarling, ad],
        ["Wasserstein-1", wasserstein, w],
        ["energy", energyDistance, e],
      ] as const)
        verdicts.push(atMost(`${name}, ${label}: relative to SciPy`, of(pooled, pooled.first) / wanted - 1, 1e-8));
    }
    verdicts.push(
      atMost(
        "exact p, plain: relative to SciPy",
        kolmogorovSmirnovP(pool(plain.a, plain.b), plain.ks) / plain.p - 1,
        1e-8,
      ),
    );
    const fit = fitBeta(shares.values);
    verdicts.push(atMost("Beta a: relative to SciPy", fit.ok ? fit.a / shares.a - 1 : Number.NaN, 1e-8));
    verdicts.push(atMost("Beta b: relative to SciPy", fit.ok ? fit.b / shares.b - 1 : Number.NaN, 1e-8));
    // 99.9 % of binomial(2000, 0.05); Kolmogorov–Smirnov goes in steps and may only stay below
    for (const [name, share] of rejections(2000, 199, 1))
      verdicts.push(
        between(
          `${name}: share of null draws rejected at 5 %`,
          share,
          name === "Kolmogorov–Smirnov" ? 0.02 : 0.034,
          0.066,
        ),
      );
    verdicts.push(between("power of Kolmogorov–Smirnov at 1 %, 20 against 14 µm", power(400, 2), 0.985, 1));
    return verdicts;
  },
};
