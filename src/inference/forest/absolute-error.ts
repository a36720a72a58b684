import type { Criterion } from "./criterion.js";
import { rankOf } from "./rank.js";
import { rowSorter } from "./row-sorter.js";

/**
 * Mean absolute error: a node predicts the weighted median of its rows. A scan takes rows away from a list sorted by
 * target, from one end of the attribute and then from the other; a median moves by few places with each row, so that
 * all cuts of a node cost time in proportion to its rows.
 */
export function absoluteError(target: Float64Array, weight: Float64Array): Criterion {
  const rows = target.length;
  const { rank, distinct } = rankOf(target);
  const sort = rowSorter(rows);
  const byTarget = new Int32Array(rows);
  const list = medianList(target, weight);
  let count = 0;
  return {
    open(order, from, to) {
      count = to - from;
      sort(order.subarray(from, to), rank, 0, distinct, byTarget);
      list.fill(byTarget, count);
      return { value: list.median(), loss: list.loss(), weight: list.weight() };
    },
    scan(sorted, _, losses) {
      list.fill(byTarget, count);
      for (let k = count - 1; k > 0; k--) {
        list.remove(sorted[k]);
        losses[k - 1] = list.loss();
      }
      list.fill(byTarget, count);
      for (let k = 0; k < count - 1; k++) {
        list.remove(sorted[k]);
        losses[k] = losses[k] + list.loss();
      }
    },
  };
}

/** Rows in the order of their targets, from which rows are taken; knows the weighted median of those left. */
function medianList(target: Float64Array, weight: Float64Array) {
  const [previous, next] = [new Int32Array(target.length + 1), new Int32Array(target.length + 1)];
  const place = new Int32Array(target.length);
  const end = target.length;
  /** Row at the median; weight and weighted target below it and in all; targets are taken about `origin`. */
  let [at, below, sumBelow, total, sum, origin] = [end, 0, 0, 0, 0, 0];

  const settle = () => {
    while (2 * below >= total && previous[at] !== end) {
      at = previous[at];
      below -= weight[at];
      sumBelow -= weight[at] * (target[at] - origin);
    }
    while (2 * (below + weight[at]) < total) {
      below += weight[at];
      sumBelow += weight[at] * (target[at] - origin);
      at = next[at];
    }
  };
  return {
    fill(sorted: Int32Array, count: number) {
      origin = target[sorted[count >> 1]];
      [below, sumBelow, total, sum] = [0, 0, 0, 0];
      for (let k = 0; k < count; k++) {
        const row = sorted[k];
        previous[row] = k === 0 ? end : sorted[k - 1];
        next[row] = k === count - 1 ? end : sorted[k + 1];
        place[row] = k;
        total += weight[row];
        sum += weight[row] * (target[row] - origin);
      }
      at = sorted[0];
      settle();
    },
    remove(row: number) {
      const before = previous[row];
      const after = next[row];
      const part = weight[row] * (target[row] - origin);
      if (before !== end) next[before] = after;
      if (after !== end) previous[after] = before;
      total -= weight[row];
      sum -= part;
      if (row !== at) {
        if (place[row] < place[at]) {
          below -= weight[row];
          sumBelow -= part;
        }
      } else if (after !== end) at = after;
      else {
        at = before;
        below -= weight[before];
        sumBelow -= weight[before] * (target[before] - origin);
      }
      settle();
    },
    /** Sum of weight · |target − median| over the rows left. */
    loss() {
      const middle = target[at] - origin;
      return Math.max(0, sum - 2 * sumBelow - weight[at] * middle - (total - 2 * below - weight[at]) * middle);
    },
    /** Between the two rows in the middle where half the weight lies on either side. */
    median() {
      const half = 2 * (below + weight[at]) === total && next[at] !== end;
      return half ? (target[at] + target[next[at]]) / 2 : target[at];
    },
    weight: () => total,
  };
}
