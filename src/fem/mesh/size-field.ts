import type { MeshSettings } from "./geometry.js";
import type { SurfaceLocator } from "./locator.js";

/** All lengths in units of the edge length along the surfaces, which is 1 here. */
export interface Sizing {
  readonly growth: number;
  readonly largest: number;
}

/** Edges in a gap are not made shorter than this: surface edges have length 1 and their neighbours must keep up. */
const SHORTEST = 0.5;
/** Edges across a gap between two particles. */
const ACROSS_GAP = 2.5;
/** Edges across a gap between a particle and a wall. */
const ACROSS_WALL_GAP = 1.5;

/** Edges in a particle, in interface edges: lithium in its centre is then right to 1e-3 of jR/D (Crank's cylinder). */
const coarsest = 1.75;

/** m, the longest edges in a particle. */
export function largestInside({ interfaceSize, largestSize }: MeshSettings): number {
  return Math.min(coarsest * interfaceSize, largestSize);
}

/** The edge length at distance `d` from the nearest surface: min(largest, 1 + growth · d). */
export function gradedSize(sizing: Sizing, d: number): number {
  return sizing.growth === 0 ? 1 : Math.min(sizing.largest, 1 + sizing.growth * Math.max(0, d));
}

/** The wanted edge length in the carbon/binder: graded, and no longer than a share of the local gap. */
export function binderSize(
  locator: SurfaceLocator,
  sizing: Sizing,
  wallDistance: (x: number, y: number) => number,
): (x: number, y: number) => number {
  return (x, y) => {
    locator.find(x, y);
    const d = Math.max(0, locator.distance);
    const gap = (d + Math.max(0, locator.secondDistance)) / ACROSS_GAP;
    const wallGap = (d + wallDistance(x, y)) / ACROSS_WALL_GAP;
    return Math.min(gradedSize(sizing, d), Math.max(SHORTEST, Math.min(gap, wallGap)));
  };
}

/** Divides [from, to] so that each piece has about the wanted length; the inner points, ascending. */
export function divide(from: number, to: number, size: (t: number) => number): Float64Array {
  const samples = Math.max(16, Math.min(4096, 4 * Math.ceil(to - from)));
  const step = (to - from) / samples;
  const count = new Float64Array(samples + 1);
  for (let i = 0; i < samples; i++) count[i + 1] = count[i] + step / size(from + (i + 0.5) * step);
  const pieces = Math.max(1, Math.round(count[samples]));
  const inner = new Float64Array(pieces - 1);
  for (let k = 1, i = 0; k < pieces; k++) {
    const wanted = (k / pieces) * count[samples];
    while (count[i + 1] < wanted) i++;
    inner[k - 1] = from + (i + (wanted - count[i]) / (count[i + 1] - count[i])) * step;
  }
  return inner;
}
