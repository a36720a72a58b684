import { draws } from "../../draws/draws.js";
import { mean } from "../../statistics/mean.js";
import { boxOf, transforms } from "./parameter.js";
import { type FitProblem, residualsOf, sumOfSquares } from "./problem.js";

export interface EnsembleSettings {
  /** Even, at least twice the number of parameters. */
  readonly walkers: number;
  readonly steps: number;
  /** Share of the steps that is thrown away. */
  readonly discard: number;
  readonly seed: number;
  /** Internal coordinates about which the walkers begin. */
  readonly start: Float64Array;
  readonly signal?: AbortSignal;
  readonly say?: (text: string) => void;
}

export interface Ensemble {
  /** Internal coordinates, [draw][parameter], walkers of a step side by side. */
  readonly draws: readonly Float64Array[];
  /** The draw of the largest posterior density. */
  readonly best: Float64Array;
  readonly accepted: number;
  /** Steps over which the slowest parameter forgets itself. */
  readonly autocorrelationTime: number;
  readonly steps: number;
}

/** Of the stretch move. */
const stretch = 2;

interface Walker {
  readonly z: Float64Array;
  /** Logarithm of the posterior density, up to a constant. */
  readonly density: number;
}

/**
 * Draws from what noise of known size leaves possible, by the affine-invariant stretch move; one half of the walkers
 * moves along lines through the other, so half an ensemble is predicted at once. Priors are even between the bounds, for
 * `log` in the logarithm. Source: J. Goodman, J. Weare, Commun. Appl. Math. Comput. Sci. 5 (2010) 65–80.
 * @throws RangeError for too few walkers.
 */
export async function ensemble(problem: FitProblem, settings: EnsembleSettings): Promise<Ensemble> {
  const { parameters } = problem;
  const { walkers: count, steps, discard, signal, say } = settings;
  if (count % 2 !== 0 || count < 2 * parameters.length)
    throw new RangeError(
      `Sampling with ${count} walkers: give an even number of at least ${2 * parameters.length}, twice the parameters.`,
    );
  const density = densityOf(problem);
  const random = draws(settings.seed, "ensemble");
  let walkers = await begun(problem, settings, density, random.normal);
  const chain: Float64Array[] = [];
  let [moved, proposed, done] = [0, 0, 0];
  let best = walkers[0];
  for (; done < steps && !signal?.aborted; done++) {
    for (const half of [0, 1] as const) {
      const own = walkers.filter((_, k) => k % 2 === half);
      const others = walkers.filter((_, k) => k % 2 !== half);
      const moves = own.map(({ z }) =>
        proposal(z, others[Math.floor(random.uniform() * others.length)].z, random.uniform()),
      );
      const found = await density(moves.map(({ z }) => z));
      const next = own.map((walker, k) => {
        const { z, factor } = moves[k];
        const gain = (parameters.length - 1) * Math.log(factor) + found[k] - walker.density;
        return Math.log(random.uniform() + 2 ** -54) < gain ? { z, density: found[k] } : walker;
      });
      proposed += own.length;
      moved += next.filter((walker, k) => walker !== own[k]).length;
      walkers = walkers.map((walker, k) => (k % 2 === half ? next[(k - half) / 2] : walker));
    }
    for (const walker of walkers) if (walker.density > best.density) best = walker;
    if (done >= discard * steps) chain.push(...walkers.map(({ z }) => z));
    if ((done + 1) % 100 === 0)
      say?.(`step ${done + 1} of ${steps}, ${Math.round((100 * moved) / proposed)} % of moves taken`);
  }
  const autocorrelationTime = slowest(chain, count);
  return { draws: chain, best: best.z, accepted: moved / Math.max(1, proposed), autocorrelationTime, steps: done };
}

/** Along the line through another walker, by a factor drawn from 1/√f between 1/2 and 2. */
function proposal(z: Float64Array, other: Float64Array, u: number): { z: Float64Array; factor: number } {
  const factor = ((stretch - 1) * u + 1) ** 2 / stretch;
  return { z: z.map((own, k) => other[k] + factor * (own - other[k])), factor };
}

/** −χ²/2 with the prior; −∞ outside the bounds and where the prediction fails. */
function densityOf(problem: FitProblem): (points: readonly Float64Array[]) => Promise<number[]> {
  const residuals = residualsOf(problem);
  const box = boxOf(problem.parameters);
  const prior = (z: Float64Array) =>
    problem.parameters.reduce((sum, { transform }, k) => sum + transforms[transform].logPrior(z[k]), 0);
  return async (points) => {
    const inside = points.map((z) => z.every((value, k) => value >= box.low[k] && value <= box.high[k]));
    const asked = points.filter((_, k) => inside[k]);
    const found = asked.length === 0 ? [] : await residuals(asked);
    let at = 0;
    return points.map((z, k) => {
      const r = inside[k] ? found[at++] : null;
      return r === null ? Number.NEGATIVE_INFINITY : prior(z) - sumOfSquares(r) / 2;
    });
  };
}

/** In a small ball about the start, every walker where there is a prediction if a few draws can find such a place. */
async function begun(
  { parameters }: FitProblem,
  { walkers: count, start }: EnsembleSettings,
  density: (points: readonly Float64Array[]) => Promise<number[]>,
  normal: () => number,
): Promise<Walker[]> {
  const box = boxOf(parameters);
  const near = () =>
    start.map((value, k) => {
      const width = box.high[k] - box.low[k];
      const place = value + 0.02 * width * normal();
      return Math.min(box.high[k] - 1e-6 * width, Math.max(box.low[k] + 1e-6 * width, place));
    });
  const points = Array.from({ length: count }, near);
  const found = await density(points);
  return points.map((z, k) => ({ z, density: found[k] }));
}

/** Integrated autocorrelation time of the walkers' mean, by Sokal's window of five times itself; the largest of all parameters. */
function slowest(chain: readonly Float64Array[], walkers: number): number {
  const steps = Math.floor(chain.length / walkers);
  if (steps < 4) return Number.NaN;
  const count = chain[0].length;
  const times = Array.from({ length: count }, (_, p) => {
    const own = Array.from({ length: walkers }, (_, w) =>
      Float64Array.from({ length: steps }, (_, s) => chain[s * walkers + w][p]),
    );
    return integrated(own);
  });
  return Math.max(...times);
}

function integrated(series: readonly Float64Array[]): number {
  const steps = series[0].length;
  const all = series.flatMap((own) => [...own]);
  const centre = mean(all);
  const at = (lag: number) =>
    series.reduce((sum, own) => {
      let part = 0;
      for (let s = 0; s + lag < steps; s++) part += (own[s] - centre) * (own[s + lag] - centre);
      return sum + part / (steps - lag);
    }, 0);
  const own = at(0);
  if (!(own > 0)) return Number.NaN;
  let time = 1;
  for (let lag = 1; lag < steps; lag++) {
    time += (2 * at(lag)) / own;
    if (lag >= 5 * time) break;
  }
  return time;
}
