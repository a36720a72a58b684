import { patchLabel } from "./coverage.js";
import type { Geometry } from "./geometry.js";
import type { Conductor, Mesh } from "./mesh.js";

/** Halvings of an edge: where the label changes is then known to rounding. */
const halvings = 50;
/** Where the border passes a node within this share of an edge's length, it passes through the node. */
const snapped = 0.02;

type Label = (x: number, y: number) => boolean;

/**
 * The carbon/binder's cells, those that the border between its two kinds runs through split along it: the border is
 * found on their edges by bisection and straight between. Conduction needs no good angles, only the border in its place;
 * so the mesh keeps its angles and this finer one serves the potential alone.
 */
export function conductorOf(mesh: Omit<Mesh, "conductor">, geometry: Geometry): Conductor {
  const isHigh = patchLabel(geometry);
  const grown = growing(mesh, isHigh);
  const crossed = crossings(mesh, isHigh);
  const n = mesh.nodesPerCell;
  for (let cell = 0; cell < mesh.region.length; cell++) {
    if (mesh.region[cell] < mesh.particles) continue;
    const [a, b, c] = mesh.cells.subarray(cell * n, cell * n + 3);
    const cuts = [
      [a, b],
      [b, c],
      [c, a],
    ].map(([from, to]) => {
      const share = crossed(from, to);
      return share === null ? null : grown.between(from, to, share);
    });
    const count = cuts.filter((cut) => cut !== null).length;
    if (count === 0) grown.keep(cell, mesh.region[cell] - mesh.particles);
    // Turned so that the corner between two cut edges, or the one opposite the only cut edge, comes first.
    const turn =
      count === 1
        ? (cuts.findIndex((cut) => cut !== null) + 2) % 3
        : [0, 1, 2].find((k) => cuts[(k + 1) % 3] === null)!;
    const [tip, left, right] = [0, 1, 2].map((k) => [a, b, c][(turn + k) % 3]);
    const cut = (k: number): number => cuts[(turn + k) % 3]!;
    if (count === 1) grown.halve([tip, left, right], cut(1));
    if (count === 2) grown.clip([tip, left, right], [cut(0), cut(2)]);
  }
  return grown.finish();
}

/** For an edge the share of the way from its first node at which the label changes; null where it does not. */
function crossings({ nodes }: Pick<Mesh, "nodes">, isHigh: Label): (from: number, to: number) => number | null {
  const labels = new Map<number, boolean>();
  const labelOf = (node: number): boolean => {
    const label = labels.get(node) ?? isHigh(nodes[2 * node], nodes[2 * node + 1]);
    labels.set(node, label);
    return label;
  };
  return (from, to) => {
    const start = labelOf(from);
    if (labelOf(to) === start) return null;
    const on = (share: number, k: number): number =>
      nodes[2 * from + k] + share * (nodes[2 * to + k] - nodes[2 * from + k]);
    let [near, far] = [0, 1];
    for (let halving = 0; halving < halvings; halving++) {
      const share = (near + far) / 2;
      if (isHigh(on(share, 0), on(share, 1)) === start) near = share;
      else far = share;
    }
    return far < snapped || far > 1 - snapped ? null : far;
  };
}

interface Growing {
  /** Take over a cell of the mesh. */
  keep(cell: number, kind: number): void;
  /** The node on the edge of two nodes at this share of the way. */
  between(from: number, to: number, share: number): number;
  /** A triangle split from its first corner to a node on the edge opposite. */
  halve(corners: readonly number[], at: number): void;
  /** A triangle whose first corner is cut off by nodes on the edges to the second and from the third. */
  clip(corners: readonly number[], at: readonly [number, number]): void;
  finish(): Conductor;
}

/** Nodes and cells that are added to a mesh's own; of second order with straight new edges. */
function growing(mesh: Omit<Mesh, "conductor">, isHigh: Label): Growing {
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
  const along = (a: number, b: number, share: number): number => {
    const at = (k: number): number => coordinate(a, k) + share * (coordinate(b, k) - coordinate(a, k));
    return place(at(0), at(1), a, b);
  };
  const middleOf = (a: number, b: number): number => {
    const key = edgeKey(a, b);
    const node = midside.get(key) ?? along(a, b, 0.5);
    midside.set(key, node);
    return node;
  };
  const mean = (of: readonly number[], k: number): number =>
    of.reduce((sum, node) => sum + coordinate(node, k), 0) / of.length;
  /** A triangle is of the kind that its middle lies in. */
  const add = (a: number, b: number, c: number): void => {
    cells.push(a, b, c);
    if (mesh.order === 2) cells.push(middleOf(a, b), middleOf(b, c), middleOf(c, a));
    kinds.push(isHigh(mean([a, b, c], 0), mean([a, b, c], 1)) ? 0 : 1);
  };
  return {
    keep: (cell, kind) => {
      cells.push(...mesh.cells.subarray(cell * mesh.nodesPerCell, (cell + 1) * mesh.nodesPerCell));
      kinds.push(kind);
    },
    between: (from, to, share) => {
      const key = edgeKey(from, to);
      const node = onEdge.get(key) ?? along(from, to, share);
      onEdge.set(key, node);
      return node;
    },
    halve: ([tip, left, right], at) => {
      add(tip, left, at);
      add(tip, at, right);
    },
    clip: ([tip, left, right], [p, q]) => {
      add(tip, p, q);
      // The quadrilateral behind is split about its middle, which prefers neither diagonal.
      const behind = [p, left, right, q];
      const middle = place(mean(behind, 0), mean(behind, 1), p, right);
      for (let k = 0; k < 4; k++) add(behind[k], behind[(k + 1) % 4], middle);
    },
    finish: () => ({
      nodes: Float64Array.from([...mesh.nodes, ...places]),
      parents: Int32Array.from(parents),
      cells: Int32Array.from(cells),
      binder: Int32Array.from(kinds),
    }),
  };
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
