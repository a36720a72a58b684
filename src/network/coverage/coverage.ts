import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { draws } from "../../draws/draws.js";
import { pow } from "../../elementary/elementary.js";
import { type Packing, relativeDepths } from "../../space/packing.js";
import { mean } from "../../statistics/mean.js";
import { binderCloud, cloudAt } from "./binder-cloud.js";

/** How much of each particle's surface carbon/binder of high conductivity covers. */
export interface CoverageSpec {
  /** Mean coverage, 0 … 1: one number, or one at the collector and one at the separator, linear in depth between them. */
  readonly mean: number | { readonly collector: number; readonly separator: number };
  /** Standard deviation of a particle of mean radius. */
  readonly deviation: number;
  /**
   * p in deviation ∝ (radius/mean radius)^−p; 0 when left out. Above 0 small particles scatter more, as the detachment of
   * small particles does (Jiang et al., Nat. Commun. 11 (2020) 2310, who give no exponent).
   */
  readonly sizeExponent?: number;
  /** m: coverage of neighbours is alike over this length, correlation exp(−(r/L)²); independent when left out. */
  readonly correlationLength?: number;
  /** `stratified` gives the whole sample the distribution exactly, `drawn` (when left out) leaves it to chance. */
  readonly sampling?: "drawn" | "stratified";
  readonly seed: number;
}

/** The standard deviation of a coverage stays below this share of √(m(1 − m)), the largest there is at mean m. */
const WIDEST = 0.99;

/**
 * Coverage of every particle, [particle], 0 … 1: Beta-distributed with the particle's own mean and deviation, joined by a
 * Gaussian copula θ_i = F⁻¹_i(Φ(z_i)), z independent or the carbon/binder cloud at the centre.
 * @throws RangeError for means outside 0 … 1 or deviations that no share can have.
 */
export function coverageOf(packing: Packing, spec: CoverageSpec): Float64Array {
  check(spec);
  const { radius } = packing;
  const z = standardScores(packing, spec);
  const u = spec.sampling === "stratified" ? ranksAsShares(z) : z.map((value) => normalCdf(value, 0, 1));
  const depth = relativeDepths(packing);
  const meanRadius = mean(radius);
  const { collector, separator } = endsOf(spec);
  return radius.map((r, i) => {
    const average = collector + (separator - collector) * Math.min(1, Math.max(0, depth[i]));
    const wanted = spec.deviation * pow(r / meanRadius, -(spec.sizeExponent ?? 0));
    return shareAt(u[i], average, Math.min(wanted, WIDEST * Math.sqrt(average * (1 - average))));
  });
}

/** Quantile u of the Beta distribution of the given mean and deviation. */
function shareAt(u: number, mean: number, deviation: number): number {
  if (deviation === 0) return mean;
  const both = (mean * (1 - mean)) / (deviation * deviation) - 1;
  return betaQuantile(u, mean * both, (1 - mean) * both);
}

/** [particle], mean 0 and variance 1 over seeds. */
function standardScores(packing: Packing, { correlationLength, seed }: CoverageSpec): Float64Array {
  if (correlationLength !== undefined) return cloudAt(binderCloud(packing, correlationLength, seed), packing.centre);
  const random = draws(seed, "coverage");
  return packing.radius.map(() => random.normal());
}

function ranksAsShares(values: Float64Array): Float64Array {
  const shares = new Float64Array(values.length);
  const order = Int32Array.from(values.keys()).sort((i, j) => values[i] - values[j] || i - j);
  order.forEach((i, rank) => {
    shares[i] = (rank + 0.5) / values.length;
  });
  return shares;
}

function endsOf({ mean }: CoverageSpec): { collector: number; separator: number } {
  return typeof mean === "number" ? { collector: mean, separator: mean } : mean;
}

function check(spec: CoverageSpec): void {
  const { collector, separator } = endsOf(spec);
  for (const mean of [collector, separator])
    if (!(mean >= 0 && mean <= 1))
      throw new RangeError(`Covering particles: the mean coverage is ${mean}; allowed is 0 to 1.`);
  const middle = (collector + separator) / 2;
  const widest = Math.sqrt(middle * (1 - middle));
  if (!(spec.deviation >= 0 && (spec.deviation === 0 || spec.deviation < widest)))
    throw new RangeError(
      `Covering particles: the deviation is ${spec.deviation}; with a mean of ${middle} allowed is 0 to below ${widest.toFixed(4)}.`,
    );
  if (!Number.isFinite(spec.sizeExponent ?? 0))
    throw new RangeError(`Covering particles: the size exponent is ${spec.sizeExponent}; give a number.`);
}
