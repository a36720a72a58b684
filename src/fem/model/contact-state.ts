import type { ContactPoints } from "../assembly/contact-points.js";

/** What the interface points carry from step to step. All `[point]`. */
export interface ContactState {
  /** D, 0 … 1 */
  readonly damage: Float64Array;
  /** 1/s, f in dD/dt = f (1 − D) by the latest tractions. */
  readonly fatigueRate: Float64Array;
  /** A/m² */
  readonly current: Float64Array;
  /** m, normal gap (positive open) and sliding. */
  readonly normalGap: Float64Array;
  readonly shearGap: Float64Array;
  /** Pa */
  readonly normalTraction: Float64Array;
  readonly shearTraction: Float64Array;
}

export function contactState(points: Pick<ContactPoints, "count">): ContactState {
  const column = (): Float64Array => new Float64Array(points.count);
  return {
    damage: column(),
    fatigueRate: column(),
    current: column(),
    normalGap: column(),
    shearGap: column(),
    normalTraction: column(),
    shearTraction: column(),
  };
}

/** Interface points as sums over particles see them. */
export type SurfacePoints = Pick<ContactPoints, "count" | "particle" | "weight">;

/** Weighted mean over each particle's surface. */
export function surfaceMean(points: SurfacePoints, particles: number, value: (point: number) => number): Float64Array {
  const sum = new Float64Array(particles);
  const area = new Float64Array(particles);
  for (let p = 0; p < points.count; p++) {
    sum[points.particle[p]] += points.weight[p] * value(p);
    area[points.particle[p]] += points.weight[p];
  }
  return sum.map((s, k) => s / area[k]);
}

/** Largest value over each particle's surface. */
export function surfaceMaximum(
  points: SurfacePoints,
  particles: number,
  value: (point: number) => number,
): Float64Array {
  const largest = new Float64Array(particles).fill(Number.NEGATIVE_INFINITY);
  for (let p = 0; p < points.count; p++) {
    largest[points.particle[p]] = Math.max(largest[points.particle[p]], value(p));
  }
  return largest;
}
