/**
 * Rows in the order of their targets, from which rows are taken; knows the weighted median of those left. Targets are taken
 * about one of them, so that their sums lose no digits to a common offset.
 */
export class MedianList {
  /** Weight of the rows left. */
  total = 0;
  private sum = 0;
  /** Row at the median; weight and weighted target below it. */
  private at: number;
  private below = 0;
  private sumBelow = 0;
  private origin = 0;
  private readonly previous: Int32Array;
  private readonly next: Int32Array;
  private readonly place: Int32Array;
  /** Stands for no row. */
  private readonly end: number;

  /** `target` and `weight` [row] */
  constructor(
    private readonly target: Float64Array,
    private readonly weight: Float64Array,
  ) {
    this.end = target.length;
    this.at = this.end;
    this.previous = new Int32Array(this.end + 1);
    this.next = new Int32Array(this.end + 1);
    this.place = new Int32Array(this.end);
  }

  /** Hold the first `count` of rows that are sorted by their targets. */
  fill(sorted: Int32Array, count: number): void {
    const { previous, next, place, weight, end } = this;
    this.origin = this.target[sorted[count >> 1]];
    [this.below, this.sumBelow, this.total, this.sum] = [0, 0, 0, 0];
    for (let k = 0; k < count; k++) {
      const row = sorted[k];
      previous[row] = k === 0 ? end : sorted[k - 1];
      next[row] = k === count - 1 ? end : sorted[k + 1];
      place[row] = k;
      this.total += weight[row];
      this.sum += this.part(row);
    }
    this.at = sorted[0];
    this.settle();
  }

  remove(row: number): void {
    const { previous, next, end } = this;
    const [before, after] = [previous[row], next[row]];
    if (before !== end) next[before] = after;
    if (after !== end) previous[after] = before;
    this.total -= this.weight[row];
    this.sum -= this.part(row);
    if (row !== this.at) {
      if (this.place[row] < this.place[this.at]) this.passDown(row);
    } else if (after !== end) this.at = after;
    else {
      this.at = before;
      this.passDown(before);
    }
    this.settle();
  }

  /** Sum of weight · |target − median| over the rows left. */
  loss(): number {
    const { at, below, sum, sumBelow, total } = this;
    const middle = this.target[at] - this.origin;
    const own = this.weight[at];
    return Math.max(0, sum - 2 * sumBelow - own * middle - (total - 2 * below - own) * middle);
  }

  /** Between the two rows in the middle where half the weight lies on either side. */
  median(): number {
    const { at, target, next } = this;
    const half = 2 * (this.below + this.weight[at]) === this.total && next[at] !== this.end;
    return half ? (target[at] + target[next[at]]) / 2 : target[at];
  }

  /** Move to the row at which the weight below and above is at most half of all. */
  private settle(): void {
    const { previous, next, weight, end } = this;
    while (2 * this.below >= this.total && previous[this.at] !== end) {
      this.at = previous[this.at];
      this.passDown(this.at);
    }
    while (2 * (this.below + weight[this.at]) < this.total) {
      this.below += weight[this.at];
      this.sumBelow += this.part(this.at);
      this.at = next[this.at];
    }
  }

  /** No longer count a row as below the median. */
  private passDown(row: number): void {
    this.below -= this.weight[row];
    this.sumBelow -= this.part(row);
  }

  private part(row: number): number {
    return this.weight[row] * (this.target[row] - this.origin);
  }
}
