/** A value of each particle along an axis. */
export interface Courses {
  readonly x: readonly number[];
  /** `[row][particle]` */
  readonly y: readonly (readonly number[])[];
  /** What Vega-Lite is told of the axes. */
  readonly axes: { readonly x: object; readonly y: object };
}
