/**
 * A Lagrange element: shape functions on a reference cell. Fields and geometry use the same functions
 * (isoparametric), so that curved edges need nothing further.
 */
export interface Element {
  readonly name: string;
  readonly dimension: number;
  readonly nodes: number;
  /** Complete polynomial degree. */
  readonly order: 1 | 2;
  /** `[node][dimension]` in the reference cell. */
  readonly reference: Float64Array;
  /** Write N `[node]` and ∂N/∂ξ `[node][dimension]` at a point of the reference cell. */
  shape(point: ArrayLike<number>, value: Float64Array, gradient: Float64Array): void;
  /** The element of the cell's facets, whose nodes are the facet's. */
  readonly facet: FacetElement;
}

/** An element of one dimension less, with the quadrature at its own nodes that zero-thickness interfaces use. */
export interface FacetElement {
  readonly name: string;
  readonly nodes: number;
  /** ∂N/∂ξ at the nodes, `[at node][of node]`, on ξ ∈ [0, 1]. */
  readonly nodalGradient: Float64Array;
  /** Points `[point]` on [0, 1], weights and N `[point][node]` to integrate N exactly with the facet's measure. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
  readonly value: Float64Array;
  readonly gradient: Float64Array;
}
