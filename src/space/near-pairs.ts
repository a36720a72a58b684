import { log2 } from "../elementary/elementary.js";
import { type Cells, findNear, nothingFound, sortIntoCells } from "./cells.js";
import { type Domain, nearestImage, periods } from "./packing.js";

/** Pairs of particles; each pair comes once, the smaller index first. */
export interface Pairs {
  count: number;
  /** [pair] */
  first: Int32Array;
  /** [pair] */
  second: Int32Array;
}

/** Particles of about one size: radii within a factor of two. */
interface SizeLevel {
  readonly largest: number;
  readonly cells: Cells;
}

/** Radii below the largest over 2^this are one level. */
const LEVELS = 7;

/**
 * All pairs whose surfaces are less than `gap` apart, overlapping ones too. Cost grows with the number of particles and
 * pairs also for very unequal radii: particles are sorted into one set of cells for each factor of two in radius.
 * @param centre m, [particle][3]
 * @param radius m, [particle]
 * @param gap m
 * @throws RangeError when a period is so short that a particle could meet two images of another.
 */
export function nearPairs(domain: Domain, centre: Float64Array, radius: Float64Array, gap: number): Pairs {
  const count = radius.length;
  const levelOf = sizeLevels(radius);
  const levels = levelsOf(domain, centre, radius, levelOf, gap);
  checkPeriods(domain, levels[0].largest, gap);
  const pairs: Pairs = { count: 0, first: new Int32Array(8 * count), second: new Int32Array(8 * count) };
  const [px, py] = periods(domain);
  const found = nothingFound();
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [centre[3 * i], centre[3 * i + 1], centre[3 * i + 2]];
    for (let l = 0; l <= levelOf[i]; l++) {
      const level = levels[l];
      if (level.largest === 0) continue;
      findNear(level.cells, x, y, z, radius[i] + level.largest + gap, found);
      for (let k = 0; k < found.count; k++) {
        const j = found.points[k];
        if (levelOf[j] === levelOf[i] && j <= i) continue;
        const reach = radius[i] + radius[j] + gap;
        const dx = nearestImage(centre[3 * j] - x, px);
        const dy = nearestImage(centre[3 * j + 1] - y, py);
        const dz = centre[3 * j + 2] - z;
        if (dx * dx + dy * dy + dz * dz < reach * reach) add(pairs, i, j);
      }
    }
  }
  return pairs;
}

function add(pairs: Pairs, i: number, j: number): void {
  if (pairs.count === pairs.first.length) {
    for (const side of ["first", "second"] as const) {
      const larger = new Int32Array(2 * pairs.count + 16);
      larger.set(pairs[side]);
      pairs[side] = larger;
    }
  }
  pairs.first[pairs.count] = Math.min(i, j);
  pairs.second[pairs.count++] = Math.max(i, j);
}

/** [particle]: how often the largest radius can be halved before it is the particle's. */
function sizeLevels(radius: Float64Array): Int32Array {
  let largest = 0;
  for (const r of radius) largest = Math.max(largest, r);
  return Int32Array.from(radius, (r) => Math.min(LEVELS, Math.floor(log2(largest / r))));
}

function levelsOf(
  domain: Domain,
  centre: Float64Array,
  radius: Float64Array,
  levelOf: Int32Array,
  gap: number,
): SizeLevel[] {
  const levels: SizeLevel[] = [];
  for (let l = 0; l <= LEVELS; l++) {
    const members = Int32Array.from(levelOf.keys()).filter((i) => levelOf[i] === l);
    let largest = 0;
    for (const i of members) largest = Math.max(largest, radius[i]);
    levels.push({
      largest,
      cells: sortIntoCells(domain, centre, Math.max(2 * largest + gap, Number.MIN_VALUE), members),
    });
  }
  return levels;
}

function checkPeriods(domain: Domain, largest: number, gap: number): void {
  const shortest = Math.min(...periods(domain).filter((period) => period > 0));
  if (shortest < 4 * largest + 2 * gap)
    throw new RangeError(
      `Looking for neighbours: the shortest period is ${shortest} m and the largest radius ${largest} m; ` +
        "a period must hold two of the largest particles. Take more particles, walls, or a less flat box.",
    );
}
