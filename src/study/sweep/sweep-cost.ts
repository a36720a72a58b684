import type { Cost } from "../cost.js";

/** What a sweep would cost, to about a factor of two. */
export interface SweepCost {
  /** Different scenarios. */
  readonly scenarios: number;
  /** Of the largest. */
  readonly unknowns: number;
  readonly memoryMegabytes: number;
  /** Over all. */
  readonly steps: number;
}

/** @param costs of each different scenario. */
export function sweepCost(costs: readonly Cost[]): SweepCost {
  const most = (value: (cost: Cost) => number) => costs.reduce((largest, cost) => Math.max(largest, value(cost)), 0);
  return {
    scenarios: costs.length,
    unknowns: most(({ unknowns }) => unknowns),
    memoryMegabytes: most(({ memoryMegabytes }) => memoryMegabytes),
    steps: costs.reduce((sum, { steps }) => sum + steps, 0),
  };
}
