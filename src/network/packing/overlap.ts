import { nearPairs } from "../../space/near-pairs.js";
import { nearestImage, type Packing, periods } from "../../space/packing.js";

/**
 * The deepest overlap over the radius of the smaller particle of the pair, of two particles or of one with a wall;
 * 0 or less where nothing overlaps (walls only: minus the closest approach).
 */
export function deepestOverlap(packing: Packing): number {
  const { centre, radius } = packing;
  const [px, py] = periods(packing);
  const pairs = nearPairs(packing, centre, radius, 0);
  let deepest = deepestInWall(packing);
  for (let k = 0; k < pairs.count; k++) {
    const [i, j] = [pairs.first[k], pairs.second[k]];
    const dx = nearestImage(centre[3 * j] - centre[3 * i], px);
    const dy = nearestImage(centre[3 * j + 1] - centre[3 * i + 1], py);
    const dz = centre[3 * j + 2] - centre[3 * i + 2];
    const overlap = radius[i] + radius[j] - Math.hypot(dx, dy, dz);
    deepest = Math.max(deepest, overlap / Math.min(radius[i], radius[j]));
  }
  return deepest;
}

function deepestInWall(packing: Packing): number {
  const { box, centre, radius, dimension } = packing;
  let deepest = -Infinity;
  for (let axis = 0; axis < dimension; axis++) {
    if (periods(packing)[axis] > 0) continue;
    for (let i = 0; i < radius.length; i++) {
      const room = Math.min(centre[3 * i + axis], box[axis] - centre[3 * i + axis]);
      deepest = Math.max(deepest, 1 - room / radius[i]);
    }
  }
  return deepest;
}
