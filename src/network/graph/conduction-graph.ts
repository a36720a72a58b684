import { log, pow, square } from "../../elementary/elementary.js";
import { ballMeasure } from "../../space/packing.js";
import type { CoveredPacking } from "./covered-packing.js";
import { COLLECTOR, OUTSIDE, type Surroundings } from "./surroundings.js";

/**
 * The carbon/binder as a network of conductances. Each particle has two nodes, the carbon/binder before its covered patch
 * (2k) and before the rest of its surface (2k + 1); the collector is the last.
 */
export interface ConductionGraph {
  /** Nodes, the collector among them. */
  readonly nodes: number;
  readonly collector: number;
  /** `contact.*`: [edge] nodes and conductance in S (S per m of depth in 2-D); each pair of nodes once. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly conductance: Float64Array;
}

export interface BinderConductivity {
  /** S/m */
  readonly high: number;
  readonly low: number;
}

/** Area of a particle's surface in m²; in 2-D m² per m of depth. */
export function surfaceOf(dimension: 2 | 3, radius: number): number {
  return (dimension * ballMeasure(dimension, radius)) / radius;
}

/**
 * The ways share the carbon/binder, so that each counts less than by itself: along a surface and straight to the collector,
 * calibrated on three disks, together and with equal coverage; between particles, on disks packed at random
 * (`synchrode validate network-agreement`).
 */
export const [ALONG, ACROSS, BETWEEN] = [0.5, 0.8, 0.5];
/** Carbon/binder this thin, over the radius, conducts as if it were this thick: particles that touch share a neck. */
const THINNEST = 0.02;
/** Carbon/binder further from the surface than this, over the radius, carries no current along it. */
const THICKEST = 1;

/**
 * Through the carbon/binder before each piece of surface the current runs straight, first through the kind that belongs to
 * the particle's own patch there, then through its neighbour's: g = dA/(ℓ/σ + ℓ′/σ′), half of it counted from either
 * side. Along the surface, the poorly covered part is fed from the edge of the patch through a sheet as thick as the carbon/binder
 * before it: with a uniform current the mean drop in it over that current density is
 *   2-D   π²R²(1 − θ)²/(3 σ h)
 *   3-D   R²(−ln θ/(1 − θ) − 1)/(σ h)
 */
export function conductionGraph(
  packing: CoveredPacking,
  around: Surroundings,
  conductivity: BinderConductivity,
): ConductionGraph {
  const { radius, coverage, dimension } = packing;
  const n = radius.length;
  const nodes = 2 * n + 1;
  const edges = new Map<number, number>();
  const add = ({ from, to, conductance }: Way): void => {
    if (from === to) return;
    const key = Math.min(from, to) * nodes + Math.max(from, to);
    edges.set(key, (edges.get(key) ?? 0) + conductance);
  };
  for (let k = 0; k < n; k++) {
    for (let m = 0; m < around.directions; m++) {
      const way = wayAhead(packing, around, conductivity, k, m);
      if (way !== null) add(way);
    }
    const thickness = sheetThickness(around, k, radius[k]);
    const conductance = alongSurface(dimension, radius[k], coverage[k], conductivity.low, thickness);
    add({ from: 2 * k, to: 2 * k + 1, conductance });
  }
  const keys = Float64Array.from(edges.keys()).sort();
  return {
    nodes,
    collector: 2 * n,
    from: Int32Array.from(keys, (key) => Math.floor(key / nodes)),
    to: Int32Array.from(keys, (key) => key % nodes),
    conductance: Float64Array.from(keys, (key) => edges.get(key) ?? 0),
  };
}

/** Between two nodes, S. */
interface Way {
  readonly from: number;
  readonly to: number;
  readonly conductance: number;
}

/** Straight ahead from particle k in direction m; null where nothing conducts there. */
function wayAhead(
  { radius, dimension }: CoveredPacking,
  around: Surroundings,
  { high, low }: BinderConductivity,
  k: number,
  m: number,
): Way | null {
  const at = k * around.directions + m;
  const met = around.met[at];
  if (met === OUTSIDE) return null;
  const own = Math.max(around.own[at], THINNEST * radius[k]);
  const piece = surfaceOf(dimension, radius[k]) / around.directions;
  const across = piece * pow((radius[k] + own / 2) / radius[k], dimension - 1);
  const sigma = around.high[at] ? high : low;
  const from = 2 * k + (around.high[at] ? 0 : 1);
  if (met === COLLECTOR) return { from, to: 2 * radius.length, conductance: (ACROSS * across * sigma) / own };
  const other = Math.max(around.other[at], THINNEST * radius[met]);
  const beyond = around.otherHigh[at] ? high : low;
  const conductance = (0.5 * BETWEEN * across) / (own / sigma + other / beyond);
  return { from, to: 2 * met + (around.otherHigh[at] ? 0 : 1), conductance };
}

/** m, mean thickness of the carbon/binder before the poorly covered surface of particle k. */
function sheetThickness(around: Surroundings, k: number, radius: number): number {
  let [sum, count] = [0, 0];
  for (let m = 0; m < around.directions; m++) {
    const at = k * around.directions + m;
    if (around.high[at]) continue;
    sum += Math.min(Math.max(around.own[at], THINNEST * radius), THICKEST * radius);
    count++;
  }
  return count === 0 ? THINNEST * radius : sum / count;
}

/** S, from the edge of the patch to the mean of the surface beyond it; a short circuit where either is missing. */
function alongSurface(dimension: 2 | 3, radius: number, coverage: number, sigma: number, thickness: number): number {
  const rest = Math.max(1 - coverage, 1e-3);
  const theta = Math.max(coverage, 1e-3);
  const length = dimension === 2 ? square(Math.PI * radius * rest) / 3 : radius * radius * (-log(theta) / rest - 1);
  return (ALONG * surfaceOf(dimension, radius) * rest * sigma * thickness) / Math.max(length, 1e-6 * radius * radius);
}
