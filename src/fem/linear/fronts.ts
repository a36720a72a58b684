import { type EliminationTree, inverse, postorder } from "./elimination-tree.js";
import type { PointGraph } from "./point-graph.js";
import { type Supernode, supernodes } from "./supernodes.js";

/** Rows and columns are handled in tiles of four; the last of a front may be padded with slots that hold no unknown. */
export const TILE = 4;

/** The dense fronts of a factorisation, children before parents; slots number the pivots, padding included. */
export interface Fronts {
  readonly count: number;
  readonly slots: number;
  /** `[unknown]` its slot. */
  readonly slotOf: Int32Array;
  /** `[slot]` its unknown, -1 in padding. */
  readonly unknownOf: Int32Array;
  /** `[front]` the first slot, and how many of the slots hold unknowns. */
  readonly first: Int32Array;
  readonly width: Int32Array;
  /** `[front]` -1 at a root. */
  readonly parent: Int32Array;
  /** `[front]` the slots of the rows below the pivots, ascending. */
  readonly further: readonly Int32Array[];
  /** `[front]` for each further row its place in the parent's front: pivots first, padded, then the further rows. */
  readonly places: readonly Int32Array[];
  /** `[front]` its children. */
  readonly children: readonly (readonly number[])[];
}

/** Slots of the pivots of a front, padding included. */
export function pivotSlots(width: number): number {
  return Math.ceil(width / TILE) * TILE;
}

/** Lays out the fronts for the elimination of `tree`. */
export function fronts(graph: PointGraph, tree: EliminationTree): Fronts {
  const nodes = stackOrder(supernodes(tree));
  const count = nodes.length;
  const width = Int32Array.from(nodes, (node) => node.width);
  const first = new Int32Array(count);
  let slots = 0;
  for (let f = 0; f < count; f++) {
    first[f] = slots;
    slots += pivotSlots(width[f]);
  }
  const slotOf = new Int32Array(graph.members.length);
  const unknownOf = new Int32Array(slots).fill(-1);
  /** `[step]` the first slot of its vertex. */
  const slotOfStep = new Int32Array(tree.order.length);
  nodes.forEach((node, f) => {
    let slot = first[f];
    for (const step of node.steps) {
      slotOfStep[step] = slot;
      const v = tree.order[step];
      for (let m = graph.first[v]; m < graph.first[v + 1]; m++) {
        slotOf[graph.members[m]] = slot;
        unknownOf[slot++] = graph.members[m];
      }
    }
  });
  const parent = Int32Array.from(nodes, (node) => node.parent);
  const children = nodes.map((node) => node.children);
  const further = furtherRows(graph, tree, nodes, slotOfStep);
  const places = further.map((rows, f) =>
    parent[f] < 0 ? rows : placesIn(rows, first[parent[f]], width[parent[f]], further[parent[f]]),
  );
  return { count, slots, slotOf, unknownOf, first, width, parent, further, places, children };
}

/** Renumbers in a postorder whose siblings need least room for waiting updates. Source: Liu (1986) as for the tree. */
function stackOrder(nodes: readonly Supernode[]): Supernode[] {
  const room = (s: number): number => (nodes[s].further * (nodes[s].further + 1)) / 2;
  const peak = new Float64Array(nodes.length);
  const rank = new Float64Array(nodes.length);
  for (let s = 0; s < nodes.length; s++) {
    const sorted = [...nodes[s].children].sort((a, b) => rank[a] - rank[b] || a - b);
    let waiting = 0;
    for (const child of sorted) {
      peak[s] = Math.max(peak[s], waiting + peak[child]);
      waiting += room(child);
    }
    peak[s] = Math.max(peak[s], waiting + room(s));
    rank[s] = room(s) - peak[s];
  }
  const post = postorder(
    Int32Array.from(nodes, (node) => node.parent),
    rank,
  );
  const place = inverse(post);
  return [...post].map((s) => ({
    ...nodes[s],
    parent: nodes[s].parent < 0 ? -1 : place[nodes[s].parent],
    children: nodes[s].children.map((child) => place[child]).sort((a, b) => a - b),
  }));
}

/** `[front]` the slots of its further rows: of the neighbours of its vertices and of its children's further rows. */
function furtherRows(
  graph: PointGraph,
  { order, width }: EliminationTree,
  nodes: readonly Supernode[],
  slotOfStep: Int32Array,
): Int32Array[] {
  const stepOf = inverse(order);
  const seenBy = new Int32Array(order.length).fill(-1);
  const vertices: Int32Array[] = [];
  const found = new Int32Array(order.length);
  return nodes.map((node, f) => {
    let size = 0;
    for (const step of node.steps) seenBy[step] = f;
    for (const step of node.steps) {
      for (let e = graph.start[order[step]]; e < graph.start[order[step] + 1]; e++) {
        const other = stepOf[graph.neighbour[e]];
        // those eliminated in descendants lie in earlier slots
        if (seenBy[other] === f || slotOfStep[other] < slotOfStep[step]) continue;
        seenBy[other] = f;
        found[size++] = other;
      }
    }
    for (const child of node.children) {
      for (const other of vertices[child]) {
        if (seenBy[other] === f) continue;
        seenBy[other] = f;
        found[size++] = other;
      }
    }
    vertices.push(found.slice(0, size));
    return slotsOf(vertices[f], slotOfStep, width);
  });
}

/** All slots of some steps, ascending. */
function slotsOf(steps: Int32Array, slotOfStep: Int32Array, width: Int32Array): Int32Array {
  let count = 0;
  for (const step of steps) count += width[step];
  const slots = new Int32Array(count);
  let placed = 0;
  for (const step of steps) for (let k = 0; k < width[step]; k++) slots[placed++] = slotOfStep[step] + k;
  return slots.sort();
}

function placesIn(rows: Int32Array, first: number, width: number, further: Int32Array): Int32Array {
  const beyond = pivotSlots(width);
  let at = 0;
  return rows.map((slot) => {
    if (slot < first + width) return slot - first;
    while (further[at] !== slot) at++;
    return beyond + at;
  });
}
