import type { PlaneTensor } from "./stiffness.js";

/** A rectangle of pixels, rows downwards. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Edges of a pixel along y and x, in the same unit. */
  readonly pixel: readonly [number, number];
}

/** The elastic answer of a body to strains that its lattice would take if it were free. Prepared once for a body. */
export interface Mechanics {
  readonly grid: Grid;
  /** `[pixel]` 1 where the body's strain is known. */
  readonly body: Uint8Array;
  /**
   * Total strain in equilibrium under the eigenstrain `tensor` · `field`, in the axes of the picture.
   * @param field `[pixel]`; only pixels of the body count
   * @param strain `[xx, yy, xy][pixel]`, written; NaN outside the body
   */
  respond(tensor: PlaneTensor, field: Float64Array, strain: Float64Array): void;
}
