import type { PointForm } from "../../fem/assembly/assemble.js";
import type { CellValues } from "../../fem/assembly/cell-values.js";
import type { PlaneStiffness, PlaneTensor } from "./stiffness.js";

/** ∫ ε(v) : C ε(u) for any plane stiffness, ordered `[node][component]` on both sides. */
export function planeElasticity(stiffness: (cell: number) => PlaneStiffness): PointForm {
  return (values, q, cell, local) => {
    const n = values.nodes;
    const w = values.weight[q];
    const [c11, c12, c16, c22, c26, c66] = stiffness(cell);
    for (let a = 0; a < n; a++) {
      const ax = w * values.gradient[(q * n + a) * 2];
      const ay = w * values.gradient[(q * n + a) * 2 + 1];
      for (let b = 0; b < n; b++) {
        const bx = values.gradient[(q * n + b) * 2];
        const by = values.gradient[(q * n + b) * 2 + 1];
        const e = 4 * a * n + 2 * b;
        local[e] += ax * (c11 * bx + c16 * by) + ay * (c16 * bx + c66 * by);
        local[e + 1] += ax * (c12 * by + c16 * bx) + ay * (c26 * by + c66 * bx);
        local[e + 2 * n] += ay * (c12 * bx + c26 * by) + ax * (c16 * bx + c66 * by);
        local[e + 2 * n + 1] += ay * (c22 * by + c26 * bx) + ax * (c26 * by + c66 * bx);
      }
    }
  };
}

/** Adds ∫ ε(v) : C e · amount over the cell; `amount` `[point]`, `local` `[node][component]`. */
export function stressWork(
  values: CellValues,
  [c11, c12, c16, c22, c26, c66]: PlaneStiffness,
  [exx, eyy, exy]: PlaneTensor,
  amount: Float64Array,
  local: Float64Array,
): void {
  const sxx = c11 * exx + c12 * eyy + 2 * c16 * exy;
  const syy = c12 * exx + c22 * eyy + 2 * c26 * exy;
  const sxy = c16 * exx + c26 * eyy + 2 * c66 * exy;
  const n = values.nodes;
  for (let q = 0; q < values.points; q++) {
    const w = values.weight[q] * amount[q];
    for (let a = 0; a < n; a++) {
      const x = w * values.gradient[(q * n + a) * 2];
      const y = w * values.gradient[(q * n + a) * 2 + 1];
      local[2 * a] += x * sxx + y * sxy;
      local[2 * a + 1] += x * sxy + y * syy;
    }
  }
}

/** ∫ ε(u) over the cell and its area: xx, yy, xy, area; `local` `[node][component]` displacements. */
export function strainAt(values: CellValues, local: Float64Array, sum: Float64Array): void {
  sum.fill(0);
  const n = values.nodes;
  for (let q = 0; q < values.points; q++) {
    const w = values.weight[q];
    for (let a = 0; a < n; a++) {
      const [x, y] = [w * values.gradient[(q * n + a) * 2], w * values.gradient[(q * n + a) * 2 + 1]];
      sum[0] += x * local[2 * a];
      sum[1] += y * local[2 * a + 1];
      sum[2] += (y * local[2 * a] + x * local[2 * a + 1]) / 2;
    }
    sum[3] += w;
  }
}
