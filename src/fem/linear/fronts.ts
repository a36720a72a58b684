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
  const places = stretches(further.map((rows) => rows.length));
  for (let f = 0; f < count; f++) {
    if (parent[f] >= 0) findPlaces(further[f], first[parent[f]], width[parent[f]], further[parent[f]], places[f]);
  }
  return { count, slots, slotOf, unknownOf, first, width, parent, further, places, children };
}

/** Renumbers in a postorder whose siblings need least room for waiting updates. Source: Liu (1986) as for the tree. */
function stackOrder(nodes: readonly Supernode[]): Supernode[] {
  const room = (s: number): number => (nodes[s].further * (nodes[s].further + 1)) / 2;
  const peak = new Float64Array(nodes.length);
  const rank = new Float64Array(nodes.length);
  for (let s = 0; s < nodes.length; s++) {
    const { children } = nodes[s];
    const sorted = children.length > 1 ? [...children].sort((a, b) => rank[a] - rank[b] || a - b) : children;
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
  const steps = stretches(nodes.map((node) => node.further));
  const slots = stretches(nodes.map((node) => node.further));
  nodes.forEach((node, f) => {
    let size = 0;
    const see = (other: number): void => {
      if (seenBy[other] === f) return;
      seenBy[other] = f;
      steps[f][size++] = other;
    };
    for (const step of node.steps) seenBy[step] = f;
    for (const step of node.steps) {
      for (let e = graph.start[order[step]]; e < graph.start[order[step] + 1]; e++) {
        const other = stepOf[graph.neighbour[e]];
        // those eliminated in descendants lie in earlier slots
        if (slotOfStep[other] > slotOfStep[step]) see(other);
      }
    }
    for (const child of node.children) for (let k = 0; k < steps[child].length; k++) see(steps[child][k]);
    steps[f] = steps[f].subarray(0, size);
    fillSlots(steps[f], slotOfStep, width, slots[f]);
  });
  return slots;
}

/** All slots of some steps, ascending. */
function fillSlots(steps: Int32Array, slotOfStep: Int32Array, width: Int32Array, slots: Int32Array): void {
  let placed = 0;
  for (let s = 0; s < steps.length; s++) {
    for (let k = 0; k < width[steps[s]]; k++) slots[placed++] = slotOfStep[steps[s]] + k;
  }
  slots.sort();
}

/** Views of one array, so that thousands of fronts do not each own memory. */
function stretches(sizes: readonly number[]): Int32Array[] {
  const all = new Int32Array(sizes.reduce((sum, size) => sum + size, 0));
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return all.subarray(end - size, end);
  });
}

function findPlaces(rows: Int32Array, first: number, width: number, further: Int32Array, places: Int32Array): void {
  const beyond = pivotSlots(width);
  let at = 0;
  for (let k = 0; k < rows.length; k++) {
    const slot = rows[k];
    if (slot < first + width) {
      places[k] = slot - first;
      continue;
    }
    while (further[at] !== slot) at++;
    places[k] = beyond + at;
  }
}
