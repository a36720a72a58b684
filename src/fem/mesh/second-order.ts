import type { Triangulation } from "./delaunay.js";

/** One body's nodes and cells, of either order, and the facets along its curved surfaces. */
export interface Body {
  /** `[node][2]` */
  readonly nodes: Float64Array;
  /** `[cell][3 or 6]` */
  readonly cells: Int32Array;
  /** `[facet][2 or 3]` end, end (, midside). */
  readonly facets: Int32Array;
}

/** Facets `[facet][2]` of a triangulation and the places of their midside nodes `[facet][2]`. */
export interface CurvedFacets {
  readonly ends: Int32Array;
  readonly middles: Float64Array;
}

/** The straight three-node body, or the six-node one whose facets bulge through `curved.middles`. */
export function toOrder(order: 1 | 2, mesh: Triangulation, curved: CurvedFacets): Body {
  if (order === 1) return { nodes: mesh.points, cells: mesh.triangles, facets: curved.ends };
  const vertices = mesh.points.length / 2;
  const midside = new Map<number, number>();
  const nodes = Array.from(mesh.points);
  const key = (a: number, b: number) => Math.min(a, b) * vertices + Math.max(a, b);
  const facets = new Int32Array((curved.ends.length / 2) * 3);
  for (let f = 0; 2 * f < curved.ends.length; f++) {
    const [a, b] = [curved.ends[2 * f], curved.ends[2 * f + 1]];
    const node = nodes.push(curved.middles[2 * f], curved.middles[2 * f + 1]) / 2 - 1;
    midside.set(key(a, b), node);
    facets.set([a, b, node], 3 * f);
  }
  const between = (a: number, b: number): number => {
    const seen = midside.get(key(a, b));
    if (seen !== undefined) return seen;
    const node = nodes.push((nodes[2 * a] + nodes[2 * b]) / 2, (nodes[2 * a + 1] + nodes[2 * b + 1]) / 2) / 2 - 1;
    midside.set(key(a, b), node);
    return node;
  };
  const cells = new Int32Array(mesh.triangles.length * 2);
  for (let t = 0; t < mesh.triangles.length; t += 3) {
    const [a, b, c] = mesh.triangles.subarray(t, t + 3);
    cells.set([a, b, c, between(a, b), between(b, c), between(c, a)], 2 * t);
  }
  return { nodes: Float64Array.from(nodes), cells, facets };
}
