import { type Design, type DesignSettings, offsetColumns } from "./design.js";
import { fitColumns, residualOf } from "./law-fit.js";

/** How well laws of each degree, fitted to the other particles, predict one that they have not seen. */
export interface HeldOut {
  readonly particle: string;
  readonly trained: readonly string[];
  readonly errors: readonly DegreeError[];
  /** Chosen degree; null when no degree could be fitted. */
  readonly degree: number | null;
}

export interface DegreeError {
  readonly degree: number;
  /** Of measured less predicted strain, freed of noise in composition; null when the others cannot tell this degree. */
  readonly rmse: number | null;
  /** Mean squared error less the best degree's, and its standard error over blocks of pixels. */
  readonly excess: number | null;
  readonly standardError: number | null;
}

/** Strain that a degree must explain beyond a lower one, as a share of all strain: mechanics on pixels errs by less. */
const worthwhile = 0.01;

/**
 * The smallest degree whose squared error on the unseen particle exceeds the best one's by no more than two standard
 * errors, or by no more than (1 % of the strain)².
 */
export function holdOut(designs: readonly Design[], test: number, settings: DesignSettings): HeldOut {
  const held = designs[test];
  const others = designs.filter((_, k) => k !== test);
  const degrees = Array.from({ length: settings.mostDegree + 1 }, (_, degree) => degree);
  const squares = degrees.map((degree) => {
    const outcome = fitColumns(others, columnsOf(degree, settings), true);
    return outcome.ok ? blockSquares(held, outcome.fit.factors) : null;
  });
  const total = (blocks: Float64Array) => blocks.reduce((sum, square) => sum + square, 0);
  const totals = squares.map((blocks) => (blocks ? total(blocks) : Infinity));
  const best = squares[totals.indexOf(Math.min(...totals))];
  const size = Math.sqrt(held.target.reduce((sum, strain) => sum + strain * strain, 0) / held.rows);
  const errors = degrees.map((degree): DegreeError => {
    const own = squares[degree];
    if (!own || !best) return { degree, rmse: null, excess: null, standardError: null };
    const rmse = Math.sqrt(Math.max(0, total(own)) / held.rows);
    return { degree, rmse, ...paired(own, best, held.rows) };
  });
  const good = errors.find(
    ({ excess, standardError }) => excess !== null && excess <= Math.max(2 * standardError!, (worthwhile * size) ** 2),
  );
  return {
    particle: held.name,
    trained: others.map(({ name }) => name),
    errors,
    degree: good?.degree ?? null,
  };
}

/** Columns that a law of a degree has. */
export function columnsOf(degree: number, settings: DesignSettings): number {
  return offsetColumns(settings) + degree * settings.components;
}

/**
 * `[block]` sums of squared residuals, less what noise in the held-out composition adds to them: without that a bent
 * law would win, since the likeliest true composition is a bent function of a noisy one.
 */
function blockSquares(design: Design, factors: readonly number[]): Float64Array {
  const { block, blocks, rows, noise, columns } = design;
  const added = factors.reduce(
    (sum, a, i) => sum + factors.reduce((part, b, j) => part + a * b * noise[i * columns + j], 0),
    0,
  );
  const squares = new Float64Array(blocks);
  for (const [row, residual] of residualOf(design, factors).entries())
    squares[block[row]] += residual ** 2 - added / rows;
  return squares;
}

function paired(own: Float64Array, best: Float64Array, rows: number): { excess: number; standardError: number } {
  const differences = own.map((square, k) => square - best[k]);
  const mean = differences.reduce((sum, d) => sum + d, 0) / own.length;
  const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / Math.max(1, own.length - 1);
  return { excess: (mean * own.length) / rows, standardError: Math.sqrt(variance * own.length) / rows };
}
