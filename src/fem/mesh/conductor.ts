import { patchLabel } from "./coverage.js";
import type { Geometry } from "./geometry.js";
import type { Conductor, Mesh } from "./mesh.js";
import { type Spot, splitCells } from "./split-cells.js";

/** Halvings of an edge: where the label changes is then known to rounding. */
const halvings = 50;
/** Where the border passes a node within this share of an edge's length, it passes through the node. */
const snapped = 0.02;

type Label = (x: number, y: number) => boolean;

/**
 * The carbon/binder's cells, those that the border between its two kinds runs through split along it: the border is
 * found on their edges by bisection and straight between. Conduction needs no good angles, only the border in its place;
 * so the mesh keeps its angles and this finer one serves the potential alone. Every node of the carbon/binder belongs to
 * a cell, the midside of a split edge too, and every function of the mesh is one of the split mesh.
 */
export function conductorOf(mesh: Omit<Mesh, "conductor">, geometry: Geometry): Conductor {
  const isHigh = patchLabel(geometry);
  const split = splitCells(mesh, isHigh);
  const crossed = crossings(mesh, isHigh);
  for (let cell = 0; cell < mesh.region.length; cell++) {
    if (mesh.region[cell] < mesh.particles) continue;
    const { corners, edges } = split.outline(cell);
    const cuts = edges.map((edge) => {
      const share = crossed(edge.nodes);
      return share === null ? null : split.between(edge, share);
    });
    const count = cuts.filter((cut) => cut !== null).length;
    if (count === 0) split.keep(cell, mesh.region[cell] - mesh.particles);
    // Turned so that the corner between two cut edges, or the one opposite the only cut edge, comes first.
    const turn =
      count === 1
        ? (cuts.findIndex((cut) => cut !== null) + 2) % 3
        : [0, 1, 2].find((k) => cuts[(k + 1) % 3] === null)!;
    const [tip, left, right] = [0, 1, 2].map((k) => corners[(turn + k) % 3]);
    const cut = (k: number) => cuts[(turn + k) % 3] as Spot;
    if (count === 1) {
      split.add(cell, [tip, left, cut(1)]);
      split.add(cell, [tip, cut(1), right]);
    }
    if (count === 2) {
      split.add(cell, [tip, cut(0), cut(2)]);
      split.add(cell, [cut(0), left, right, cut(2)]);
    }
  }
  return split.finish();
}

/** For an edge the share of the way from its first node at which the label changes; null where it does not. */
function crossings(
  { nodes }: Pick<Mesh, "nodes">,
  isHigh: Label,
): (edge: readonly [from: number, to: number, middle?: number]) => number | null {
  const labels = new Map<number, boolean>();
  const labelOf = (node: number): boolean => {
    const label = labels.get(node) ?? isHigh(nodes[2 * node], nodes[2 * node + 1]);
    labels.set(node, label);
    return label;
  };
  return ([from, to, middle]) => {
    const start = labelOf(from);
    if (labelOf(to) === start) return null;
    const on = (share: number, k: number): number => {
      const along = nodes[2 * from + k] + share * (nodes[2 * to + k] - nodes[2 * from + k]);
      if (middle === undefined) return along;
      const bulge = nodes[2 * middle + k] - (nodes[2 * from + k] + nodes[2 * to + k]) / 2;
      return along + 4 * share * (1 - share) * bulge;
    };
    let [near, far] = [0, 1];
    for (let halving = 0; halving < halvings; halving++) {
      const share = (near + far) / 2;
      if (isHigh(on(share, 0), on(share, 1)) === start) near = share;
      else far = share;
    }
    if (middle !== undefined && Math.abs(far - 0.5) < snapped) return 0.5;
    return far < snapped || far > 1 - snapped ? null : far;
  };
}
