import type { Labels } from "../segmentation/particles.js";
import { type SegmentSettings, segment } from "../segmentation/segment.js";
import { type Volume, type Voxels, volume } from "../volume/volume.js";
import { connectedParticles } from "./connected.js";
import { consensus, usualConsensus } from "./consensus.js";
import { linkSlices, usualLink } from "./link-slices.js";
import { asProbability, clusteredMask, type Fusion, fused } from "./probability.js";
import { checkStack, putBack, type View } from "./view.js";

/** What a network wrote for the slices of one view. */
export interface ViewStack {
  readonly view: View;
  readonly stack: { readonly data: Voxels; readonly shape: Volume["shape"] };
}

export interface ProbabilitySettings {
  readonly fusion: Fusion;
  readonly clusters: number;
  /** Connected parts are particles as they are; else necks are cut as in `segment`. */
  readonly connected: boolean;
}

/** Particles with what they were found by. */
export interface ViewedParticles {
  readonly labels: Labels;
  readonly settings: Readonly<Record<string, unknown>>;
}

const fewestVoxels = 27;

/**
 * Particles by the probabilities that views give: fused, filtered, clustered, then cut at necks or taken as they are
 * connected. Cracks are left to who said what is inside: none are bridged unless it is asked for.
 * @throws RangeError when a stack does not fit the picture or holds no probabilities
 */
export function particlesOfProbabilities(
  picture: Volume,
  stacks: readonly ViewStack[],
  { fusion, clusters, connected }: ProbabilitySettings,
  wanted: SegmentSettings,
): ViewedParticles {
  const { shape, voxelSize } = picture;
  const seen = stacks.map(({ view, stack }) => {
    checkStack(view, stack.shape, shape);
    return putBack(view, asProbability(stack.data), shape);
  });
  const probability = fused(seen, shape, fusion);
  const { inside, level } = clusteredMask(
    { data: probability, shape, voxelSize },
    { filters: wanted.filters, clusters },
  );
  const told = { views: stacks.map(({ view }) => view.name), fusion, clusters, connected, probability: level };
  if (connected) {
    const leastVoxels = wanted.leastVoxels ?? fewestVoxels;
    return { labels: connectedParticles(inside, shape, leastVoxels), settings: { ...told, leastVoxels } };
  }
  const { labels, settings } = segment(volume(inside, shape, voxelSize), {
    ...wanted,
    closing: wanted.closing ?? 0,
    active: 1,
    binder: null,
    threshold: null,
  });
  const { threshold, ...used } = settings;
  return { labels, settings: { ...told, ...used } };
}

/**
 * Particles by the outlines that views give slice by slice: linked between slices, then what the views agree on.
 * @param quorum views that have to agree; more than half when left out
 * @throws RangeError when a stack does not fit the picture
 */
export function particlesOfOutlines(picture: Volume, stacks: readonly ViewStack[], quorum?: number): ViewedParticles {
  const { shape } = picture;
  const linked = stacks.map(({ view, stack }): Labels => {
    checkStack(view, stack.shape, shape);
    const found = linkSlices(stack.data, stack.shape, usualLink);
    return { data: putBack(view, found.data, shape), count: found.count };
  });
  const labels = consensus(linked, { ...usualConsensus, ...(quorum !== undefined && { quorum }) });
  const perView = Object.fromEntries(stacks.map(({ view }, k) => [view.name, linked[k].count]));
  return {
    labels,
    settings: { views: perView, quorum: quorum ?? "more than half", link: usualLink, consensus: usualConsensus },
  };
}
