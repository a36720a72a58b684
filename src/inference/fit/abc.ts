import { type Draws, draws } from "../../draws/draws.js";
import { type Box, boxOf, transforms } from "./parameter.js";
import { type FitProblem, residualsOf, sumOfSquares } from "./problem.js";

export interface AbcSettings {
  readonly particles: number;
  readonly generations: number;
  /** Share of a generation whose distances set the next tolerance. */
  readonly keep: number;
  /** Predictions asked for at once. */
  readonly batch: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly say?: (text: string) => void;
}

export interface Abc {
  /** Internal coordinates of the last generation, evenly drawn by their weights. */
  readonly draws: readonly Float64Array[];
  /** The nearest of all. */
  readonly best: Float64Array;
  readonly tolerances: readonly number[];
  /** Kept of all that were predicted. */
  readonly accepted: number;
  readonly predicted: number;
}

interface Particle {
  readonly z: Float64Array;
  readonly weight: number;
  readonly distance: number;
}

/** A generation is given up after so many predictions for each of its particles. */
const mostTries = 40;

/**
 * Approximate Bayesian computation by generations: draws whose prediction lies within a tolerance of what was measured,
 * the tolerance falling from generation to generation. The distance is the root mean square of the weighed residuals.
 * Source: M. A. Beaumont, J.-M. Cornuet, J.-M. Marin, C. P. Robert, Biometrika 96 (2009) 983–990.
 */
export async function abc(problem: FitProblem, settings: AbcSettings): Promise<Abc> {
  const { generations, particles: wanted, keep, say } = settings;
  const random = draws(settings.seed, "abc");
  const box = boxOf(problem.parameters);
  const tolerances: number[] = [];
  let [last, predicted, kept]: [Particle[], number, number] = [[], 0, 0];
  let best: { readonly z: Float64Array; readonly distance: number } | null = null;
  for (let generation = 1; generation <= generations && !settings.signal?.aborted; generation++) {
    const tolerance =
      last.length === 0
        ? Infinity
        : quantile(
            last.map(({ distance }) => distance),
            keep,
          );
    const spread = last.length === 0 ? null : spreadOf(last);
    const propose = () => (spread === null ? fromPrior(problem, box, random) : near(last, spread, box, random));
    const found = await generationOf(problem, propose, tolerance, settings);
    predicted += found.predicted;
    kept += found.particles.length;
    for (const particle of found.particles) if (!best || particle.distance < best.distance) best = particle;
    if (found.particles.length < Math.max(4, wanted / 4)) break;
    last = weighed(problem, found.particles, last, spread);
    tolerances.push(Math.max(...last.map(({ distance }) => distance)));
    say?.(
      `generation ${generation}: distance at most ${tolerances.at(-1)!.toPrecision(3)}, ${found.predicted} predictions`,
    );
  }
  const even = last.map(() => picked(last, random.uniform()).z);
  return {
    draws: even,
    best: best?.z ?? new Float64Array(box.low.length),
    tolerances,
    accepted: kept / Math.max(1, predicted),
    predicted,
  };
}

async function generationOf(
  problem: FitProblem,
  propose: () => Float64Array,
  tolerance: number,
  { particles: wanted, batch, signal }: AbcSettings,
): Promise<{ particles: { z: Float64Array; distance: number }[]; predicted: number }> {
  const residuals = residualsOf(problem);
  const particles: { z: Float64Array; distance: number }[] = [];
  let predicted = 0;
  while (particles.length < wanted && predicted < mostTries * wanted && !signal?.aborted) {
    const points = Array.from({ length: batch }, propose);
    const found = await residuals(points);
    predicted += points.length;
    for (const [k, r] of found.entries()) {
      if (r === null || particles.length >= wanted) continue;
      const distance = Math.sqrt(sumOfSquares(r) / r.length);
      if (distance <= tolerance) particles.push({ z: points[k], distance });
    }
  }
  return { particles, predicted };
}

function fromPrior({ parameters }: FitProblem, { low, high }: Box, random: Draws): Float64Array {
  return Float64Array.from(parameters, ({ transform }, k) => {
    if (transform !== "logit") return low[k] + random.uniform() * (high[k] - low[k]);
    const share = Math.min(1 - 1e-4, Math.max(1e-4, random.uniform()));
    return Math.log(share / (1 - share));
  });
}

/** A particle of the generation before, moved by normal steps of √2 times its spread, within the bounds. */
function near(last: readonly Particle[], spread: Float64Array, { low, high }: Box, random: Draws): Float64Array {
  for (;;) {
    const { z } = picked(last, random.uniform());
    const moved = z.map((value, k) => value + spread[k] * random.normal());
    if (moved.every((value, k) => value >= low[k] && value <= high[k])) return moved;
  }
}

function picked(particles: readonly Particle[], share: number): Particle {
  let sum = 0;
  for (const particle of particles) {
    sum += particle.weight;
    if (share < sum) return particle;
  }
  return particles.at(-1)!;
}

function spreadOf(particles: readonly Particle[]): Float64Array {
  return particles[0].z.map((_, k) => {
    const mean = particles.reduce((sum, { z, weight }) => sum + weight * z[k], 0);
    return Math.sqrt(2 * particles.reduce((sum, { z, weight }) => sum + weight * (z[k] - mean) ** 2, 0)) + 1e-9;
  });
}

/** Prior over the density with which a particle was proposed; sums to one. */
function weighed(
  { parameters }: FitProblem,
  found: readonly { z: Float64Array; distance: number }[],
  before: readonly Particle[],
  spread: Float64Array | null,
): Particle[] {
  const raw = found.map(({ z }) => {
    if (spread === null) return 1;
    const prior = parameters.reduce((sum, { transform }, k) => sum + transforms[transform].logPrior(z[k]), 0);
    const proposed = before.reduce((sum, { z: from, weight }) => {
      const exponent = from.reduce((total, value, k) => total + ((z[k] - value) / spread[k]) ** 2, 0);
      return sum + weight * Math.exp(-exponent / 2);
    }, 0);
    return Math.exp(prior) / proposed;
  });
  const whole = raw.reduce((sum, value) => sum + value, 0);
  return found.map(({ z, distance }, k) => ({ z, distance, weight: raw[k] / whole }));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
