import { cellsWhere, cellUnknowns, type PointForm, type Space } from "../assembly/assemble.js";
import { type CellPlaces, cellTerm } from "../assembly/cell-term.js";
import type { StoichiometryFunction } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import type { NonlinearTerm } from "../nonlinear/kept-system.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";

/** The unknowns of particle cells, `[cell of a particle][s of its nodes, then φ_p of them]`. */
export function conductionCells(space: Space, { lithium, inside }: ElectrochemicalUnknowns): Int32Array {
  const { mesh } = space;
  const n = mesh.nodesPerCell;
  const chosen = cellsWhere(mesh, (region) => region < mesh.particles);
  const [s, phi] = [lithium, inside].map((unknown) => cellUnknowns(mesh, chosen, unknown));
  return Int32Array.from({ length: 2 * s.length }, (_, k) => {
    const [cell, a] = [Math.floor(k / (2 * n)), k % (2 * n)];
    return a < n ? s[cell * n + a] : phi[cell * n + a - n];
  });
}

/** (σ_p(s) ∇φ_p, ∇ψ) in A, where the conductivity of the particles depends on their lithium. */
export function particleConduction(
  space: Space,
  conductivity: StoichiometryFunction,
  unknowns: ElectrochemicalUnknowns,
  pattern: Csr,
): NonlinearTerm {
  const chosen = cellsWhere(space.mesh, (region) => region < space.mesh.particles);
  const cells = conductionCells(space, unknowns);
  return cellTerm(space, { chosen, cells }, pattern, (places) => conductionForms(conductivity, places));
}

/** The flux σ_p(s) ∇φ_p and its derivatives at a point, tested with ∇ψ. */
function conductionForms(
  conductivity: StoichiometryFunction,
  { cells, first, nodes: n }: CellPlaces,
): Record<"residual" | "tangent", (x: Float64Array) => PointForm> {
  const at = { s: 0, px: 0, py: 0 };
  const visit = (values: Parameters<PointForm>[0], q: number, cell: number, x: Float64Array): void => {
    at.s = at.px = at.py = 0;
    for (let a = 0; a < n; a++) {
      const above = cells[first[cell] + n + a];
      const phi = above < 0 ? 0 : x[above];
      at.s += values.value[q * n + a] * x[cells[first[cell] + a]];
      at.px += values.gradient[(q * n + a) * 2] * phi;
      at.py += values.gradient[(q * n + a) * 2 + 1] * phi;
    }
  };
  return {
    residual: (x) => (values, q, cell, local) => {
      visit(values, q, cell, x);
      const sigma = values.weight[q] * conductivity.value(at.s);
      for (let a = 0; a < n; a++) {
        const g = (q * n + a) * 2;
        local[n + a] += sigma * (values.gradient[g] * at.px + values.gradient[g + 1] * at.py);
      }
    },
    tangent: (x) => (values, q, cell, local) => {
      visit(values, q, cell, x);
      const sigma = values.weight[q] * conductivity.value(at.s);
      const slope = values.weight[q] * conductivity.derivative(at.s);
      for (let a = 0; a < n; a++) {
        const [gx, gy] = [values.gradient[(q * n + a) * 2], values.gradient[(q * n + a) * 2 + 1]];
        const row = (n + a) * 2 * n;
        for (let b = 0; b < n; b++) {
          const h = (q * n + b) * 2;
          local[row + b] += slope * values.value[q * n + b] * (gx * at.px + gy * at.py);
          local[row + n + b] += sigma * (gx * values.gradient[h] + gy * values.gradient[h + 1]);
        }
      }
    },
  };
}
