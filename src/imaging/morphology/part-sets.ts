/** Parts that are found piece by piece and turn out to be one: their voxels, and whether they reach the outside. */
export interface PartSets {
  readonly parent: number[];
  readonly voxels: number[];
  /** 1 for those that do. */
  readonly reaches: number[];
}

export function partSets(): PartSets {
  return { parent: [], voxels: [], reaches: [] };
}

/** @returns the number of the new part */
export function addPart({ parent, voxels, reaches }: PartSets, count: number, reachesOut: boolean): number {
  voxels.push(count);
  reaches.push(reachesOut ? 1 : 0);
  return parent.push(parent.length) - 1;
}

/** The part that stands for all that a part was joined with. */
export function rootOf({ parent }: PartSets, part: number): number {
  let root = part;
  while (parent[root] !== root) root = parent[root];
  for (let at = part; parent[at] !== root; ) [parent[at], at] = [root, parent[at]];
  return root;
}

export function joinParts(sets: PartSets, a: number, b: number): void {
  const [p, q] = [rootOf(sets, a), rootOf(sets, b)];
  if (p === q) return;
  sets.parent[q] = p;
  sets.voxels[p] += sets.voxels[q];
  if (sets.reaches[q] === 1) sets.reaches[p] = 1;
}
