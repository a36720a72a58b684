import type { EliminationTree } from "./elimination-tree.js";

/** Consecutive or merged columns that share one dense front. */
export interface Supernode {
  /** Steps of the elimination tree, in the order of elimination. */
  readonly steps: readonly number[];
  /** Unknowns eliminated. */
  readonly width: number;
  /** Rows of the front below the pivots. */
  readonly further: number;
  /** -1 at a root. */
  readonly parent: number;
  readonly children: readonly number[];
}

/** A supernode that still grows: its own steps come after those of the children that it absorbed, the latest first. */
interface Growing {
  readonly first: number;
  end: number;
  width: number;
  further: number;
  parent: number;
  children: number[];
  readonly absorbed: Growing[];
}

/** Cycles of one 4 × 4 × 4 product, of one tile's other work in the factorisation, and of a front as such. */
const PRODUCT = 34;
const TILE = 70;
const FRONT = 200;
/** Cycles of an entry of the update sent to the parent, and of a tile and a row in one solve. */
const SENT = 1.5;
const SWEPT_TILE = 16;
const SWEPT_ROW = 4;
const SWEPT_FRONT = 60;
/** Solves that one factorisation serves. */
const SOLVES = 5;

/** Modelled cycles of a front with `width` pivots and `further` rows, its factorisation and its share of solves. */
export function frontCost(width: number, further: number): number {
  const pivots = Math.ceil(width / 4);
  const rows = Math.ceil(further / 4);
  const tiles = (pivots * (pivots + 1)) / 2 + pivots * rows;
  let products = (pivots * rows * (rows + 1)) / 2;
  products += (pivots * (pivots - 1) * (pivots - 2)) / 6 + ((pivots * (pivots - 1)) / 2) * (rows + 1);
  const factor = PRODUCT * products + TILE * tiles + (SENT * further * (further + 1)) / 2 + FRONT;
  return factor + SOLVES * (SWEPT_TILE * tiles + SWEPT_ROW * further + SWEPT_FRONT);
}

/**
 * The fundamental supernodes of the tree, then children merged into their parents while that makes the modelled
 * time less. The result lists each supernode that remains, children before parents.
 * Source: Ashcraft & Grimes, ACM Trans. Math. Softw. 15 (1989) 291, with a model of time in place of a count of zeros.
 */
export function supernodes(tree: EliminationTree): Supernode[] {
  const nodes = fundamental(tree);
  const gone = new Uint8Array(nodes.length);
  for (let s = 0; s < nodes.length; s++) {
    for (let child = bestMerger(nodes, s); child >= 0; child = bestMerger(nodes, s)) {
      const [node, merged] = [nodes[s], nodes[child]];
      node.absorbed.push(merged);
      node.width += merged.width;
      node.children.splice(node.children.indexOf(child), 1);
      node.children.push(...merged.children);
      for (const grandchild of merged.children) nodes[grandchild].parent = s;
      gone[child] = 1;
    }
  }
  return withoutGaps(nodes, gone);
}

function fundamental({ parent, count, width }: EliminationTree): Growing[] {
  const nodes: Growing[] = [];
  const nodeOf = new Int32Array(parent.length);
  for (let step = 0; step < parent.length; step++) {
    const continues = step > 0 && parent[step - 1] === step && count[step - 1] === count[step] + width[step - 1];
    if (!continues)
      nodes.push({ first: step, end: step, width: 0, further: 0, parent: -1, children: [], absorbed: [] });
    const node = nodes[nodes.length - 1];
    node.end = step + 1;
    node.width += width[step];
    node.further = count[step] - width[step];
    nodeOf[step] = nodes.length - 1;
  }
  nodes.forEach((node, s) => {
    const above = parent[node.end - 1];
    if (above < 0) return;
    node.parent = nodeOf[above];
    nodes[node.parent].children.push(s);
  });
  return nodes;
}

/** The child whose merging saves most, -1 when none saves. */
function bestMerger(nodes: readonly Growing[], s: number): number {
  const { width, further, children } = nodes[s];
  if (children.length === 0) return -1;
  const apart = frontCost(width, further);
  let best = -1;
  let saved = 0;
  for (const child of children) {
    const other = nodes[child];
    const saving = apart + frontCost(other.width, other.further) - frontCost(width + other.width, further);
    if (saving > saved) [best, saved] = [child, saving];
  }
  return best;
}

function withoutGaps(nodes: readonly Growing[], gone: Uint8Array): Supernode[] {
  const place = new Int32Array(nodes.length);
  let kept = 0;
  for (let s = 0; s < nodes.length; s++) place[s] = gone[s] ? -1 : kept++;
  return nodes
    .filter((_, s) => !gone[s])
    .map((node) => ({
      steps: stepsOf(node, []),
      width: node.width,
      further: node.further,
      parent: node.parent < 0 ? -1 : place[node.parent],
      children: node.children.map((child) => place[child]),
    }));
}

function stepsOf(node: Growing, steps: number[]): number[] {
  for (let k = node.absorbed.length - 1; k >= 0; k--) stepsOf(node.absorbed[k], steps);
  for (let step = node.first; step < node.end; step++) steps.push(step);
  return steps;
}
