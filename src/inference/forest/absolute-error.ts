import type { Criterion } from "./criterion.js";
import { MedianList } from "./median-list.js";
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
  const list = new MedianList(target, weight);
  let count = 0;
  return {
    open(order, from, to) {
      count = to - from;
      sort(order.subarray(from, to), rank, 0, distinct, byTarget);
      list.fill(byTarget, count);
      return { value: list.median(), loss: list.loss(), weight: list.total };
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
