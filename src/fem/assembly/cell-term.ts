import { type Csr, multiply } from "../linear/csr.js";
import { scatterMap } from "../linear/pattern.js";
import type { NonlinearTerm } from "../nonlinear/kept-system.js";
import { assemble, type PointForm, type Space } from "./assemble.js";

/** The unknowns of chosen cells, so that a form at a point finds those of its own. */
export interface CellPlaces {
  /** `[chosen cell][unknown]`, -1 where there is none. */
  readonly cells: Int32Array;
  /** `[cell]` where its unknowns begin, -1 in cells that are not chosen. */
  readonly first: Int32Array;
  /** Nodes of a cell. */
  readonly nodes: number;
}

/** A nonlinear law at a point, integrated over cells: the residual `[unknown]` and its tangent `[row][column]` at x. */
export type CellLaw = (places: CellPlaces) => Record<"residual" | "tangent", (x: Float64Array) => PointForm>;

/**
 * What a law adds to a system over the chosen cells; `pattern` is A's, with room for them.
 * @param cells `[chosen cell][unknown]`
 */
export function cellTerm(
  space: Space,
  { chosen, cells }: { readonly chosen: Int32Array; readonly cells: Int32Array },
  pattern: Csr,
  law: CellLaw,
): NonlinearTerm {
  const { mesh } = space;
  const width = cells.length / Math.max(1, chosen.length);
  const map = scatterMap(pattern, cells, width);
  const first = new Int32Array(mesh.region.length).fill(-1);
  chosen.forEach((cell, k) => {
    first[cell] = k * width;
  });
  const forms = law({ cells, first, nodes: mesh.nodesPerCell });
  const rows = cells.reduce((most, unknown) => Math.max(most, unknown + 1), 0);
  /** J₀ on the rows of these unknowns and those before. */
  const kept: Csr = { ...pattern, rows, value: new Float64Array(pattern.value.length) };
  const addResidual = (x: Float64Array, out: Float64Array): void =>
    assemble(space, chosen, forms.residual(x), cells, out);
  return {
    addResidual,
    addTangent: (x, value) => {
      kept.value.fill(0);
      assemble(space, chosen, forms.tangent(x), map, kept.value);
      for (let k = 0; k < value.length; k++) value[k] += kept.value[k];
    },
    addRemainder: (x, out) => {
      addResidual(x, out);
      multiply(kept, x, out, -1);
    },
  };
}
