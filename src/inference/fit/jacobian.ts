import type { Box } from "./parameter.js";
import type { Residuals } from "./problem.js";

/** Derivatives of the residuals, a column a parameter. */
export interface Jacobian {
  /** [parameter][residual]; zeros where a parameter is held or both of its neighbours failed. */
  readonly columns: readonly Float64Array[];
  /** Parameters of which both neighbours failed. */
  readonly failed: readonly number[];
}

/** How derivatives are taken: `central` costs two predictions a parameter, `forward` one, and is less exact. */
export type Differences = "central" | "forward";

export interface JacobianSettings {
  /** In internal coordinates. */
  readonly step: number;
  readonly differences: Differences;
  readonly box: Box;
  /** Parameters that do not move. */
  readonly held?: ReadonlySet<number>;
}

/**
 * Finite differences of the residuals about `z`, all predictions in one batch. At a bound the neighbour outside is
 * replaced by one twice as far inside (three points, still of second order).
 * @param r residuals at `z`
 */
export async function finiteDifferences(
  residuals: Residuals,
  z: Float64Array,
  r: Float64Array,
  { step, differences, box, held }: JacobianSettings,
): Promise<Jacobian> {
  const plans = Array.from(z, (_, k) =>
    held?.has(k) ? [] : offsets(z[k], box.low[k], box.high[k], step, differences),
  );
  const points = plans.flatMap((plan, k) => plan.map((offset) => moved(z, k, offset)));
  const found = points.length === 0 ? [] : await residuals(points);
  const failed: number[] = [];
  let at = 0;
  const columns = plans.map((plan, k) => {
    const near = plan.flatMap((offset) => {
      const there = found[at++];
      return there === null ? [] : [{ offset, r: there }];
    });
    if (plan.length > 0 && near.length === 0) failed.push(k);
    return slope(r, near);
  });
  return { columns, failed };
}

function offsets(z: number, low: number, high: number, step: number, differences: Differences): number[] {
  const [below, above] = [z - step >= low, z + step <= high];
  if (differences === "forward") return [above ? step : -step];
  if (below && above) return [-step, step];
  return above ? [step, 2 * step] : [-step, -2 * step];
}

function moved(z: Float64Array, k: number, offset: number): Float64Array {
  const point = z.slice();
  point[k] += offset;
  return point;
}

/** Derivative of the parabola through the residuals at 0 and at two offsets, or of the line where there is one offset. */
function slope(r: Float64Array, near: readonly { offset: number; r: Float64Array | null }[]): Float64Array {
  const column = new Float64Array(r.length);
  if (near.length === 0) return column;
  const [a, b] = near;
  if (b === undefined) return column.map((_, j) => (a.r![j] - r[j]) / a.offset);
  const [p, q] = [a.offset, b.offset];
  return column.map((_, j) => ((a.r![j] - r[j]) * q) / (p * (q - p)) - ((b.r![j] - r[j]) * p) / (q * (q - p)));
}
