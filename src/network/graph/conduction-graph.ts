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
  const add = (a: number, b: number, conductance: number): void => {
    if (a === b) return;
    const key = Math.min(a, b) * nodes + Math.max(a, b);
    edges.set(key, (edges.get(key) ?? 0) + conductance);
  };
  for (let k = 0; k < n; k++) {
    const piece = surfaceOf(dimension, radius[k]) / around.directions;
    for (let m = 0; m < around.directions; m++) addPiece(k, m, piece);
    add(2 * k, 2 * k + 1, alongSurface(dimension, radius[k], coverage[k], conductivity.low, sheet(k)));
  }
  const keys = Float64Array.from(edges.keys()).sort();
  return {
    nodes,
    collector: 2 * n,
    from: Int32Array.from(keys, (key) => Math.floor(key / nodes)),
    to: Int32Array.from(keys, (key) => key % nodes),
    conductance: Float64Array.from(keys, (key) => edges.get(key)!),
  };

  function addPiece(k: number, m: number, piece: number): void {
    const at = k * around.directions + m;
    const met = around.met[at];
    if (met === OUTSIDE) return;
    const own = Math.max(around.own[at], THINNEST * radius[k]);
    const across = piece * pow((radius[k] + own / 2) / radius[k], dimension - 1);
    const sigma = around.high[at] ? conductivity.high : conductivity.low;
    const node = 2 * k + (around.high[at] ? 0 : 1);
    if (met === COLLECTOR) {
      add(node, 2 * n, (ACROSS * across * sigma) / own);
      return;
    }
    const other = Math.max(around.other[at], THINNEST * radius[met]);
    const beyond = around.otherHigh[at] ? conductivity.high : conductivity.low;
    add(node, 2 * met + (around.otherHigh[at] ? 0 : 1), (0.5 * BETWEEN * across) / (own / sigma + other / beyond));
  }

  /** m, mean thickness of the carbon/binder before the poorly covered surface. */
  function sheet(k: number): number {
    let [sum, count] = [0, 0];
    for (let m = 0; m < around.directions; m++) {
      const at = k * around.directions + m;
      if (around.high[at]) continue;
      sum += Math.min(Math.max(around.own[at], THINNEST * radius[k]), THICKEST * radius[k]);
      count++;
    }
    return count === 0 ? THINNEST * radius[k] : sum / count;
  }
}

/** S, from the edge of the patch to the mean of the surface beyond it; a short circuit where either is missing. */
function alongSurface(dimension: 2 | 3, radius: number, coverage: number, sigma: number, thickness: number): number {
  const rest = Math.max(1 - coverage, 1e-3);
  const theta = Math.max(coverage, 1e-3);
  const length = dimension === 2 ? square(Math.PI * radius * rest) / 3 : radius * radius * (-log(theta) / rest - 1);
  return (ALONG * surfaceOf(dimension, radius) * rest * sigma * thickness) / Math.max(length, 1e-6 * radius * radius);
}
