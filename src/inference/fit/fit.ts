import { type Covariance, covarianceOf } from "./covariance.js";
import { type ClosedForm, curveFit } from "./curve-fit.js";
import { type Estimate, estimates } from "./estimate.js";
import type { Differences } from "./jacobian.js";
import { boxOf } from "./parameter.js";
import { type FitProblem, residualsOf } from "./problem.js";
import { type Profile, profileOf } from "./profile.js";
import { type Minimum, type MinimumOrNot, type TrustRegionSettings, trustRegion } from "./trust-region.js";

/** How a least-squares fit is done. */
export interface LeastSquaresSettings {
  /** In internal coordinates; the first is the one that the file names. */
  readonly starts: readonly Float64Array[];
  readonly step: number;
  readonly differences: Differences;
  readonly iterations: number;
  readonly tolerance: number;
  readonly trials: number;
  /** Points of a profile on each side; 0: no profiles. */
  readonly profilePoints: number;
  /** For a model in closed form: taken first with `ml-levenberg-marquardt`. */
  readonly closedForm?: ClosedForm;
  readonly signal?: AbortSignal;
  /** Told what goes on, in a sentence. */
  readonly say?: (text: string) => void;
}

/** A fit from one start. */
export interface StartRecord {
  readonly sum: number | null;
  readonly iterations: number;
  readonly converged: boolean;
  readonly reason: string;
}

/** A fit: the best minimum, its covariance, intervals and profiles. */
export interface LeastSquares {
  readonly minimum: Minimum;
  readonly covariance: Covariance;
  readonly estimates: readonly Estimate[];
  readonly profiles: readonly (Profile | null)[];
  readonly starts: readonly StartRecord[];
  /** Whether the stated noise explains the residuals; if not, they tell how large the noise is. */
  readonly noiseExplains: boolean;
}

/** A fit, or why none was found. */
export type LeastSquaresOrNot =
  | ({ readonly ok: true } & LeastSquares)
  | { readonly ok: false; readonly reason: string; readonly starts: readonly StartRecord[] };

/** Times that profiles which find a better minimum send the fit back. */
const mostReturns = 3;

/** Least squares from several starts, with profiles and intervals; a start that fails is recorded and left. */
export async function leastSquares(problem: FitProblem, settings: LeastSquaresSettings): Promise<LeastSquaresOrNot> {
  const residuals = residualsOf(problem);
  const own: TrustRegionSettings = { ...settings, box: boxOf(problem.parameters) };
  const starts: StartRecord[] = [];
  let best: Minimum | null = null;
  for (const [k, start] of settings.starts.entries()) {
    if (settings.signal?.aborted) break;
    const { closedForm: model } = settings;
    const from = model ? curveFit(problem, model, start, settings.iterations) : start;
    const found = await trustRegion(residuals, from, own);
    starts.push(startRecord(found));
    settings.say?.(`start ${k + 1} of ${settings.starts.length}: ${saidOf(found, problem.observed.length)}`);
    if (found.ok && !(best && best.sum <= found.sum)) best = found;
  }
  if (!best) return { ok: false, reason: starts[0]?.reason ?? "stopped before the first start", starts };
  const noiseExplains = problem.noiseKnown && explained(best);
  const judged = { ...problem, noiseKnown: noiseExplains };
  const found = await profiled(judged, best, own, settings);
  const covariance = covarianceOf(found.minimum, noiseExplains);
  const told = estimates(problem.parameters, found.minimum, covariance, found.profiles, noiseExplains);
  return { ok: true, ...found, covariance, estimates: told, starts, noiseExplains };
}

/** Whether χ² is no more than four standard deviations above its mean. */
function explained({ r, z, sum }: Minimum): boolean {
  const freedom = Math.max(1, r.length - z.length);
  return sum <= freedom + 4 * Math.sqrt(2 * freedom);
}

/** Profiles of every parameter; one that meets a better minimum begins them anew from there. */
async function profiled(
  problem: FitProblem,
  start: Minimum,
  own: TrustRegionSettings,
  { profilePoints, say }: LeastSquaresSettings,
): Promise<Pick<LeastSquares, "minimum" | "profiles">> {
  const residuals = residualsOf(problem);
  const { parameters, noiseKnown } = problem;
  if (profilePoints === 0) return { minimum: start, profiles: parameters.map(() => null) };
  let minimum = start;
  for (let round = 0; ; round++) {
    const profiles: (Profile | null)[] = [];
    let better: Float64Array | null = null;
    for (const [k, { name }] of parameters.entries()) {
      if (own.signal?.aborted) profiles.push(null);
      else profiles.push(await profileOf(residuals, minimum, k, { ...own, noiseKnown, points: profilePoints }));
      say?.(`profile of ${name}`);
      better = profiles[k]?.better ?? null;
      if (better && round < mostReturns) break;
    }
    if (!better || round >= mostReturns) return { minimum, profiles };
    const found = await trustRegion(residuals, better, own);
    if (!found.ok || found.sum >= minimum.sum) return { minimum, profiles };
    minimum = found;
  }
}

function startRecord(found: MinimumOrNot): StartRecord {
  if (!found.ok) return { sum: null, iterations: 0, converged: false, reason: found.reason };
  const { sum, iterations, converged, reason } = found;
  return { sum, iterations, converged, reason };
}

function saidOf(found: MinimumOrNot, count: number): string {
  if (!found.ok) return found.reason;
  return `mean square of the weighed residuals ${Number((found.sum / count).toPrecision(4))}, ${found.iterations} iterations, ${found.reason}`;
}
