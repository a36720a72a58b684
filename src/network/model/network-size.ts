import type { NetworkSpec } from "./network.js";
import { networkUnknowns } from "./network-unknowns.js";
import { radialMesh } from "./radial.js";

/** Of the solver's working memory, by particle and direction, surface point of a patch, radial node. */
const [directionBytes, pointBytes, radialBytes] = [800, 7000, 1700];

/**
 * How large the model of a network is. Nodes are those of the conduction graph; the unknowns are counted, the memory was measured
 * on packings of 100 to 2,000, the whole process.
 */
export function networkSize({ dimension, radius }: NetworkSpec["packing"], resolution: NetworkSpec["resolution"]) {
  const { directions, points, radial } = resolution;
  const particles = radius.length;
  const radialNodes = radialMesh(dimension, radial.first, radial.growth, radial.largest).nodes;
  const patchPoint = new Int32Array(2 * particles * points);
  const { count } = networkUnknowns(particles, radialNodes, patchPoint);
  const bytes = particles * (directions * directionBytes + points * pointBytes + radialNodes * radialBytes);
  return { nodes: 2 * particles + 1, unknowns: count, memoryMegabytes: Math.ceil(205 + bytes / 1e6) };
}
