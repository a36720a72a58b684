import { draws } from "../../src/draws/draws.js";
import { crowdedBalls } from "../../src/imaging/phantom/balls.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { type Matching, matching } from "../../src/imaging/segmentation/matching.js";
import { segment, usualSegment } from "../../src/imaging/segmentation/segment.js";

/** Balls of 10 voxels (lognormal, 0.3) in a cube, overlapping by up to a share of their radii, cut by the default. */
export function cutCrowd(count: number, edge: number, overlap: number, seed = 1): Matching {
  const settings = { count, box: [edge, edge, edge] as const, radius: 10, spread: 0.3, overlap };
  const balls = crowdedBalls(settings, draws(seed, "balls"));
  const { phases, labels } = phantom({ balls, cracks: [], hollows: [], caps: [] }, [edge, edge, edge], [1, 1, 1]);
  return matching(labels, segment(phases, usualSegment).labels.data)[0];
}
