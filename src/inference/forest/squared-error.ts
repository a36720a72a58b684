import type { Criterion } from "./criterion.js";

/** Mean-squared error: a node predicts the mean of its rows. Targets are taken about the node's mean, against cancellation. */
export function squaredError(target: Float64Array, weight: Float64Array): Criterion {
  let [mean, loss, total] = [0, 0, 0];
  return {
    open(order, from, to) {
      total = 0;
      let sum = 0;
      for (let i = from; i < to; i++) {
        total += weight[order[i]];
        sum += weight[order[i]] * target[order[i]];
      }
      mean = sum / total;
      loss = 0;
      for (let i = from; i < to; i++) loss += weight[order[i]] * (target[order[i]] - mean) ** 2;
      return { value: mean, loss, weight: total };
    },
    scan(sorted, count, losses) {
      let [sum, left] = [0, 0];
      for (let k = 0; k < count - 1; k++) {
        const row = sorted[k];
        left += weight[row];
        sum += weight[row] * (target[row] - mean);
        losses[k] = loss - (sum * sum * total) / (left * (total - left));
      }
    },
  };
}
