import type { Samples } from "../forest/samples.js";
import { fillPatterns, type LeafPath, mostAttributes } from "./leaf-path.js";
import type { PathGame, ValueFunction } from "./path-game.js";

/** A pattern that rows of the background have, with the share of them that have it. */
interface Seen {
  readonly pattern: number;
  readonly share: number;
}

/**
 * Interventional SHAP values (Lundberg et al., Nature Machine Intelligence 2, 56 (2020)): an attribute that is not known
 * is taken from a background row, and the mean over all background rows counts.
 *
 * Against one background row a leaf is reached when each attribute of the path comes from a row that passes it. With u
 * attributes that only the row explained passes and v that only the background row passes, Shapley's sum is closed:
 * (u − 1)! v! / (u + v)! for each of the u, −u! (v − 1)! / (u + v)! for each of the v.
 * @param background rows with the forest's attributes; targets are not looked at.
 */
export function interventional(background: Samples): ValueFunction {
  const patterns = new Int32Array(background.rows);
  const orders = orderings(mostAttributes);
  return (path) => {
    fillPatterns(path, background, patterns);
    const counts = new Map<number, number>();
    for (const pattern of patterns) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    const seen = [...counts].map(([pattern, count]) => ({ pattern, share: count / background.rows }));
    return pathGame(path, seen, orders);
  };
}

function pathGame(path: LeafPath, seen: readonly Seen[], orders: readonly Float64Array[]): PathGame {
  const known = path.attributes.length;
  const all = 2 ** known - 1;
  const full = seen.find(({ pattern }) => pattern === all);
  return {
    base: path.value * (full?.share ?? 0),
    effects(pattern, into, offset) {
      into.fill(0, offset, offset + known);
      for (const { pattern: other, share } of seen) {
        if ((pattern | other) !== all) continue;
        const [own, [u, v]] = [pattern & ~other, counted(pattern, other)];
        const [forOwn, forOther] = [u > 0 ? orders[u - 1][v] : 0, v > 0 ? orders[u][v - 1] : 0];
        for (let bits = pattern ^ other; bits !== 0; bits &= bits - 1) {
          const k = 31 - Math.clz32(bits & -bits);
          into[offset + k] += path.value * share * ((own >>> k) & 1 ? forOwn : -forOther);
        }
      }
    },
    pairs(pattern, into, offset) {
      into.fill(0, offset, offset + (known * (known - 1)) / 2);
      for (const { pattern: other, share } of seen) {
        if ((pattern | other) !== all) continue;
        const [own, apart, [u, v]] = [pattern & ~other, pattern ^ other, counted(pattern, other)];
        for (let k = 1; k < known; k++) {
          if (!((apart >>> k) & 1)) continue;
          for (let j = 0; j < k; j++) {
            if (!((apart >>> j) & 1)) continue;
            const fromOwn = ((own >>> k) & 1) + ((own >>> j) & 1);
            const weight = orders[u - fromOwn][v - 2 + fromOwn];
            into[offset + (k * (k - 1)) / 2 + j] += 0.5 * path.value * share * (fromOwn === 1 ? -weight : weight);
          }
        }
      }
    },
  };
}

/** How many attributes only the one and only the other passes. */
function counted(pattern: number, other: number): readonly [number, number] {
  return [bitCount(pattern & ~other), bitCount(other & ~pattern)];
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** `[a][b]` is a! b! / (a + b + 1)! = ∫₀¹ tᵃ (1 − t)ᵇ dt. */
function orderings(most: number): Float64Array[] {
  const table = Array.from({ length: most }, () => new Float64Array(most));
  for (let a = 0; a < most; a++)
    for (let b = 0; b < most; b++) table[a][b] = b === 0 ? 1 / (a + 1) : (table[a][b - 1] * b) / (a + b + 1);
  return table;
}
