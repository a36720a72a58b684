import type { EliminationTree } from "./elimination-tree.js";

/** Consecutive or merged columns that share one dense front. */
export interface Supernode {
  /** Steps of the elimination tree, in the order of elimination. */
  steps: number[];
  /** Rows of the front below the pivots. */
  readonly further: number;
  /** -1 at a root. */
  parent: number;
  children: number[];
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
      node.steps = [...merged.steps, ...node.steps];
      node.children = [...node.children.filter((other) => other !== child), ...merged.children];
      for (const grandchild of merged.children) nodes[grandchild].parent = s;
      gone[child] = 1;
    }
  }
  return withoutGaps(nodes, gone);
}

function fundamental(tree: EliminationTree): Supernode[] {
  const { parent, count } = tree;
  const nodes: Supernode[] = [];
  const nodeOf = new Int32Array(parent.length);
  for (let step = 0; step < parent.length; step++) {
    const continues = step > 0 && parent[step - 1] === step && count[step - 1] === count[step] + 1;
    if (continues) nodes[nodes.length - 1].steps.push(step);
    else nodes.push({ steps: [step], further: 0, parent: -1, children: [] });
    nodeOf[step] = nodes.length - 1;
  }
  return nodes.map((node, s) => {
    const top = node.steps[node.steps.length - 1];
    const above = parent[top] < 0 ? -1 : nodeOf[parent[top]];
    if (above >= 0) nodes[above].children.push(s);
    return { steps: node.steps, further: count[top] - 1, parent: above, children: node.children };
  });
}

/** The child whose merging saves most, -1 when none saves. */
function bestMerger(nodes: Supernode[], s: number): number {
  const { steps, further, children } = nodes[s];
  const apart = frontCost(steps.length, further);
  let best = -1;
  let saved = 0;
  for (const child of children) {
    const width = nodes[child].steps.length;
    const saving = apart + frontCost(width, nodes[child].further) - frontCost(steps.length + width, further);
    if (saving > saved) [best, saved] = [child, saving];
  }
  return best;
}

function withoutGaps(nodes: Supernode[], gone: Uint8Array): Supernode[] {
  const place = new Int32Array(nodes.length);
  let kept = 0;
  for (let s = 0; s < nodes.length; s++) place[s] = gone[s] ? -1 : kept++;
  return nodes
    .filter((_, s) => !gone[s])
    .map((node) => ({
      ...node,
      parent: node.parent < 0 ? -1 : place[node.parent],
      children: node.children.map((child) => place[child]),
    }));
}
