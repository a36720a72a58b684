import { draws } from "../../src/draws/draws.js";
import { makeSamples, type Samples } from "../../src/inference/forest/samples.js";

/** Twelve attributes that are straight mixtures of three hidden numbers, with noise. */
export function straightMixture(rows: number, seed = 0): Samples {
  return mixture(rows, seed, 3, (u) => u);
}

/** Twelve attributes on a curved surface of two hidden numbers, with noise. */
export function curvedSurface(rows: number, seed = 0): Samples {
  return mixture(rows, seed, 2, ([a, b]) => [a, b, 0.7 * (a * a - 1), 0.7 * (b * b - 1), a * b, Math.sin(2 * a)]);
}

function mixture(
  rows: number,
  seed: number,
  hidden: number,
  bend: (u: readonly number[]) => readonly number[],
): Samples {
  const random = draws(seed, "manifold");
  const list = Array.from({ length: rows }, () => bend(Array.from({ length: hidden }, () => random.normal())));
  const weights = Array.from({ length: 12 }, () => list[0].map(() => random.normal()));
  const columns = weights.map((weight) =>
    list.map((features) => features.reduce((sum, f, k) => sum + f * weight[k], 0) + 0.1 * random.normal()),
  );
  return makeSamples(
    Object.fromEntries(columns.map((column, k) => [`a${k}`, column])),
    list.map((features) => features[0]),
  );
}
