import { triangleP2 } from "../element/triangle-p2.js";
import type { Conductor, Mesh } from "./mesh.js";

/** A node and where it lies in the cell that is being split: its reference coordinates there. */
export interface Spot {
  readonly node: number;
  readonly at: readonly [number, number];
}

/** An edge of a cell. */
export interface Edge {
  /** End, end (, midside). */
  readonly nodes: readonly [from: number, to: number, middle?: number];
  readonly from: Spot;
  readonly to: Spot;
}

/** Nodes and cells that are added to a mesh's own, each piece of a cell a map of it: what the cell can hold they can. */
export interface SplitCells {
  /** A cell's corners, counter-clockwise, and the edges from each to the next. */
  outline(cell: number): { readonly corners: readonly Spot[]; readonly edges: readonly Edge[] };
  /** Take over a cell of the mesh. */
  keep(cell: number, kind: number): void;
  /** The node on an edge at this share of the way; the midside itself half way along an edge of second order. */
  between(edge: Edge, share: number): Spot;
  /** Add a convex piece of a cell, its corners counter-clockwise. */
  add(cell: number, piece: readonly Spot[]): void;
  finish(): Conductor;
}

const reference = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;

export function splitCells(mesh: Omit<Mesh, "conductor">, isHigh: (x: number, y: number) => boolean): SplitCells {
  const own = mesh.nodes.length / 2;
  const places: number[] = [];
  const parents: number[] = [];
  const cells: number[] = [];
  const kinds: number[] = [];
  const onEdge = new Map<string, number>();
  const midside = midsides(mesh);
  const coordinate = (node: number, k: number): number =>
    node < own ? mesh.nodes[2 * node + k] : places[2 * (node - own) + k];
  const place = (x: number, y: number, a: number, b: number): number => {
    parents.push(a, b);
    return own + places.push(x, y) / 2 - 1;
  };
  const mean = (of: readonly number[], k: number): number =>
    of.reduce((sum, node) => sum + coordinate(node, k), 0) / of.length;
  /** The node in the middle of some spots of a cell. */
  const middleOf = (cell: number, spots: readonly Spot[]): Spot => {
    const at = [0, 1].map((k) => spots.reduce((sum, spot) => sum + spot.at[k], 0) / spots.length) as [number, number];
    const nodes = spots.map(({ node }) => node);
    const [x, y] = mesh.order === 1 ? [mean(nodes, 0), mean(nodes, 1)] : mapped(mesh, cell, at);
    const [a, b] = apart(spots);
    return { node: place(x, y, a.node, b.node), at };
  };
  const midsideOf = (cell: number, a: Spot, b: Spot): number => {
    const key = edgeKey(a.node, b.node);
    const node = midside.get(key) ?? middleOf(cell, [a, b]).node;
    midside.set(key, node);
    return node;
  };
  /** A triangle is of the kind that its middle lies in. */
  const triangle = (cell: number, [a, b, c]: readonly Spot[]): void => {
    const nodes = [a.node, b.node, c.node];
    cells.push(...nodes);
    if (mesh.order === 2) cells.push(midsideOf(cell, a, b), midsideOf(cell, b, c), midsideOf(cell, c, a));
    kinds.push(isHigh(mean(nodes, 0), mean(nodes, 1)) ? 0 : 1);
  };
  const cellEdges = (cell: number) => outlineOf(mesh, cell);
  return {
    outline: cellEdges,
    keep: (cell, kind) => {
      cells.push(...mesh.cells.subarray(cell * mesh.nodesPerCell, (cell + 1) * mesh.nodesPerCell));
      kinds.push(kind);
    },
    between: ({ nodes: [from, to, middle], from: a, to: b }, share) => {
      const at = [0, 1].map((k) => a.at[k] + share * (b.at[k] - a.at[k])) as [number, number];
      if (middle !== undefined && share === 0.5) return { node: middle, at };
      const key = edgeKey(from, to);
      const seen = onEdge.get(key);
      if (seen !== undefined) return { node: seen, at };
      const on = (k: number): number => {
        const along = coordinate(from, k) + share * (coordinate(to, k) - coordinate(from, k));
        if (middle === undefined) return along;
        return along + 4 * share * (1 - share) * (coordinate(middle, k) - mean([from, to], k));
      };
      const node = place(on(0), on(1), from, to);
      onEdge.set(key, node);
      return { node, at };
    },
    add: (cell, piece) => {
      const whole = withMidsides(piece, outlineOf(mesh, cell).edges);
      if (whole.length === 3) return triangle(cell, whole);
      // Split about its middle, which prefers no diagonal.
      const middle = middleOf(cell, whole);
      whole.forEach((spot, k) => {
        triangle(cell, [spot, whole[(k + 1) % whole.length], middle]);
      });
    },
    finish: () => ({
      nodes: Float64Array.from([...mesh.nodes, ...places]),
      parents: Int32Array.from(parents),
      cells: Int32Array.from(cells),
      binder: Int32Array.from(kinds),
    }),
  };
}

function outlineOf(mesh: Omit<Mesh, "conductor">, cell: number): ReturnType<SplitCells["outline"]> {
  const nodes = mesh.cells.subarray(cell * mesh.nodesPerCell, (cell + 1) * mesh.nodesPerCell);
  const corners = reference.map((at, k) => ({ node: nodes[k], at }));
  const edges = corners.map((from, k): Edge => {
    const to = corners[(k + 1) % 3];
    return { nodes: mesh.order === 1 ? [from.node, to.node] : [from.node, to.node, nodes[3 + k]], from, to };
  });
  return { corners, edges };
}

/** A piece with the midsides of its cell's edges among its corners, where they lie within a part of an edge. */
function withMidsides(piece: readonly Spot[], edges: readonly Edge[]): Spot[] {
  return piece.flatMap((spot, k) => {
    const next = piece[(k + 1) % piece.length];
    const edge = edges.find(({ from, to }) => shareOn(spot, from, to) !== null && shareOn(next, from, to) !== null);
    if (edge?.nodes[2] === undefined) return [spot];
    const { from, to } = edge;
    const [start, end] = [shareOn(spot, from, to) ?? 0, shareOn(next, from, to) ?? 0];
    const within = start < 0.5 && end > 0.5 && end - start < 1;
    return within
      ? [spot, { node: edge.nodes[2], at: [0, 1].map((a) => (from.at[a] + to.at[a]) / 2) as [number, number] }]
      : [spot];
  });
}

/** How far along an edge a spot lies, 0 … 1; null off the edge. */
function shareOn({ at: [x, y] }: Spot, { at: [ax, ay] }: Spot, { at: [bx, by] }: Spot): number | null {
  const [dx, dy] = [bx - ax, by - ay];
  const off = Math.abs(dx * (y - ay) - dy * (x - ax));
  return off > 1e-12 ? null : ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
}

/** Two spots of a piece between which the middle lies: not both on one edge of the cell, unless all are. */
function apart(spots: readonly Spot[]): readonly [Spot, Spot] {
  const zeros = ({ at: [x, y] }: Spot): boolean[] => [x, y, 1 - x - y].map((share) => Math.abs(share) < 1e-12);
  for (const a of spots) {
    const b = spots.find((other) => other !== a && !zeros(a).some((zero, k) => zero && zeros(other)[k]));
    if (b !== undefined) return [a, b];
  }
  return [spots[0], spots[1]];
}

/** m, where a point of the reference cell lies in a cell of second order. */
function mapped(mesh: Omit<Mesh, "conductor">, cell: number, at: readonly [number, number]): [number, number] {
  const shape = new Float64Array(6);
  triangleP2.shape(at, shape, new Float64Array(12));
  const along = (k: number): number =>
    shape.reduce((sum, value, a) => sum + value * mesh.nodes[2 * mesh.cells[6 * cell + a] + k], 0);
  return [along(0), along(1)];
}

function edgeKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** The midside nodes of a mesh of second order by their edges. */
function midsides(mesh: Omit<Mesh, "conductor">): Map<string, number> {
  const found = new Map<string, number>();
  if (mesh.order === 1) return found;
  for (let c = 0; c < mesh.cells.length; c += 6) {
    for (let e = 0; e < 3; e++)
      found.set(edgeKey(mesh.cells[c + e], mesh.cells[c + ((e + 1) % 3)]), mesh.cells[c + 3 + e]);
  }
  return found;
}
