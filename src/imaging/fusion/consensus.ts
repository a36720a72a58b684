import { disjointSets, find, join } from "../segmentation/disjoint-sets.js";
import { overlaps } from "../segmentation/matching.js";
import type { Labels } from "../segmentation/particles.js";

export interface ConsensusSettings {
  /** Least intersection over union of two views' particles that may be one. */
  readonly overlap: number;
  /** Views that have to see a particle, and to see one at a voxel; more than half of them when left out. */
  readonly quorum?: number;
}

export const usualConsensus: ConsensusSettings = { overlap: 0.3 };

/**
 * Particles that most views see. Particles of different views are clustered from the largest overlap down, never two of
 * one view; a cluster that enough views share is a particle. A voxel where enough views see any particle belongs to the
 * one most of them see.
 * @param views labels of each view, in the order of the picture
 */
export function consensus(views: readonly Labels[], { overlap, quorum }: ConsensusSettings): Labels {
  const needed = quorum ?? Math.floor(views.length / 2) + 1;
  const first = firstNames(views);
  const cluster = clusters(views, first, overlap);
  const seenBy = new Int32Array(cluster.length);
  for (const of of cluster) seenBy[of] += 1;
  const kept = cluster.map((of) => (seenBy[of] >= needed ? of : -1));
  return numbered(votes(views, first, kept, needed), cluster.length);
}

/** Number of the first particle of each view when those of all views are counted through. */
function firstNames(views: readonly Labels[]): number[] {
  const first = [0];
  for (const { count } of views) first.push(first.at(-1)! + count);
  return first;
}

/** Cluster of each particle of each view. */
function clusters(views: readonly Labels[], first: readonly number[], least: number): Int32Array {
  const pairs: (readonly [number, number, number])[] = [];
  for (let a = 0; a < views.length; a++) {
    for (let b = a + 1; b < views.length; b++) {
      for (const [one, other, share] of overlaps(views[a].data, views[b].data).pairs) {
        if (share < least) break;
        pairs.push([first[a] + one - 1, first[b] + other - 1, share]);
      }
    }
  }
  pairs.sort((p, q) => q[2] - p[2] || p[0] - q[0] || p[1] - q[1]);
  const sets = disjointSets(first.at(-1)!);
  const members = Array.from(sets.parent, (name) => new Set([first.findIndex((from) => from > name) - 1]));
  for (const [one, other] of pairs) {
    const [a, b] = [find(sets, one), find(sets, other)];
    if (a === b || [...members[a]].some((view) => members[b].has(view))) continue;
    const name = join(sets, a, b);
    members[name] = new Set([...members[a], ...members[b]]);
  }
  return sets.parent.map((_, name) => find(sets, name));
}

/** Cluster of each voxel, −1 where there is none. */
function votes(views: readonly Labels[], first: readonly number[], kept: Int32Array, needed: number): Int32Array {
  const result = new Int32Array(views[0].data.length).fill(-1);
  const seen = new Int32Array(views.length);
  for (let i = 0; i < result.length; i++) {
    let count = 0;
    for (let v = 0; v < views.length; v++) {
      const label = views[v].data[i];
      if (label > 0) seen[count++] = kept[first[v] + label - 1];
    }
    if (count >= needed) result[i] = mostFrequent(seen, count);
  }
  return result;
}

/** Among the first `count`, leaving −1 out unless there is nothing else; of several, the first. */
function mostFrequent(values: Int32Array, count: number): number {
  let [best, most] = [-1, 0];
  for (let k = 0; k < count; k++) {
    let same = 0;
    for (let other = 0; other < count; other++) if (values[other] === values[k]) same++;
    if (values[k] >= 0 && same > most) [best, most] = [values[k], same];
  }
  return best;
}

/** Clusters that are left, numbered from 1; 0 elsewhere. In place. */
function numbered(cluster: Int32Array, names: number): Labels {
  const label = new Int32Array(names);
  for (const of of cluster) if (of >= 0) label[of] = 1;
  let count = 0;
  for (let name = 0; name < names; name++) if (label[name] === 1) label[name] = ++count;
  for (let i = 0; i < cluster.length; i++) cluster[i] = cluster[i] < 0 ? 0 : label[cluster[i]];
  return { data: cluster, count };
}
