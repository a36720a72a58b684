import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { acos, asin, atan2, log } from "../../elementary/elementary.js";
import { sections } from "../coordinates/coordinates.js";
import type { Arc, Geometry } from "./geometry.js";
import { SurfaceLocator } from "./locator.js";
import type { Mesh } from "./mesh.js";
import type { Body } from "./second-order.js";

const TURN = 2 * Math.PI;
/** rad; a direction this near to an arc's end is on the arc, so that mirror images are treated alike. */
const EDGE = 1e-9;

/** Where the high-conductivity carbon/binder of a sphere on the axis lies. */
export type BandFacing = "wall" | "bottom" | "top";

function checkFraction(fraction: number, what: string): void {
  if (!(fraction >= 0 && fraction <= 1))
    throw new RangeError(`${what}: coverage is ${fraction}, allowed is 0 to 1; give the share of the surface.`);
}

function checkCount(count: number, what: string): void {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${what}: the number of patches is ${count}, allowed are whole numbers from 1.`);
}

/** One patch centred on the direction `facing` (rad from +x), over `fraction` of the circle. */
export function facingArc(fraction: number, facing: number): Arc[] {
  return evenPatches(fraction, 1, facing);
}

/** `count` equal patches, evenly spaced, the first centred on the direction `offset` (rad), `fraction` in all. */
export function evenPatches(fraction: number, count: number, offset: number): Arc[] {
  checkFraction(fraction, "Placing patches");
  checkCount(count, "Placing patches");
  if (!Number.isFinite(offset)) throw new RangeError(`Placing patches: the direction is ${offset} rad; give a number.`);
  if (fraction === 0) return [];
  if (fraction === 1) return [wholeCircle];
  const half = (Math.PI * fraction) / count;
  return Array.from({ length: count }, (_, k) => {
    const middle = offset + (TURN * k) / count;
    return { from: middle - half, to: middle + half };
  });
}

const wholeCircle: Arc = { from: 0, to: TURN };

/**
 * `count` patches of random lengths in random places that do not overlap, `fraction` of the circle in all.
 * Lengths and distances are uniform on their simplices; the same seed gives the same patches.
 */
export function randomPatches(fraction: number, count: number, seed: number): Arc[] {
  checkFraction(fraction, "Placing random patches");
  checkCount(count, "Placing random patches");
  if (!Number.isSafeInteger(seed)) throw new RangeError(`Placing random patches: the seed ${seed} is no whole number.`);
  if (fraction === 0) return [];
  if (fraction === 1) return [wholeCircle];
  const generator = xoroshiro128plus(seed);
  const shares = (total: number) => {
    const weights = Array.from({ length: count }, () => -log(1 - uniformFloat64(generator)) + 1e-6);
    const sum = weights.reduce((s, w) => s + w, 0);
    return weights.map((w) => (w / sum) * total);
  };
  const lengths = shares(TURN * fraction);
  const distances = shares(TURN * (1 - fraction));
  let from = TURN * uniformFloat64(generator);
  return lengths.map((length, k) => {
    const arc = { from, to: from + length };
    from = arc.to + distances[k];
    return arc;
  });
}

/**
 * A sphere on the axis: a band about the equator (`wall`) or a cap, over `fraction` of its area
 * (a zone's area is proportional to its height; Archimedes).
 */
export function sphereBand(fraction: number, facing: BandFacing): Arc[] {
  checkFraction(fraction, "Placing a band on a sphere");
  if (fraction === 0) return [];
  if (fraction === 1) return [wholeCircle];
  if (facing === "wall") return [{ from: -asin(fraction), to: asin(fraction) }];
  const half = acos(1 - 2 * fraction);
  const pole = facing === "top" ? Math.PI / 2 : -Math.PI / 2;
  return [{ from: pole - half, to: pole + half }];
}

/** Whether the direction (rad) lies on one of the arcs. */
export function isHigh(arcs: readonly Arc[], angle: number): boolean {
  return arcs.some((arc) => {
    const past = (((angle - arc.from) % TURN) + TURN) % TURN;
    return past <= arc.to - arc.from + EDGE || past >= TURN - EDGE;
  });
}

/** Whether a place in the carbon/binder belongs to a high-conductivity patch: that of the nearest surface. */
export function patchLabel({ particles, width, height }: Geometry): (x: number, y: number) => boolean {
  const locator = new SurfaceLocator(particles, width, height);
  return (x, y) => {
    locator.find(x, y);
    if (locator.nearest < 0) return false;
    const near = particles[locator.nearest];
    return isHigh(near.high, atan2(y - near.y, x - near.x));
  };
}

/** Index into `binders` for every carbon/binder cell and for the cell behind every facet. */
export interface BinderLabels {
  readonly cell: Int32Array;
  readonly facet: Int32Array;
}

/**
 * Labels carbon/binder cells by the patch of the nearest surface: the direction of the cell's centroid seen from
 * the nearest particle, and for a cell behind a facet the direction of that facet's middle. Without particles: low.
 */
export function labelBinder(geometry: Geometry, binder: Body, nodesPerCell: number): BinderLabels {
  const inPatch = patchLabel(geometry);
  const labelAt = (x: number, y: number) => (inPatch(x, y) ? 0 : 1);
  const { nodes, cells, facets } = binder;
  const nodesPerFacet = nodesPerCell === 3 ? 2 : 3;
  const count = nodes.length / 2;
  const key = (a: number, b: number) => Math.min(a, b) * count + Math.max(a, b);
  const facetOf = new Map<number, number>();
  for (let f = 0; f < facets.length; f += nodesPerFacet) facetOf.set(key(facets[f], facets[f + 1]), f / nodesPerFacet);
  const cell = new Int32Array(cells.length / nodesPerCell);
  const facet = new Int32Array(facets.length / nodesPerFacet);
  for (let c = 0; c < cell.length; c++) {
    const corners = Array.from(cells.subarray(c * nodesPerCell, c * nodesPerCell + 3));
    const mean = (on: readonly number[], k: number) => on.reduce((s, p) => s + nodes[2 * p + k], 0) / on.length;
    const side = corners.map((a, e) => [a, corners[(e + 1) % 3]]).find(([a, b]) => facetOf.has(key(a, b)));
    const from = side ?? corners;
    cell[c] = labelAt(mean(from, 0), mean(from, 1));
    if (side) facet[facetOf.get(key(side[0], side[1]))!] = cell[c];
  }
  return { cell, facet };
}

/** By particle: the share of its surface (length, or area of revolution) that touches high-conductivity carbon/binder. */
export function measuredCoverage(mesh: Mesh, kind: Geometry["kind"]): Float64Array {
  const { particleNodes, nodesPerFacet, particle, binder } = mesh.contact;
  const high = new Float64Array(mesh.particles);
  const total = new Float64Array(mesh.particles);
  for (let f = 0; f < particle.length; f++) {
    const a = 2 * particleNodes[f * nodesPerFacet];
    const b = 2 * particleNodes[f * nodesPerFacet + 1];
    const length = Math.hypot(mesh.nodes[b] - mesh.nodes[a], mesh.nodes[b + 1] - mesh.nodes[a + 1]);
    const share = sections[kind].revolved ? length * (mesh.nodes[a] + mesh.nodes[b]) : length;
    total[particle[f]] += share;
    if (binder[f] === 0) high[particle[f]] += share;
  }
  return high.map((h, p) => h / total[p]);
}
