import { assemble, cellsWhere, cellUnknowns, type PointForm, type Space } from "../assembly/assemble.js";
import { FARADAY } from "../law/faraday.js";
import type { StoichiometryFunction } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import { scatterMap } from "../linear/pattern.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";

/**
 * Lithium flux where the diffusivity depends on s, or where stress drives it:
 *   j = −D(s) c_max [∇s − (Ω s/RT) ∇σ_h].
 * In an isotropic elastic body σ_h + κ s is harmonic, κ = 2 E Ω c_max / (9(1−ν)), so σ_h = σ̃ − κ s with a smooth σ̃:
 *   j = −D(s) c_max [(1 + θ s) ∇s − (Ω s/RT) ∇σ̃],   θ = Ω κ/RT.
 * The stiff part is thus a larger diffusivity, treated implicitly; only ∇σ̃, set by the boundary, is taken from the
 * mechanics of the step before. (Local part after Zhang, Shyy & Sastry, J. Electrochem. Soc. 154 (2007) A910.)
 */
export interface StressDrift {
  /** m³/mol */
  readonly partialMolarVolume: number;
  /** Pa, κ */
  readonly stressPerStoichiometry: number;
  /** J/mol, R_g T */
  readonly thermalEnergy: number;
}

export interface NonlinearDiffusion {
  addResidual(x: Float64Array, out: Float64Array): void;
  addTangent(x: Float64Array, value: Float64Array): void;
  /** Pa, κ; 0 without drift. */
  readonly stressPerStoichiometry: number;
  /** Take the smooth part of the stress, σ̃ = σ_h + κ s, `[node]` Pa. */
  setSmoothStress(stress: Float64Array): void;
}

interface NonlinearSpec {
  readonly maximumConcentration: number;
  readonly diffusivity: StoichiometryFunction;
  readonly stressDrift: StressDrift | null;
}

export function nonlinearDiffusion(
  space: Space,
  spec: NonlinearSpec,
  unknowns: ElectrochemicalUnknowns,
  pattern: Csr,
): NonlinearDiffusion {
  const { mesh } = space;
  const n = mesh.nodesPerCell;
  const chosen = cellsWhere(mesh, (region) => region < mesh.particles);
  const cells = cellUnknowns(mesh, chosen, unknowns.lithium);
  const map = scatterMap(pattern, cells, n);
  const drift = spec.stressDrift;
  const theta = drift ? (drift.partialMolarVolume * drift.stressPerStoichiometry) / drift.thermalEnergy : 0;
  const pull = drift ? drift.partialMolarVolume / drift.thermalEnergy : 0;
  const smooth = new Float64Array(unknowns.lithiumCount);
  const scale = FARADAY * spec.maximumConcentration;
  const unknownAt = new Int32Array(mesh.region.length).fill(-1);
  chosen.forEach((cell, k) => {
    unknownAt[cell] = k * n;
  });
  let state: Float64Array = new Float64Array(unknowns.count);

  /** s, ∇s, ∇σ̃ at a point, and with them the flux's coefficients. */
  const point = { s: 0, sx: 0, sy: 0, px: 0, py: 0 };
  const visit = (values: Parameters<PointForm>[0], q: number, first: number): void => {
    point.s = point.sx = point.sy = point.px = point.py = 0;
    for (let a = 0; a < n; a++) {
      const u = cells[first + a];
      const g = (q * n + a) * 2;
      point.s += values.value[q * n + a] * state[u];
      point.sx += values.gradient[g] * state[u];
      point.sy += values.gradient[g + 1] * state[u];
      point.px += values.gradient[g] * smooth[u];
      point.py += values.gradient[g + 1] * smooth[u];
    }
  };

  const residualForm: PointForm = (values, q, cell, local) => {
    visit(values, q, unknownAt[cell]);
    const d = values.weight[q] * scale * spec.diffusivity.value(point.s);
    const along = d * (1 + theta * point.s);
    const against = d * pull * point.s;
    for (let a = 0; a < n; a++) {
      const g = (q * n + a) * 2;
      local[a] +=
        values.gradient[g] * (along * point.sx - against * point.px) +
        values.gradient[g + 1] * (along * point.sy - against * point.py);
    }
  };

  const tangentForm: PointForm = (values, q, cell, local) => {
    visit(values, q, unknownAt[cell]);
    const w = values.weight[q] * scale;
    const d = spec.diffusivity.value(point.s);
    const slope = spec.diffusivity.derivative(point.s);
    const along = w * d * (1 + theta * point.s);
    const alongSlope = w * (slope * (1 + theta * point.s) + d * theta);
    const againstSlope = w * pull * (slope * point.s + d);
    const fx = alongSlope * point.sx - againstSlope * point.px;
    const fy = alongSlope * point.sy - againstSlope * point.py;
    for (let a = 0; a < n; a++) {
      const gx = values.gradient[(q * n + a) * 2];
      const gy = values.gradient[(q * n + a) * 2 + 1];
      for (let b = 0; b < n; b++) {
        const h = (q * n + b) * 2;
        local[a * n + b] +=
          along * (gx * values.gradient[h] + gy * values.gradient[h + 1]) +
          values.value[q * n + b] * (gx * fx + gy * fy);
      }
    }
  };

  return {
    addResidual: (x, out) => {
      state = x;
      assemble(space, chosen, residualForm, cells, out);
    },
    addTangent: (x, value) => {
      state = x;
      assemble(space, chosen, tangentForm, map, value);
    },
    stressPerStoichiometry: drift?.stressPerStoichiometry ?? 0,
    setSmoothStress: (stress) => {
      unknowns.lithium.forEach((u, node) => {
        if (u >= 0) smooth[u] = stress[node];
      });
    },
  };
}
