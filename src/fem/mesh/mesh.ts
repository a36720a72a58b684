/** The four sides of the bounding box, in the order of their tags. */
export const sides = ["bottom", "right", "top", "left"] as const;
/** A side of the box. */
export type Side = (typeof sides)[number];

/** Carbon/binder classes, in the order of their tags. */
export const binders = ["high", "low"] as const;

/**
 * A conforming triangulation of particles in carbon/binder. Lengths in m.
 * Along each particle's surface every node exists twice, once on the particle and once on the carbon/binder.
 */
export interface Mesh {
  /** Coordinates of a node. */
  readonly dimension: 2;
  /** 1: straight three-node triangles; 2: six-node triangles, midside nodes on the true circle. */
  readonly order: 1 | 2;
  /** `[node][dimension]` x (or r), y (or z). */
  readonly nodes: Float64Array;
  /** 3 or 6. */
  readonly nodesPerCell: number;
  /** `[cell][nodesPerCell]` vertices counter-clockwise, then midsides of edges 01, 12, 20. */
  readonly cells: Int32Array;
  /** `[cell]` k for particle k, `particles` for high-, `particles + 1` for low-conductivity carbon/binder. */
  readonly region: Int32Array;
  /** Number of particles. */
  readonly particles: number;
  /** The carbon/binder as the potential sees it; without it, the cells of the carbon/binder by their region. */
  readonly conductor?: Conductor;
  readonly contact: ContactFacets;
  readonly boundary: BoundaryFacets;
}

export function nodeCount({ nodes, dimension }: Pick<Mesh, "nodes" | "dimension">): number {
  return nodes.length / dimension;
}

/** The carbon/binder split along the border between its two kinds. */
export interface Conductor {
  /** `[node][dimension]` m: the mesh's nodes, then those on the border and in split cells. */
  readonly nodes: Float64Array;
  /** `[added node][2]` two nodes between which it lies. */
  readonly parents: Int32Array;
  /** `[cell][nodesPerCell]` */
  readonly cells: Int32Array;
  /** `[cell]` index into `binders`. */
  readonly binder: Int32Array;
}

/** The particle–carbon/binder interface: coincident pairs of edges, counter-clockwise about the particle. */
export interface ContactFacets {
  /** 2 or 3: end, end (, midside). */
  readonly nodesPerFacet: number;
  /** `[facet][nodesPerFacet]` */
  readonly particleNodes: Int32Array;
  /** `[facet][nodesPerFacet]`, coincident with `particleNodes`. */
  readonly binderNodes: Int32Array;
  /** `[facet]` the particle. */
  readonly particle: Int32Array;
  /** `[facet]` index into `binders`: the class of the carbon/binder triangle behind it. */
  readonly binder: Int32Array;
}

/** The outer edges, counter-clockwise about the box. The axis of an axisymmetric body is its side `left`. */
export interface BoundaryFacets {
  readonly nodesPerFacet: number;
  /** `[facet][nodesPerFacet]` */
  readonly nodes: Int32Array;
  /** `[facet]` index into `sides`. */
  readonly side: Int32Array;
}
