/** What a node's rows lose when each is predicted by the node's value. */
export interface NodeLoss {
  /** Prediction of the node. */
  readonly value: number;
  /** Summed over the rows, each with its weight. */
  readonly loss: number;
  readonly weight: number;
}

/** How bad predictions are, ready for one target and one set of weights; a criterion a file. */
export interface Criterion {
  /** Value and loss of the rows `order[from … to − 1]`; what follows by `scan` concerns these rows. */
  open(order: Int32Array, from: number, to: number): NodeLoss;
  /**
   * Loss of every cut of the rows last opened, sorted by an attribute: `losses[k]` becomes the loss of the first k + 1
   * rows and of the others, each predicted by themselves; `count − 1` cuts are filled in.
   */
  scan(sorted: Int32Array, count: number, losses: Float64Array): void;
}

/** Makes a criterion for one tree: target and weight by row. */
export type CriterionOf = (target: Float64Array, weight: Float64Array) => Criterion;
