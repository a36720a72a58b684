import { connectedParts } from "../morphology/flood.js";
import type { Labels } from "../segmentation/particles.js";
import type { Shape } from "../volume/volume.js";

/** The connected parts of a mask as particles, nothing cut at necks; parts of fewer voxels are dropped. */
export function connectedParticles(inside: Uint8Array, shape: Shape, leastVoxels: number): Labels {
  const { labels, count } = connectedParts(inside, shape);
  const voxels = new Float64Array(count + 1);
  for (const label of labels) voxels[label] += 1;
  const name = new Int32Array(count + 1);
  let kept = 0;
  for (let label = 1; label <= count; label++) if (voxels[label] >= leastVoxels) name[label] = ++kept;
  return { data: labels.map((label) => name[label]), count: kept };
}
