import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { Minimum } from "./trust-region.js";

/** How well a minimum fixes its parameters, by the linear model about it; all in internal coordinates. */
export interface Covariance {
  /** Variance by which residuals of unit weight scatter. */
  readonly variance: number;
  /** Residuals less parameters. */
  readonly freedom: number;
  /** [parameter][parameter], by rows; infinite where a parameter has no effect. */
  readonly matrix: readonly (readonly number[])[];
  readonly correlation: readonly (readonly number[])[];
  /** Of the Jacobian, falling, each with the direction in which it acts, [direction][parameter]. */
  readonly singularValues: readonly number[];
  readonly directions: readonly (readonly number[])[];
}

/** Relative to the largest, below which a singular value counts as zero. */
const zero = 1e-12;

/** (JᵀJ)⁻¹ times the variance of the residuals: 1 when the noise is known, else what the residuals say. */
export function covarianceOf({ jacobian, r, sum }: Minimum, noiseKnown: boolean): Covariance {
  const { columns } = jacobian;
  const count = columns.length;
  const freedom = r.length - count;
  const variance = noiseKnown ? 1 : freedom > 0 ? sum / freedom : Number.NaN;
  const tall = new Matrix(columns.map((column) => [...column, ...new Array(Math.max(0, count - r.length)).fill(0)]));
  const { rightSingularVectors: v, diagonal } = new SingularValueDecomposition(tall.transpose());
  const directions = diagonal.map((_, i) => columns.map((_, k) => v.get(k, i)));
  const share = (i: number) => (diagonal[i] > zero * diagonal[0] ? variance / diagonal[i] ** 2 : Infinity);
  const matrix = columns.map((_, a) =>
    columns.map((_, b) =>
      diagonal.reduce((total, _, i) => {
        const product = directions[i][a] * directions[i][b];
        return Math.abs(product) < 1e-9 ? total : total + product * share(i);
      }, 0),
    ),
  );
  const correlation = matrix.map((row, a) => row.map((value, b) => correlated(value, matrix[a][a], matrix[b][b])));
  return { variance, freedom, matrix, correlation, singularValues: diagonal, directions };
}

/** 0 where one of them is not fixed at all. */
function correlated(value: number, a: number, b: number): number {
  const r = value / Math.sqrt(a * b);
  return Number.isFinite(r) ? r : 0;
}

/** Standard deviations within which a parameter lies with 95 %: normal when the noise is known, else Student's t. */
export function spanOf(noiseKnown: boolean, freedom: number): number {
  if (noiseKnown) return normalQuantile(0.975, 0, 1);
  if (!(freedom > 0)) return Number.NaN;
  const x = betaQuantile(0.05, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
