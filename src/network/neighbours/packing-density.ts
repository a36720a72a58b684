import { nearestImage, type Packing, periods } from "../packing/packing.js";
import { ballInBox } from "./ball-in-box.js";
import { type Found, findNear, nothingFound, sortIntoCells } from "./cells.js";

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
  const { centre, radius, dimension } = packing;
  const [px, py] = periods(packing);
  let solid = 0;
  for (let k = 0; k < near.count; k++) {
    const j = near.points[k];
    const dx = nearestImage(centre[3 * j] - centre[3 * i], px);
    const dy = nearestImage(centre[3 * j + 1] - centre[3 * i + 1], py);
    const dz = centre[3 * j + 2] - centre[3 * i + 2];
    for (const x of images(dx, px, window, 0, radius[j]))
      for (const y of images(dy, py, window, 1, radius[j])) {
        const from = [window.from[0] - x, window.from[1] - y, window.from[2] - dz];
        const to = [window.to[0] - x, window.to[1] - y, window.to[2] - dz];
        solid += ballInBox(dimension, radius[j], from, to);
      }
  }
  return solid;
}

/** Places of a ball's images along an axis that reach into the window. */
function images(at: number, period: number, { from, to }: Window, axis: 0 | 1, radius: number): number[] {
  const all = period > 0 ? [at - period, at, at + period] : [at];
  return all.filter((x) => x + radius > from[axis] && x - radius < to[axis]);
}
