import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { Design } from "./design.js";

/** Factors of the first columns of some particles' designs, with their covariance. */
export interface ColumnFit {
  readonly factors: readonly number[];
  readonly covariance: Matrix;
  /** Of measured less fitted strain. */
  readonly rmse: number;
  readonly rows: number;
  readonly blocks: number;
}

export type FitOutcome =
  | { readonly ok: true; readonly fit: ColumnFit }
  | { readonly ok: false; readonly reason: string };

/**
 * Least squares of measured strain on the first `columns` columns. With `corrected` the columns' products are freed of
 * what noise in composition adds (moment correction: Fuller, Measurement Error Models, 1987, section 2.2). Covariance by
 * blocks of pixels (Liang & Zeger, Biometrika 73 (1986) 13).
 */
export function fitColumns(designs: readonly Design[], columns: number, corrected: boolean): FitOutcome {
  const [products, moments] = [Matrix.zeros(columns, columns), Matrix.zeros(columns, 1)];
  const noise = Matrix.zeros(columns, columns);
  for (const design of designs) addProducts(design, columns, products, moments, noise);
  const scale = Array.from({ length: columns }, (_, k) => 1 / (Math.sqrt(products.get(k, k)) || 1));
  const scaled = Matrix.zeros(columns, columns);
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < columns; j++)
      scaled.set(i, j, scale[i] * scale[j] * (products.get(i, j) - (corrected ? noise.get(i, j) : 0)));
  const cholesky = new CholeskyDecomposition(scaled);
  if (!cholesky.isPositiveDefinite() || leastPivot(cholesky) < rounding)
    return { ok: false, reason: whyNot(corrected, noise.norm() === 0) };
  const solve = (right: Matrix) => {
    for (let i = 0; i < columns; i++) right.mulRow(i, scale[i]);
    const solution = columns === 0 ? right : cholesky.solve(right);
    for (let i = 0; i < columns; i++) solution.mulRow(i, scale[i]);
    return solution;
  };
  const factors = solve(moments.clone()).to1DArray();
  const { scores, rmse, rows, blocks } = blockScores(designs, factors, corrected);
  const half = solve(scores);
  const covariance = solve(half.transpose()).mul(blocks / Math.max(1, blocks - 1));
  return { ok: true, fit: { factors, covariance, rmse, rows, blocks } };
}

/** Of a matrix with ones on its diagonal: below this a column is a sum of others but for rounding. */
const rounding = 1e-10;

function leastPivot({ lowerTriangularMatrix: lower }: CholeskyDecomposition): number {
  return Math.min(1, ...lower.diagonal().map((root) => root * root));
}

function whyNot(corrected: boolean, clean: boolean): string {
  return corrected && !clean
    ? "the noise in composition hides the law: it is as large as what the law could be told from"
    : "the pictures do not tell the coefficients apart: composition hardly varies";
}

function addProducts(design: Design, columns: number, products: Matrix, moments: Matrix, noise: Matrix): void {
  const { rows, column, target } = design;
  for (let i = 0; i < columns; i++) {
    const a = column.subarray(i * rows, (i + 1) * rows);
    moments.set(i, 0, moments.get(i, 0) + dot(a, target));
    for (let j = 0; j < columns; j++) {
      noise.set(i, j, noise.get(i, j) + design.noise[i * design.columns + j]);
      if (j > i) continue;
      const sum = products.get(i, j) + dot(a, column.subarray(j * rows, (j + 1) * rows));
      products.set(i, j, sum);
      products.set(j, i, sum);
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Σ ψψᵀ over blocks, where ψ = Xᵀr (+ share of the noise times the factors). */
function blockScores(designs: readonly Design[], factors: readonly number[], corrected: boolean) {
  const columns = factors.length;
  const scores = Matrix.zeros(columns, columns);
  let [squares, rows, blocks] = [0, 0, 0];
  for (const design of designs) {
    const residual = residualOf(design, factors);
    squares += dot(residual, residual);
    rows += design.rows;
    blocks += design.blocks;
    const score = new Float64Array(design.blocks * columns);
    const size = new Float64Array(design.blocks);
    for (let row = 0; row < design.rows; row++) {
      const at = design.block[row] * columns;
      size[design.block[row]]++;
      for (let k = 0; k < columns; k++) score[at + k] += design.column[k * design.rows + row] * residual[row];
    }
    if (corrected) addNoiseShare(design, factors, size, score);
    for (let block = 0; block < design.blocks; block++)
      for (let i = 0; i < columns; i++)
        for (let j = 0; j < columns; j++)
          scores.set(i, j, scores.get(i, j) + score[block * columns + i] * score[block * columns + j]);
  }
  return { scores, rmse: Math.sqrt(squares / rows), rows, blocks };
}

function addNoiseShare(design: Design, factors: readonly number[], size: Float64Array, score: Float64Array): void {
  const columns = factors.length;
  for (let k = 0; k < columns; k++) {
    const lift = factors.reduce((sum, factor, j) => sum + factor * design.noise[k * design.columns + j], 0);
    for (let block = 0; block < size.length; block++) score[block * columns + k] += (lift * size[block]) / design.rows;
  }
}

/** `[row]` measured less fitted strain. */
export function residualOf(design: Design, factors: readonly number[]): Float64Array {
  const { rows, column, target } = design;
  const residual = target.slice();
  for (const [k, factor] of factors.entries())
    for (let row = 0; row < rows; row++) residual[row] -= factor * column[k * rows + row];
  return residual;
}

/** Half width of a 95 % interval in standard errors, from as many blocks (Student's t by the Beta distribution). */
export function halfWidth(blocks: number): number {
  const freedom = Math.max(1, blocks - 1);
  const x = betaQuantile(0.05, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
