import type { ContactPoints } from "../assembly/contact-points.js";

/** What the interface points carry from step to step. All `[point]`. */
export interface ContactState {
  /** D, 0 … 1 */
  readonly damage: Float64Array;
  /** t̂, level of the load by the latest tractions. */
  readonly level: Float64Array;
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
    level: column(),
    current: column(),
    normalGap: column(),
    shearGap: column(),
    normalTraction: column(),
    shearTraction: column(),
  };
}

/** What a step leads to: besides the state, D `[point]` after the opening alone, before fatigue. */
export interface ReachedContact extends ContactState {
  readonly opened: Float64Array;
}

export function reachedContact(points: Pick<ContactPoints, "count">): ReachedContact {
  return { ...contactState(points), opened: new Float64Array(points.count) };
}

/** Interface points as sums over particles see them. */
export type SurfacePoints = Pick<ContactPoints, "count" | "particle" | "weight">;

/** Weighted mean of a column `[point]` over each particle's surface `[particle]`. */
export function surfaceMean(
  { count, particle, weight }: SurfacePoints,
  surface: Float64Array,
  column: ArrayLike<number>,
): Float64Array {
  const mean = new Float64Array(surface.length);
  for (let p = 0; p < count; p++) mean[particle[p]] += weight[p] * column[p];
  for (let k = 0; k < mean.length; k++) mean[k] /= surface[k];
  return mean;
}

/** Largest value of a column `[point]` over each particle's surface. */
export function surfaceMaximum(
  { count, particle }: SurfacePoints,
  particles: number,
  column: Float64Array,
): Float64Array {
  const largest = new Float64Array(particles).fill(Number.NEGATIVE_INFINITY);
  for (let p = 0; p < count; p++) {
    const k = particle[p];
    largest[k] = Math.max(largest[k], column[p]);
  }
  return largest;
}

/** Write one state over another. */
export function copyContact<Contact extends ContactState>(from: Contact, to: Contact): Contact {
  for (const name of Object.keys(to) as (keyof ContactState)[]) to[name].set(from[name]);
  return to;
}
