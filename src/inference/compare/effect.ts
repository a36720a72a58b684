import { deviation } from "../../statistics/mean.js";
import { energyDistance } from "./energy.js";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.js";
import type { Pooled } from "./pooled.js";
import type { DistanceName } from "./two-sample.js";
import { wasserstein } from "./wasserstein.js";

/** The size of a difference, without unit, beside the p that also counts particles. */
export interface Effect {
  readonly name: string;
  readonly of: (pooled: Pooled) => number;
}

export const effects: Readonly<Record<DistanceName, Effect>> = {
  "Kolmogorov–Smirnov": {
    name: "largest difference of the distribution functions",
    of: (pooled) => kolmogorovSmirnov(pooled, pooled.first),
  },
  "Anderson–Darling": { name: "probability that the first is larger, less ½, doubled (Cliff's δ)", of: cliffsDelta },
  "Wasserstein-1": {
    name: "distance over the pooled standard deviation",
    of: (pooled) => {
      const [a, b] = [1, 0].map((label) => pooled.value.filter((_, k) => pooled.first[k] === label));
      return wasserstein(pooled, pooled.first) / Math.sqrt((deviation(a) ** 2 + deviation(b) ** 2) / 2);
    },
  },
  energy: { name: "energy coefficient, 0 … 1", of: energyCoefficient },
};

/** P(a > b) − P(a < b). */
function cliffsDelta({ last, first, sizes }: Pooled): number {
  let [sum, aBelow, bBelow, ties, aTies] = [0, 0, 0, 0, 0];
  for (let k = 0; k < last.length; k++) {
    ties++;
    aTies += first[k];
    if (!last[k]) continue;
    const bTies = ties - aTies;
    sum += aTies * bBelow - bTies * aBelow;
    aBelow += aTies;
    bBelow += bTies;
    [ties, aTies] = [0, 0];
  }
  return sum / (sizes[0] * sizes[1]);
}

/** Squared energy distance over twice the mean distance between the samples (Székely and Rizzo, 2013). */
function energyCoefficient(pooled: Pooled): number {
  const { value, first, sizes } = pooled;
  let [ofFirst, between] = [0, 0];
  for (let k = 0; k < value.length - 1; k++) {
    ofFirst += first[k];
    const [f, g] = [ofFirst / sizes[0], (k + 1 - ofFirst) / sizes[1]];
    between += (f * (1 - g) + g * (1 - f)) * (value[k + 1] - value[k]);
  }
  return between === 0 ? 0 : energyDistance(pooled, first) ** 2 / (2 * between);
}
