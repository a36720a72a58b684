import { cube } from "../elementary/elementary.js";

/** Where particles may lie. Depth is the last axis: y in 2-D, z in 3-D; depth 0 is the collector, the far side the separator. */
export interface Domain {
  readonly dimension: 2 | 3;
  /** m, from 0; in 2-D the third is 0. */
  readonly box: readonly [number, number, number];
  /** Whether the sides repeat; collector and separator are always walls. */
  readonly periodic: boolean;
}

/** Spheres (3-D) or disks (2-D) in a box. */
export interface Packing extends Domain {
  /** m, [particle][3]; in 2-D the third is 0. */
  readonly centre: Float64Array;
  /** m, [particle] */
  readonly radius: Float64Array;
}

export function depthAxis(domain: Domain): 1 | 2 {
  return domain.dimension === 3 ? 2 : 1;
}

/** Period of an axis in m, 0 where it has walls. */
export function periods(domain: Domain): readonly [number, number, number] {
  const { box, periodic, dimension } = domain;
  return [periodic ? box[0] : 0, periodic && dimension === 3 ? box[1] : 0, 0];
}

/** Volume of a ball in m³, area of a disk in m². */
export function ballMeasure(dimension: 2 | 3, radius: number): number {
  return dimension === 3 ? (4 / 3) * Math.PI * cube(radius) : Math.PI * (radius * radius);
}

/** m³, or m² in 2-D. */
export function boxMeasure(domain: Domain): number {
  const { box, dimension } = domain;
  return box[0] * box[1] * (dimension === 3 ? box[2] : 1);
}

/** m³, or m² in 2-D: of all particles. */
export function solidMeasure(dimension: 2 | 3, radius: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < radius.length; i++) sum += ballMeasure(dimension, radius[i]);
  return sum;
}

/** Share of the box that the particles fill. */
export function solidFraction(packing: Packing): number {
  return solidMeasure(packing.dimension, packing.radius) / boxMeasure(packing);
}

/** Depth of every centre over the depth of the box, 0 at the collector. */
export function relativeDepths(packing: Packing): Float64Array {
  const axis = depthAxis(packing);
  return packing.radius.map((_, i) => packing.centre[3 * i + axis] / packing.box[axis]);
}

/** The way from a to b along an axis, the shortest of all its images. */
export function nearestImage(difference: number, period: number): number {
  return period === 0 ? difference : difference - period * Math.round(difference / period);
}
