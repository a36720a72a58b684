import betaln from "@stdlib/math-base-special-betaln";
import digamma from "@stdlib/math-base-special-digamma";
import trigamma from "@stdlib/math-base-special-trigamma";
import kstest from "@stdlib/stats-kstest";

/** Values nearer to 0 or 1 count as this far from it: a Beta density has no place for 0 and 1 themselves. */
const nearestToBound = 1e-4;

/** Density x^(a − 1) (1 − x)^(b − 1) / B(a, b). */
export interface BetaFit {
  readonly a: number;
  readonly b: number;
  readonly logLikelihood: number;
  /** One-sample Kolmogorov–Smirnov; p is too large, because a and b were fitted to the same values. */
  readonly ks: { readonly statistic: number; readonly p: number };
}

/** A share of exact zeros, and a Beta distribution of the rest. */
export interface ZeroInflatedBeta extends BetaFit {
  readonly zeros: number;
  /** Akaike's criterion 2 k − 2 log L, of values that are zero or not. */
  readonly positive: number;
}

/** A fit, or why there is none. */
export type Fitted<Fit> = ({ readonly ok: true } & Fit) | { readonly ok: false; readonly reason: string };

/**
 * Beta distribution by maximum likelihood: Newton's method on the two equations ψ(a) − ψ(a + b) = mean log x and
 * ψ(b) − ψ(a + b) = mean log (1 − x), in the logarithms of a and b, from the moments.
 * @param values in [0, 1].
 */
export function fitBeta(values: ArrayLike<number>): Fitted<BetaFit> {
  const outside = Array.prototype.find.call(values, (x: number) => !(x >= 0 && x <= 1)) as number | undefined;
  if (outside !== undefined) return { ok: false, reason: `${outside} lies outside 0 … 1` };
  const x = Float64Array.from(values, (value) => Math.min(Math.max(value, nearestToBound), 1 - nearestToBound));
  if (x.length < 3 || x.every((value) => value === x[0]))
    return { ok: false, reason: "fewer than three values, or all alike" };
  const [logX, logRest] = [meanOf(x, Math.log), meanOf(x, (value) => Math.log1p(-value))];
  const found = solve(logX, logRest, startOf(x));
  if (!found) return { ok: false, reason: "the likelihood has no maximum that could be found" };
  const [a, b] = found;
  const logLikelihood = x.length * ((a - 1) * logX + (b - 1) * logRest - betaln(a, b));
  const test = kstest(Array.from(x), "beta", a, b);
  return { ok: true, a, b, logLikelihood, ks: { statistic: test.statistic, p: test.pValue } };
}

/** The share of zeros, and a Beta distribution of the values above zero. */
export function fitZeroInflatedBeta(values: ArrayLike<number>): Fitted<ZeroInflatedBeta> {
  const positive = Array.from(values).filter((value) => value !== 0);
  const fit = fitBeta(positive);
  if (!fit.ok) return { ok: false, reason: `of the values above zero: ${fit.reason}` };
  return { ...fit, zeros: 1 - positive.length / values.length, positive: positive.length };
}

/** Density of a Beta distribution at x in (0, 1). */
export function betaDensity(x: number, { a, b }: Pick<BetaFit, "a" | "b">): number {
  return Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - betaln(a, b));
}

function startOf(x: Float64Array): [number, number] {
  const mean = meanOf(x, (value) => value);
  const variance = meanOf(x, (value) => (value - mean) ** 2);
  const size = Math.max((mean * (1 - mean)) / variance - 1, 0.1);
  return [mean * size, (1 - mean) * size];
}

function solve(logX: number, logRest: number, start: [number, number]): [number, number] | undefined {
  let [a, b] = start;
  for (let round = 0; round < 100; round++) {
    const whole = digamma(a + b);
    const [f, g] = [digamma(a) - whole - logX, digamma(b) - whole - logRest];
    if (Math.abs(f) + Math.abs(g) < 1e-13) return [a, b];
    const cross = trigamma(a + b);
    const [fa, fb, ga, gb] = [a * (trigamma(a) - cross), -b * cross, -a * cross, b * (trigamma(b) - cross)];
    const determinant = fa * gb - fb * ga;
    const [da, db] = [(f * gb - g * fb) / determinant, (g * fa - f * ga) / determinant];
    if (!Number.isFinite(da + db)) return undefined;
    const length = Math.min(1, 2 / Math.max(Math.abs(da), Math.abs(db)));
    a *= Math.exp(-length * da);
    b *= Math.exp(-length * db);
    if (Math.max(Math.abs(da), Math.abs(db)) < 1e-14) return [a, b];
  }
  return undefined;
}

function meanOf(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum / values.length;
}
