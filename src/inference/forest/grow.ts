import type { Draws } from "../../draws/draws.js";
import type { Criterion } from "./criterion.js";
import { type Ranks, rankOf } from "./rank.js";
import { type RowSorter, rowSorter } from "./row-sorter.js";
import type { Samples } from "./samples.js";
import { attributesTried, criteria, type GrowthSettings } from "./settings.js";
import { type Tree, treeOf } from "./tree.js";

/** Samples with each attribute ranked, once for all trees of a forest. */
export interface RankedSamples extends Samples {
  /** [attribute][row] */
  readonly ranks: Uint32Array;
  /** Distinct values. [attribute] */
  readonly distinct: Uint32Array;
}

/** A cut of a node: what it gains, summed over rows, and where it lies. */
interface Cut {
  readonly gain: number;
  readonly attribute: number;
  readonly threshold: number;
}

/** A leaf that may still be cut: its rows `order[from … to − 1]`. */
interface Open {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly cut: Cut;
}

export function rankSamples(samples: Samples): RankedSamples {
  const { names, rows, attributes } = samples;
  const ranks = new Uint32Array(attributes.length);
  const distinct = new Uint32Array(names.length);
  for (let k = 0; k < names.length; k++) {
    const ranked: Ranks = rankOf(attributes.subarray(k * rows, (k + 1) * rows));
    ranks.set(ranked.rank, k * rows);
    distinct[k] = ranked.distinct;
  }
  return { ...samples, ranks, distinct };
}

/**
 * Grows a regression tree, the cut with the largest gain first (Breiman et al., Classification and Regression Trees,
 * 1984), on rows with weight above 0. Thresholds lie midway between neighbouring values.
 * @param weight by row, e.g. how often a row was drawn.
 * @param random draws the attributes tried at a node.
 */
export function growTree(
  samples: RankedSamples,
  weight: Float64Array,
  settings: GrowthSettings,
  random: Pick<Draws, "uniform">,
): Tree {
  const order = Int32Array.from({ length: samples.rows }, (_, row) => row).filter((row) => weight[row] > 0);
  const total = order.reduce((sum, row) => sum + weight[row], 0);
  const criterion = criteria[settings.criterion](samples.target, weight);
  const search = cutSearch(samples, weight, settings, random, criterion);
  const nodes = nodeList();
  const open = openLeaves();
  let rootLoss = 0;

  const examine = (from: number, to: number, depth: number): number => {
    const { value, loss, weight: cover } = criterion.open(order, from, to);
    const node = nodes.add(value, cover);
    if (node === 0) rootLoss = loss;
    if (depth >= settings.maxDepth || cover < 2 * settings.minLeafRows || loss <= 1e-14 * rootLoss) return node;
    const cut = search(order, from, to, loss);
    if (cut && cut.gain >= settings.minGain * total - 1e-12 * rootLoss) open.add({ node, from, to, depth, cut });
    return node;
  };

  examine(0, order.length, 0);
  const spare = new Int32Array(order.length);
  for (let leaves = 1; leaves < settings.maxLeaves; leaves++) {
    const best = open.takeBest();
    if (!best) break;
    const { node, from, to, depth, cut } = best;
    const middle = partition(samples, order, from, to, cut, spare);
    const left = examine(from, middle, depth + 1);
    nodes.split(node, cut, left, examine(middle, to, depth + 1));
  }
  return nodes.tree();
}

/** Finds the best cut of a node among attributes drawn at random; undefined when none leaves enough rows on both sides. */
function cutSearch(
  samples: RankedSamples,
  weight: Float64Array,
  settings: GrowthSettings,
  random: Pick<Draws, "uniform">,
  criterion: Criterion,
) {
  const { rows, ranks, names, distinct } = samples;
  const sort: RowSorter = rowSorter(rows);
  const [sorted, losses] = [new Int32Array(rows), new Float64Array(rows)];
  const drawn = Int32Array.from(names, (_, k) => k);
  const tried = attributesTried(settings, names.length);
  return (order: Int32Array, from: number, to: number, loss: number): Cut | undefined => {
    let best: Cut | undefined;
    const count = to - from;
    const chosen = order.subarray(from, to);
    for (let left = names.length, done = 0; left > 0 && done < tried; left--) {
      const k = takeOne(drawn, left, random);
      const offset = k * rows;
      sort(chosen, ranks, offset, distinct[k], sorted);
      if (ranks[offset + sorted[0]] === ranks[offset + sorted[count - 1]]) continue;
      done++;
      criterion.scan(sorted, count, losses);
      const place = bestPlace(sorted, count, ranks, offset, weight, settings.minLeafRows, losses);
      if (place < 0 || (best && loss - losses[place] <= best.gain)) continue;
      const threshold = between(samples.attributes, offset, sorted[place], sorted[place + 1]);
      best = { gain: loss - losses[place], attribute: k, threshold };
    }
    return best;
  };
}

/** Draws one of the first `left` entries and puts it behind them. */
function takeOne(entries: Int32Array, left: number, random: Pick<Draws, "uniform">): number {
  const at = Math.floor(random.uniform() * left);
  const taken = entries[at];
  entries[at] = entries[left - 1];
  entries[left - 1] = taken;
  return taken;
}

/** The cut between unequal neighbours with the least loss and enough weight on both sides; −1 when there is none. */
function bestPlace(
  sorted: Int32Array,
  count: number,
  ranks: Uint32Array,
  offset: number,
  weight: Float64Array,
  least: number,
  losses: Float64Array,
): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += weight[sorted[k]];
  let [best, smallest, left] = [-1, Number.POSITIVE_INFINITY, 0];
  for (let k = 0; k < count - 1; k++) {
    left += weight[sorted[k]];
    if (losses[k] >= smallest || left < least || total - left < least) continue;
    if (ranks[offset + sorted[k]] === ranks[offset + sorted[k + 1]]) continue;
    best = k;
    smallest = losses[k];
  }
  return best;
}

/** Midway between two values, and below the larger one whatever the rounding. */
function between(attributes: Float64Array, offset: number, low: number, high: number): number {
  const [a, b] = [attributes[offset + low], attributes[offset + high]];
  const middle = a / 2 + b / 2;
  return middle < b && middle >= a ? middle : a;
}

/** Rows that go left first, each side in its order; gives where the right ones begin. */
function partition(samples: Samples, order: Int32Array, from: number, to: number, cut: Cut, spare: Int32Array): number {
  const offset = cut.attribute * samples.rows;
  let [left, right] = [from, 0];
  for (let i = from; i < to; i++) {
    const row = order[i];
    if (samples.attributes[offset + row] <= cut.threshold) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}

/** The nodes of a tree that grows. */
function nodeList() {
  const [attribute, threshold, left, right, value, cover]: [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ] = [[], [], [], [], [], []];
  return {
    add(nodeValue: number, nodeCover: number): number {
      attribute.push(-1);
      for (const zero of [threshold, left, right]) zero.push(0);
      value.push(nodeValue);
      return cover.push(nodeCover) - 1;
    },
    split(node: number, cut: Cut, leftChild: number, rightChild: number) {
      attribute[node] = cut.attribute;
      threshold[node] = cut.threshold;
      left[node] = leftChild;
      right[node] = rightChild;
    },
    tree: () => treeOf({ attribute, threshold, left, right, value, cover }),
  };
}

/** Leaves that may be cut, the largest gain first, the earlier node among equals (a binary heap). */
function openLeaves() {
  const heap: Open[] = [];
  const before = (a: Open, b: Open) => a.cut.gain > b.cut.gain || (a.cut.gain === b.cut.gain && a.node < b.node);
  const swap = (i: number, j: number) => {
    [heap[i], heap[j]] = [heap[j], heap[i]];
  };
  return {
    add(leaf: Open) {
      let i = heap.push(leaf) - 1;
      for (let up = (i - 1) >> 1; i > 0 && before(heap[i], heap[up]); i = up, up = (i - 1) >> 1) swap(i, up);
    },
    takeBest(): Open | undefined {
      const best = heap[0];
      const last = heap.pop();
      if (heap.length === 0 || !last) return best;
      heap[0] = last;
      for (let i = 0; ; ) {
        let first = i;
        for (const child of [2 * i + 1, 2 * i + 2])
          if (child < heap.length && before(heap[child], heap[first])) first = child;
        if (first === i) return best;
        swap(i, first);
        i = first;
      }
    },
  };
}
