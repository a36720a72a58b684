/** Sets that are joined and never parted; the lowest member names a set. */
export interface DisjointSets {
  readonly parent: Int32Array;
}

export function disjointSets(count: number): DisjointSets {
  return { parent: Int32Array.from({ length: count }, (_, k) => k) };
}

/** Name of the set of a member. */
export function find({ parent }: DisjointSets, member: number): number {
  let root = member;
  while (parent[root] !== root) root = parent[root];
  for (let at = member; parent[at] !== root; ) {
    const next = parent[at];
    parent[at] = root;
    at = next;
  }
  return root;
}

/** Joins two sets by their names or members; returns the name of the whole. */
export function join(sets: DisjointSets, a: number, b: number): number {
  const [low, high] = [find(sets, a), find(sets, b)].sort((p, q) => p - q) as [number, number];
  sets.parent[high] = low;
  return low;
}
