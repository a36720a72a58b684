import type { LeafPath } from "./leaf-path.js";

/**
 * What one leaf pays for knowing attributes: the game whose Shapley values are SHAP values. Prediction is the sum of its
 * leaves, and Shapley values add up, so that each leaf is a game by itself. The payments depend on a row by its pattern
 * alone: which attributes of the path it passes.
 */
export interface PathGame {
  /** Payment when no attribute is known. */
  readonly base: number;
  /** Shapley values of the path's attributes, into `into[offset + k]`. */
  effects(pattern: number, into: Float64Array, offset: number): void;
  /**
   * Shapley interaction values of pairs, each half of what the two earn together: the pair of k and j < k goes into
   * `into[offset + k (k − 1) / 2 + j]`.
   */
  pairs(pattern: number, into: Float64Array, offset: number): void;
}

/** A value function: what is expected of an attribute that is not known. */
export type ValueFunction = (path: LeafPath) => PathGame;
