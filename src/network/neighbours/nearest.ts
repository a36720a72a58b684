import { findNear, nothingFound, sortIntoCells } from "../../space/cells.js";
import { ballMeasure, boxMeasure, nearestImage, type Packing, periods } from "../../space/packing.js";

/** The nearest other centres of every particle, nearest first; of equals the smaller index first. */
export interface Nearest {
  /** Neighbours a particle: as many as asked for, or all there are. */
  readonly each: number;
  /** [particle][each] */
  readonly neighbour: Int32Array;
  /** m, [particle][each], between centres. */
  readonly distance: Float64Array;
}

/**
 * The `count` nearest neighbours of every particle by the distance of centres, each neighbour at its nearest image.
 * @throws RangeError when `count` is no whole number from 1.
 */
export function nearestNeighbours(packing: Packing, count: number): Nearest {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`Looking for nearest neighbours: ${count} are wanted; give a whole number from 1.`);
  const particles = packing.radius.length;
  const each = Math.min(count, particles - 1);
  const nearest: Nearest = {
    each,
    neighbour: new Int32Array(particles * each),
    distance: new Float64Array(particles * each),
  };
  if (each === 0) return nearest;
  const { dimension, centre } = packing;
  const width = ((each + 1) * (boxMeasure(packing) / particles / ballMeasure(dimension, 1))) ** (1 / dimension);
  const cells = sortIntoCells(packing, centre, width);
  const found = nothingFound();
  const most = 2 * Math.hypot(...packing.box);
  for (let i = 0; i < particles; i++) {
    let reach = width;
    for (;;) {
      findNear(cells, centre[3 * i], centre[3 * i + 1], centre[3 * i + 2], reach, found);
      if (keepNearest(packing, i, found.points.subarray(0, found.count), reach, nearest) || reach > most) break;
      reach *= 1.5;
    }
  }
  return nearest;
}

/** Whether enough lay within the reach, beyond which candidates may be missing. */
function keepNearest(packing: Packing, i: number, candidates: Int32Array, reach: number, nearest: Nearest): boolean {
  const { centre } = packing;
  const [px, py] = periods(packing);
  const { each, neighbour, distance } = nearest;
  const from = i * each;
  let kept = 0;
  for (const j of candidates) {
    if (j === i) continue;
    const dx = nearestImage(centre[3 * j] - centre[3 * i], px);
    const dy = nearestImage(centre[3 * j + 1] - centre[3 * i + 1], py);
    const d = Math.hypot(dx, dy, centre[3 * j + 2] - centre[3 * i + 2]);
    let place = from + kept;
    const before = (k: number) => d < distance[k] || (d === distance[k] && j < neighbour[k]);
    if (kept === each && !before(place - 1)) continue;
    if (kept < each) kept++;
    else place--;
    while (place > from && before(place - 1)) {
      distance[place] = distance[place - 1];
      neighbour[place] = neighbour[place - 1];
      place--;
    }
    distance[place] = d;
    neighbour[place] = j;
  }
  return kept === each && distance[from + each - 1] <= reach;
}

/** m, [particle]: mean distance of the centres of the nearest neighbours; NaN where there are none. */
export function meanDistance({ each, distance }: Nearest, particles: number): Float64Array {
  return Float64Array.from({ length: particles }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < each; k++) sum += distance[i * each + k];
    return sum / each;
  });
}
