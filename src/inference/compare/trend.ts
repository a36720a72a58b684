import { type Draws, draws } from "../../draws/draws.js";
import { quantile } from "../../statistics/quantile.js";

/** Values of several states in one rising order. */
interface Ordered {
  /** Which state a value is of. [value] */
  readonly state: Uint8Array;
  /** 1 where the next value is another. [value] */
  readonly last: Uint8Array;
  /** Values of each state. */
  readonly sizes: readonly number[];
  /** Positions of the values of a particle, state by state, [particle][state]; null where states are of other particles. */
  readonly ofParticle: Int32Array | null;
}

/** Whether values rise or fall from state to state. */
export interface RiseTest {
  /** Jonckheere's count of later values above earlier ones, less its mean and over its deviation without ties. */
  readonly statistic: number;
  /** (1 + dealings at least as far from even) / (1 + dealings). */
  readonly p: number;
  /** Probability that the later of two is larger, less that it is smaller: −1 … 1. */
  readonly effect: number;
}

/**
 * Test for ordered alternatives (Jonckheere, Biometrika 41, 133 (1954); Terpstra, Indag. Math. 14, 327 (1952)), two-sided, p by
 * permutation: values are dealt to all states anew or, where states are of the same particles, to the states of each particle.
 * @param states values of each state, in order.
 */
export function riseTest(
  states: readonly ArrayLike<number>[],
  paired: boolean,
  permutations: number,
  seed: number,
): RiseTest {
  const ordered = orderOf(states, paired);
  const pairs = pairCount(ordered.sizes);
  const away = (state: Uint8Array) => laterAbove(ordered, state) - pairs / 2;
  const found = away(ordered.state);
  const random = draws(seed, "states dealt");
  const dealt = ordered.state.slice();
  let atLeast = 0;
  for (let done = 0; done < permutations; done++) {
    deal(ordered, dealt, random);
    if (Math.abs(away(dealt)) >= Math.abs(found) - 1e-9) atLeast++;
  }
  return {
    statistic: found / deviationWithoutTies(ordered.sizes),
    p: (1 + atLeast) / (1 + permutations),
    effect: (2 * found) / pairs,
  };
}

/** Effect of `riseTest` alone. */
export function riseEffect(states: readonly ArrayLike<number>[]): number {
  const ordered = orderOf(states, false);
  const pairs = pairCount(ordered.sizes);
  return (2 * laterAbove(ordered, ordered.state)) / pairs - 1;
}

/** |value − median| over the mean: how far each value is from the middle of its state, in units of the state's mean. */
export function relativeDeviations(values: ArrayLike<number>): Float64Array {
  const middle = quantile(values, 0.5);
  const mean = Array.prototype.reduce.call(values, (sum, x) => (sum as number) + (x as number), 0) as number;
  return Float64Array.from(values, (value) => (Math.abs(value - middle) * values.length) / Math.abs(mean));
}

function orderOf(states: readonly ArrayLike<number>[], paired: boolean): Ordered {
  const all = states.flatMap((values, state) => Array.from(values, (value, particle) => ({ value, state, particle })));
  all.sort((a, b) => a.value - b.value);
  const ofParticle = paired ? new Int32Array(all.length) : null;
  for (const [position, { state, particle }] of all.entries())
    if (ofParticle) ofParticle[particle * states.length + state] = position;
  return {
    state: Uint8Array.from(all, ({ state }) => state),
    last: Uint8Array.from(all, ({ value }, k) => (all[k + 1]?.value === value ? 0 : 1)),
    sizes: states.map(({ length }) => length),
    ofParticle,
  };
}

/** Pairs of values of two states in which the later state's is larger; ties count a half. */
function laterAbove({ last, sizes }: Ordered, state: Uint8Array): number {
  const below = new Float64Array(sizes.length);
  const ties = new Float64Array(sizes.length);
  let count = 0;
  for (let k = 0; k < state.length; k++) {
    ties[state[k]]++;
    if (!last[k]) continue;
    for (let later = 0; later < ties.length; later++)
      for (let earlier = 0; earlier < later; earlier++) count += ties[later] * (below[earlier] + ties[earlier] / 2);
    for (let each = 0; each < ties.length; each++) below[each] += ties[each];
    ties.fill(0);
  }
  return count;
}

function pairCount(sizes: readonly number[]): number {
  return sizes.reduce((sum, n, k) => sum + n * sizes.slice(0, k).reduce((before, m) => before + m, 0), 0);
}

function deviationWithoutTies(sizes: readonly number[]): number {
  const term = (n: number) => n * n * (2 * n + 3);
  const total = sizes.reduce((sum, n) => sum + n, 0);
  return Math.sqrt((term(total) - sizes.reduce((sum, n) => sum + term(n), 0)) / 72);
}

function deal({ ofParticle, sizes }: Ordered, state: Uint8Array, random: Pick<Draws, "uniform">): void {
  const each = ofParticle ? sizes.length : state.length;
  const at = (k: number) => (ofParticle ? ofParticle[k] : k);
  for (let from = 0; from < state.length; from += each)
    for (let k = each - 1; k > 0; k--) {
      const [a, b] = [at(from + k), at(from + Math.floor(random.uniform() * (k + 1)))];
      const kept = state[a];
      state[a] = state[b];
      state[b] = kept;
    }
}
