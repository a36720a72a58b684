import { triangleP2 } from "../element/triangle-p2.js";
import { type Conductor, type Mesh, nodeCount } from "./mesh.js";

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

/** A mesh whose conductor is still to be made. */
type BareMesh = Omit<Mesh, "conductor">;

const reference = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;

/** Nodes that follow a mesh's own. */
interface AddedNodes {
  /** m */
  coordinate(node: number, axis: number): number;
  /** m, of some nodes. */
  mean(nodes: readonly number[], axis: number): number;
  /** Add a node at a place that lies between two others; returns its number. */
  add(place: readonly [number, number], between: readonly [number, number]): number;
  readonly places: readonly number[];
  readonly parents: readonly number[];
}

function addedNodes(mesh: BareMesh): AddedNodes {
  const own = nodeCount(mesh);
  const places: number[] = [];
  const parents: number[] = [];
  const coordinate = (node: number, axis: number): number =>
    node < own ? mesh.nodes[2 * node + axis] : places[2 * (node - own) + axis];
  return {
    coordinate,
    mean: (nodes, axis) => nodes.reduce((sum, node) => sum + coordinate(node, axis), 0) / nodes.length,
    add: (place, between) => {
      parents.push(...between);
      return own + places.push(...place) / 2 - 1;
    },
    places,
    parents,
  };
}

/** The cells of the carbon/binder, whole and split; a triangle is of the kind that its middle lies in. */
export function splitCells(mesh: BareMesh, isHigh: (x: number, y: number) => boolean): SplitCells {
  const nodes = addedNodes(mesh);
  const middles = cellMiddles(mesh, nodes);
  const cells: number[] = [];
  const kinds: number[] = [];
  const triangle = (cell: number, [a, b, c]: readonly Spot[]): void => {
    const corners = [a.node, b.node, c.node];
    cells.push(...corners);
    if (mesh.order === 2)
      cells.push(
        ...[
          [a, b],
          [b, c],
          [c, a],
        ].map(([p, q]) => middles.between(cell, p, q)),
      );
    kinds.push(isHigh(nodes.mean(corners, 0), nodes.mean(corners, 1)) ? 0 : 1);
  };
  return {
    outline: (cell) => outlineOf(mesh, cell),
    keep: (cell, kind) => {
      cells.push(...cellNodes(mesh, cell));
      kinds.push(kind);
    },
    between: betweenEnds(nodes),
    add: (cell, piece) => {
      const whole = withMidsides(piece, outlineOf(mesh, cell).edges);
      if (whole.length === 3) return triangle(cell, whole);
      // Split about its middle, which prefers no diagonal.
      const middle = middles.of(cell, whole);
      whole.forEach((spot, k) => {
        triangle(cell, [spot, whole[(k + 1) % whole.length], middle]);
      });
    },
    finish: () => ({
      nodes: Float64Array.from([...mesh.nodes, ...nodes.places]),
      parents: Int32Array.from(nodes.parents),
      cells: Int32Array.from(cells),
      binder: Int32Array.from(kinds),
    }),
  };
}

/** Nodes in the middle of spots of a cell. */
interface CellMiddles {
  of(cell: number, spots: readonly Spot[]): Spot;
  /** The midside of two spots, one for all cells that meet there. */
  between(cell: number, a: Spot, b: Spot): number;
}

function cellMiddles(mesh: BareMesh, nodes: AddedNodes): CellMiddles {
  const midside = midsides(mesh);
  const of = (cell: number, spots: readonly Spot[]): Spot => {
    const at = [0, 1].map((k) => spots.reduce((sum, spot) => sum + spot.at[k], 0) / spots.length) as [number, number];
    const corners = spots.map(({ node }) => node);
    const place =
      mesh.order === 1 ? ([nodes.mean(corners, 0), nodes.mean(corners, 1)] as const) : mapped(mesh, cell, at);
    const [a, b] = apart(spots);
    return { node: nodes.add(place, [a.node, b.node]), at };
  };
  return {
    of,
    between: (cell, a, b) => {
      const key = edgeKey(a.node, b.node);
      const node = midside.get(key) ?? of(cell, [a, b]).node;
      midside.set(key, node);
      return node;
    },
  };
}

/** Finds or adds the node at a share of the way along an edge; an edge of second order bends through its midside. */
function betweenEnds(nodes: AddedNodes): SplitCells["between"] {
  const onEdge = new Map<string, number>();
  return ({ nodes: [from, to, middle], from: a, to: b }, share) => {
    const at = [0, 1].map((k) => a.at[k] + share * (b.at[k] - a.at[k])) as [number, number];
    if (middle !== undefined && share === 0.5) return { node: middle, at };
    const key = edgeKey(from, to);
    const seen = onEdge.get(key);
    if (seen !== undefined) return { node: seen, at };
    const on = (k: number): number => {
      const along = nodes.coordinate(from, k) + share * (nodes.coordinate(to, k) - nodes.coordinate(from, k));
      if (middle === undefined) return along;
      return along + 4 * share * (1 - share) * (nodes.coordinate(middle, k) - nodes.mean([from, to], k));
    };
    const node = nodes.add([on(0), on(1)], [from, to]);
    onEdge.set(key, node);
    return { node, at };
  };
}

function cellNodes({ cells, nodesPerCell }: BareMesh, cell: number): Int32Array {
  return cells.subarray(cell * nodesPerCell, (cell + 1) * nodesPerCell);
}

function outlineOf(mesh: BareMesh, cell: number): ReturnType<SplitCells["outline"]> {
  const nodes = cellNodes(mesh, cell);
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
function mapped(mesh: BareMesh, cell: number, at: readonly [number, number]): [number, number] {
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
function midsides(mesh: BareMesh): Map<string, number> {
  const found = new Map<string, number>();
  if (mesh.order === 1) return found;
  for (let c = 0; c < mesh.cells.length; c += 6) {
    for (let e = 0; e < 3; e++)
      found.set(edgeKey(mesh.cells[c + e], mesh.cells[c + ((e + 1) % 3)]), mesh.cells[c + 3 + e]);
  }
  return found;
}
