import { ballMeasure, type Packing } from "../../space/packing.js";
import { contactsWithin } from "./contacts.js";
import { commonMeasure } from "./lens.js";

/**
 * Share of the shell of `thickness` (m) about every particle that other particles take, 0 … 1: the definition of "Contact" in
 * the code of Li et al., Science 376 (2022) 517. Exact for balls and disks; what lies beyond walls counts as free.
 */
export function contactShare(packing: Packing, thickness: number): Float64Array {
  if (!(thickness > 0))
    throw new RangeError(`Measuring contact: the shell is ${thickness} m thick; give a length above 0.`);
  const { dimension, radius } = packing;
  const taken = new Float64Array(radius.length);
  const { count, first, second, distance } = contactsWithin(packing, thickness);
  for (let k = 0; k < count; k++) {
    for (const [i, j] of [
      [first[k], second[k]],
      [second[k], first[k]],
    ]) {
      const outer = commonMeasure(dimension, radius[i] + thickness, radius[j], distance[k]);
      taken[i] += outer - commonMeasure(dimension, radius[i], radius[j], distance[k]);
    }
  }
  return taken.map(
    (volume, i) => volume / (ballMeasure(dimension, radius[i] + thickness) - ballMeasure(dimension, radius[i])),
  );
}
