/** The part of `@kninnug/constrainautor` that is used; its own types are sources that do not compile under ESM rules. */
export default class Constrainautor {
  constructor(delaunator: { readonly triangles: Uint32Array; readonly halfedges: Int32Array });
  /** Makes each edge, a pair of point numbers, an edge of the triangulation, in place. */
  constrainAll(edges: readonly (readonly [number, number])[]): this;
  /** Flips unconstrained edges until the rest is Delaunay again; `deep` repeats to the end. */
  delaunify(deep?: boolean): this;
}
