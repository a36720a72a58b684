import type { Csr } from "./csr.js";
import { type EliminationTree, inverse, postorder } from "./elimination-tree.js";
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
export function fronts(pattern: Csr, tree: EliminationTree): Fronts {
  const nodes = stackOrder(supernodes(tree));
  const count = nodes.length;
  const width = Int32Array.from(nodes, (node) => node.steps.length);
  const first = new Int32Array(count);
  let slots = 0;
  for (let f = 0; f < count; f++) {
    first[f] = slots;
    slots += pivotSlots(width[f]);
  }
  const slotOf = new Int32Array(pattern.rows);
  const unknownOf = new Int32Array(slots).fill(-1);
  nodes.forEach((node, f) => {
    node.steps.forEach((step, k) => {
      slotOf[tree.order[step]] = first[f] + k;
      unknownOf[first[f] + k] = tree.order[step];
    });
  });
  const parent = Int32Array.from(nodes, (node) => node.parent);
  const children = nodes.map((node) => node.children);
  const further = furtherRows(pattern, slotOf, unknownOf, first, width, children, slots);
  const places = further.map((rows, f) =>
    parent[f] < 0 ? rows : placesIn(rows, first[parent[f]], width[parent[f]], further[parent[f]]),
  );
  return { count, slots, slotOf, unknownOf, first, width, parent, further, places, children };
}

/** Renumbers in a postorder whose siblings need least room for waiting updates. Source: Liu (1986) as for the tree. */
function stackOrder(nodes: Supernode[]): Supernode[] {
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

function furtherRows(
  pattern: Csr,
  slotOf: Int32Array,
  unknownOf: Int32Array,
  first: Int32Array,
  width: Int32Array,
  children: readonly (readonly number[])[],
  slots: number,
): Int32Array[] {
  const seenBy = new Int32Array(slots).fill(-1);
  const further: Int32Array[] = [];
  for (let f = 0; f < first.length; f++) {
    const end = first[f] + width[f];
    const found: number[] = [];
    const see = (slot: number): void => {
      if (slot < end || seenBy[slot] === f) return;
      seenBy[slot] = f;
      found.push(slot);
    };
    for (let slot = first[f]; slot < end; slot++) {
      const unknown = unknownOf[slot];
      for (let p = pattern.rowStart[unknown]; p < pattern.rowStart[unknown + 1]; p++) see(slotOf[pattern.column[p]]);
    }
    for (const child of children[f]) for (const slot of further[child]) see(slot);
    further.push(Int32Array.from(found).sort());
  }
  return further;
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
