import { boundedStep, type Step } from "./bounded-step.js";
import { finiteDifferences, type Jacobian, type JacobianSettings } from "./jacobian.js";
import { type Residuals, sumOfSquares } from "./problem.js";

/**
 * Least squares within bounds for costly predictions: Gauss–Newton steps within a trust region (Levenberg–Marquardt),
 * with parameters that press on a bound held there. Source: J. J. Moré, Lecture Notes in Mathematics 630 (1978) 105–116;
 * N. R. Conn, N. I. M. Gould, P. L. Toint, Trust-Region Methods (2000), chapter 12, for the projection.
 */
export interface TrustRegionSettings extends JacobianSettings {
  readonly iterations: number;
  /** Relative decrease of the sum of squares below which it has converged. */
  readonly tolerance: number;
  /** Radii tried at once, each half of the one before: as many predictions as run in parallel. */
  readonly trials: number;
  readonly signal?: AbortSignal;
}

/** Where a fit came to rest. */
export interface Minimum {
  /** Internal coordinates. */
  readonly z: Float64Array;
  readonly r: Float64Array;
  readonly sum: number;
  readonly jacobian: Jacobian;
  readonly iterations: number;
  readonly converged: boolean;
  /** How it ended. */
  readonly reason: string;
}

export type MinimumOrNot = ({ readonly ok: true } & Minimum) | { readonly ok: false; readonly reason: string };

/** Least radius, in internal coordinates. */
const leastRadius = 1e-10;

/** Goes downhill from `start`. */
export async function trustRegion(
  residuals: Residuals,
  start: Float64Array,
  settings: TrustRegionSettings,
): Promise<MinimumOrNot> {
  const [first] = await residuals([start]);
  if (!first) return { ok: false, reason: "the prediction failed at the start" };
  let [z, r, sum] = [start, first, sumOfSquares(first)];
  let jacobian = await finiteDifferences(residuals, z, r, settings);
  let radius = 0.3 * Math.sqrt(z.length);
  const end = (iterations: number, converged: boolean, reason: string): MinimumOrNot => ({
    ok: true,
    ...{ z, r, sum, jacobian, iterations, converged, reason },
  });
  for (let iteration = 1; iteration <= settings.iterations; iteration++) {
    if (settings.signal?.aborted) return end(iteration, false, "stopped on request");
    const model = boundedStep(jacobian.columns, z, r, settings);
    if (model === null) return end(iteration, true, "every parameter lies at a bound");
    for (;;) {
      // a long step that the bounds cut may gain nothing where a shorter one does
      while (radius >= leastRadius && model(radius).decrease <= settings.tolerance * sum) radius /= 4;
      if (radius < leastRadius) return end(iteration, true, "no step would gain anything");
      const steps = Array.from({ length: settings.trials }, (_, k) => model(radius / 2 ** k));
      const found = await residuals(steps.map(({ to }) => to));
      const best = bestOf(found, steps, sum);
      if (best === null) {
        radius = steps.at(-1)!.length / 4;
        if (radius < leastRadius) return end(iteration, false, "no step gains what it promises");
        if (settings.signal?.aborted) return end(iteration, false, "stopped on request");
        continue;
      }
      const gained = sum - best.sum;
      if (best.ratio > 0.75) radius = Math.max(radius, 2 * best.length);
      else radius = best.ratio < 0.25 ? best.length / 2 : best.length;
      const before = sum;
      [z, r, sum] = [best.to, best.r, best.sum];
      jacobian = await finiteDifferences(residuals, z, r, settings);
      if (gained <= settings.tolerance * before) return end(iteration, true, "the sum of squares stands still");
      break;
    }
  }
  return end(settings.iterations, false, "out of iterations");
}

function bestOf(found: readonly (Float64Array | null)[], steps: readonly Step[], sum: number) {
  let best: { to: Float64Array; r: Float64Array; sum: number; length: number; ratio: number } | null = null;
  for (const [k, r] of found.entries()) {
    if (r === null) continue;
    const own = sumOfSquares(r);
    const { to, length, decrease } = steps[k];
    const ratio = (sum - own) / decrease;
    if (ratio > 1e-4 && own < (best?.sum ?? sum)) best = { to, r, sum: own, length, ratio };
  }
  return best;
}
