import { type Found, findNear, nothingFound, sortIntoCells } from "../../space/cells.js";
import { nearestImage, type Packing, periods } from "../../space/packing.js";
import { ballInBox } from "./ball-in-box.js";

/**
 * Solid share of a window about every centre, `reach` (m) to each side as far as walls allow; along a periodic axis one
 * period at most. "PDensity" of Li et al., Science 376 (2022) 517, with the 10 µm of the authors' code, as `measure` has it.
 */
export function packingDensity(packing: Packing, reach: number): Float64Array {
  const { radius, centre } = packing;
  let largest = 0;
  for (const r of radius) largest = Math.max(largest, r);
  const cells = sortIntoCells(packing, centre, 2 * largest);
  const near = nothingFound();
  return radius.map((_, i) => {
    const window = windowAbout(packing, i, reach);
    findNear(cells, centre[3 * i], centre[3 * i + 1], centre[3 * i + 2], reach + largest, near);
    return solidIn(packing, i, window, near) / window.measure;
  });
}

/** From and to along each axis as seen from the particle's centre, m, and the volume. */
interface Window {
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  readonly measure: number;
}

function windowAbout({ box, centre, dimension, ...domain }: Packing, i: number, half: number): Window {
  const repeats = periods({ box, dimension, ...domain });
  const from: [number, number, number] = [0, 0, 0];
  const to: [number, number, number] = [0, 0, 0];
  let measure = 1;
  for (let axis = 0; axis < dimension; axis++) {
    const at = centre[3 * i + axis];
    const period = repeats[axis];
    from[axis] = period > 0 ? -Math.min(half, period / 2) : Math.max(-half, -at);
    to[axis] = period > 0 ? Math.min(half, period / 2) : Math.min(half, box[axis] - at);
    measure *= to[axis] - from[axis];
  }
  return { from, to, measure };
}

function solidIn(packing: Packing, i: number, window: Window, near: Found): number {
  const { centre, radius } = packing;
  const [px, py] = periods(packing);
  let solid = 0;
  for (let k = 0; k < near.count; k++) {
    const j = near.points[k];
    const dx = nearestImage(centre[3 * j] - centre[3 * i], px);
    const dy = nearestImage(centre[3 * j + 1] - centre[3 * i + 1], py);
    const dz = centre[3 * j + 2] - centre[3 * i + 2];
    for (let a = px > 0 ? -1 : 0; a <= (px > 0 ? 1 : 0); a++)
      for (let b = py > 0 ? -1 : 0; b <= (py > 0 ? 1 : 0); b++)
        solid += partInside(packing.dimension, window, dx + a * px, dy + b * py, dz, radius[j]);
  }
  return solid;
}

/** Of a ball at a place as seen from the window's centre. */
function partInside(dimension: 2 | 3, { from, to }: Window, x: number, y: number, z: number, radius: number): number {
  if (x + radius <= from[0] || x - radius >= to[0] || y + radius <= from[1] || y - radius >= to[1]) return 0;
  if (dimension === 3 && (z + radius <= from[2] || z - radius >= to[2])) return 0;
  return ballInBox(dimension, radius, [from[0] - x, from[1] - y, from[2] - z], [to[0] - x, to[1] - y, to[2] - z]);
}
