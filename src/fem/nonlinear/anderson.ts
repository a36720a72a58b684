import { solveSmall } from "../linear/small-cholesky.js";

/**
 * Anderson's acceleration (D. G. Anderson, J. ACM 12 (1965) 547; Walker & Ni, SIAM J. Numer. Anal. 49 (2011) 1715) of
 * y ← y + f(y), which also keeps account of what its points are made of: each is a start plus a combination of the
 * corrections f seen so far.
 */
export interface Anderson {
  /** Forget all points. */
  reset(): void;
  /**
   * Take the point y `[unknown]`, its correction f and its coefficients `[correction]`, of which f is number `k`;
   * replace y and the coefficients by those of the next point.
   */
  advance(y: Float64Array, f: Float64Array, coefficients: Float64Array, k: number): void;
}

/** `scale` is the inverse of the natural size of each unknown; `corrections` the most between two resets. */
export function anderson(scale: Float64Array, depth: number, corrections: number): Anderson {
  const column = (): Float64Array => new Float64Array(scale.length);
  const coefficients = (): Float64Array => new Float64Array(corrections);
  /** Changes of f (scaled), of y + f, and of its coefficients; slot `latest` is the newest. */
  const stepChange = Array.from({ length: depth }, column);
  const pointChange = Array.from({ length: depth }, column);
  const madeChange = Array.from({ length: depth }, coefficients);
  const last = { step: column(), point: column(), made: coefficients() };
  let seen = 0;

  return {
    reset: () => {
      seen = 0;
    },
    advance: (y, f, made, k) => {
      for (let i = 0; i < y.length; i++) y[i] += f[i];
      made[k] += 1;
      if (depth === 0) return;
      const held = Math.min(seen, depth);
      if (seen > 0) {
        const slot = (seen - 1) % depth;
        for (let i = 0; i < y.length; i++) {
          stepChange[slot][i] = scale[i] * (f[i] - last.step[i]);
          pointChange[slot][i] = y[i] - last.point[i];
        }
        for (let j = 0; j < made.length; j++) madeChange[slot][j] = made[j] - last.made[j];
      }
      seen++;
      last.step.set(f);
      last.point.set(y);
      last.made.set(made);
      const gamma = leastSquares(stepChange, held, scale, f);
      for (let p = 0; p < held; p++) {
        addScaled(-gamma[p], pointChange[p], y);
        addScaled(-gamma[p], madeChange[p], made);
      }
    },
  };
}

function addScaled(factor: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) out[i] += factor * x[i];
}

/** The combination of the first `held` columns nearest to scale · f, by the normal equations. */
function leastSquares(
  columns: readonly Float64Array[],
  held: number,
  scale: Float64Array,
  f: Float64Array,
): Float64Array {
  const gram = Array.from({ length: held }, () => new Float64Array(held));
  const right = new Float64Array(held);
  for (let p = 0; p < held; p++) {
    const column = columns[p];
    for (let i = 0; i < f.length; i++) right[p] += column[i] * scale[i] * f[i];
    for (let q = 0; q <= p; q++) {
      const other = columns[q];
      for (let i = 0; i < f.length; i++) gram[p][q] += column[i] * other[i];
    }
  }
  return solveGram(gram, right);
}

/** Columns are scaled to unit length, and a trace of damping drops directions that repeat. */
function solveGram(gram: readonly Float64Array[], right: Float64Array): Float64Array {
  const length = gram.map((row, p) => Math.sqrt(row[p]) || 1);
  for (let p = 0; p < length.length; p++) {
    right[p] /= length[p];
    for (let q = 0; q < p; q++) gram[p][q] /= length[p] * length[q];
    gram[p][p] = 1 + 1e-12;
  }
  return solveSmall(gram, right).map((value, p) => value / length[p]);
}
