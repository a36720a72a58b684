import type { CohesiveLaw, TractionPoint } from "../../fem/law/law.js";
import type { NetworkPoints } from "./surface-points.js";

/** What is left of the films of carbon/binder between neighbours: one pulls at both its sides, and no more than either side holds. */
export interface Films {
  /** Take the damage of a step, [point], as `CohesiveLaw.traction` does with its `share`. */
  weigh(law: CohesiveLaw, damage: Float64Array, share: number): void;
  /** Share of a particle's pull by its neighbours' films that their own interfaces still hold. */
  heldAround(particle: number): number;
}

/** m, an opening that no interface is damaged by. */
const tiny = 1e-15;

/**
 * At a point whose film has the compliance C/T, an interface of stiffness K(1 − D) leaves (C/T + 1/K)/(C/T + 1/(K(1 − D))) of
 * the pull; a particle holds the mean of its points', each by what films pull there, and its neighbours feel that.
 * `compliance` [particle] C in m/Pa; `stiffness` K of a sound interface in Pa/m.
 */
export function filmsOf(points: NetworkPoints, compliance: Float64Array, stiffness: number): Films {
  const held = new Float64Array(compliance.length).fill(1);
  const each = 2 * points.each;
  const { start, particle, share: weight } = points.felt;
  const at: TractionPoint = { normal: 0, shear: 0, normalSecant: 0, shearSecant: 0, damage: 0, softening: 0 };
  return {
    weigh: (law, damage, share) => {
      for (let k = 0; k < held.length; k++) {
        let [left, all] = [0, 0];
        for (let p = k * each; p < (k + 1) * each; p++) {
          const pull = points.weight[p] * points.film[p];
          if (pull === 0) continue;
          law.traction(tiny, 0, damage[p], at, share);
          const film = compliance[k] / points.factor[p];
          all += pull;
          left += (pull * (film + 1 / stiffness) * at.normalSecant) / (film * at.normalSecant + 1);
        }
        held[k] = all === 0 ? 1 : left / all;
      }
    },
    heldAround: (k) => {
      if (start[k] === start[k + 1]) return 1;
      let sum = 0;
      for (let e = start[k]; e < start[k + 1]; e++) sum += weight[e] * held[particle[e]];
      return sum;
    },
  };
}
