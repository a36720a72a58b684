import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { Box } from "./parameter.js";
import { sumOfSquares } from "./problem.js";

/** A step within the bounds. */
export interface Step {
  readonly to: Float64Array;
  readonly length: number;
  /** Of the sum of squares, by the linear model. */
  readonly decrease: number;
}

interface Allowed {
  readonly box: Box;
  readonly held?: ReadonlySet<number>;
}

/**
 * The steps by which the linear model r + J Δz loses most within a radius and the bounds: damped Gauss–Newton, parameters
 * that would leave the box going to its edge and no further, the others making the best of that. Null when no parameter
 * is free to move.
 * @param columns of J, [parameter][residual]
 */
export function boundedStep(
  columns: readonly Float64Array[],
  z: Float64Array,
  r: Float64Array,
  { box, held }: Allowed,
): ((radius: number) => Step) | null {
  const free = freeParameters(columns, z, r, box, held);
  if (free.length === 0) return null;
  const whole = dampedSteps(columns, free);
  return (radius) => {
    const to = z.slice();
    let [left, after, solve] = [free, r, whole];
    for (;;) {
      const step = solve(after, radius);
      const outside = left.filter((k, c) => z[k] + step[c] < box.low[k] || z[k] + step[c] > box.high[k]);
      const settled = outside.length === 0 ? left : outside;
      for (const k of settled) to[k] = Math.min(box.high[k], Math.max(box.low[k], z[k] + step[left.indexOf(k)]));
      after = moved(after, columns, settled, z, to);
      left = left.filter((k) => !settled.includes(k));
      if (left.length === 0) break;
      solve = dampedSteps(columns, left);
    }
    const length = Math.hypot(...free.map((k) => to[k] - z[k]));
    return { to, length, decrease: sumOfSquares(r) - sumOfSquares(after) };
  };
}

/** A parameter at a bound that the gradient presses against it does not move. */
function freeParameters(
  columns: readonly Float64Array[],
  z: Float64Array,
  r: Float64Array,
  box: Box,
  held: ReadonlySet<number> = new Set(),
): number[] {
  return Array.from(z.keys()).filter((k) => {
    if (held.has(k)) return false;
    const slope = columns[k].reduce((total, value, row) => total + value * r[row], 0);
    return slope !== 0 && !(z[k] <= box.low[k] && slope > 0) && !(z[k] >= box.high[k] && slope < 0);
  });
}

/** −(JᵀJ + λ)⁻¹Jᵀr by singular values, with the least λ for which it is no longer than the radius. */
function dampedSteps(columns: readonly Float64Array[], chosen: readonly number[]) {
  const matrix = new Matrix(chosen.map((k) => columns[k])).transpose();
  const found = new SingularValueDecomposition(matrix, { autoTranspose: true });
  const { leftSingularVectors: u, rightSingularVectors: v, diagonal: s } = found;
  const floor = (1e-12 * s[0]) ** 2;
  return (r: Float64Array, radius: number): number[] => {
    const along = s.map((_, i) => r.reduce((total, value, row) => total + u.get(row, i) * value, 0));
    const step = (damping: number) =>
      chosen.map((_, c) =>
        s.reduce((total, value, i) => total - (v.get(c, i) * value * along[i]) / (value ** 2 + damping || 1), 0),
      );
    return step(dampingFor(radius, (damping) => Math.hypot(...step(damping)), floor, s[0] ** 2));
  };
}

/** By bisection of the logarithm. */
function dampingFor(radius: number, length: (damping: number) => number, floor: number, scale: number): number {
  if (length(floor) <= radius) return floor;
  let [low, high] = [floor, scale || 1];
  while (length(high) > radius) high *= 100;
  for (let round = 0; round < 60 && high / low > 1.05; round++) {
    const middle = Math.sqrt(low * high);
    if (length(middle) > radius) low = middle;
    else high = middle;
  }
  return high;
}

function moved(
  r: Float64Array,
  columns: readonly Float64Array[],
  which: readonly number[],
  z: Float64Array,
  to: Float64Array,
): Float64Array {
  const after = r.slice();
  for (const k of which) {
    const change = to[k] - z[k];
    if (change !== 0) for (let row = 0; row < r.length; row++) after[row] += columns[k][row] * change;
  }
  return after;
}
