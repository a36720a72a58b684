import { crossing } from "../../fem/time/root.js";
import type { ChargeTransfer } from "./charge-transfer.js";
import type { ElectrolyteProfile } from "./electrolyte-profile.js";
import type { Lithium } from "./lithium-response.js";
import type { NetworkUnknowns } from "./network-unknowns.js";
import type { NetworkPoints } from "./surface-points.js";

/** Currents and voltage to begin an instruction with, where nothing can be extrapolated. */
export interface FirstGuess {
  /** Take the current, A, that all particles share by their volume: the electrolyte's potential is guessed by it. */
  shareOut(current: number): void;
  /** Evaluate the reaction at lithium and potentials of x. */
  evaluate(x: Float64Array): void;
  /** Move the V of x to where `current`, A, passes with no drops in the graph: the reaction is then linearised where it works. */
  approach(x: Float64Array, current: number): void;
}

export interface GuessParts {
  readonly unknownsOf: NetworkUnknowns;
  readonly points: NetworkPoints;
  readonly lithium: Lithium;
  readonly reaction: ChargeTransfer;
  readonly electrolyte: ElectrolyteProfile | null;
  /** [particle] of the volume of all. */
  readonly shareOfVolume: Float64Array;
}

/** V, how far from its guess the collector's potential is looked for, and how close it needs to be found. */
const farthest = 2;
const approached = 1e-3;

export function firstGuess({ unknownsOf, points, lithium, reaction, electrolyte, ...parts }: GuessParts): FirstGuess {
  const { particles, local, meanSurface, differenceSurface, lithiumCount, potential, voltage } = unknownsOf;
  const { lever } = lithium.shape;
  const [patchStoichiometry, patchPotential] = [new Float64Array(2 * particles), new Float64Array(2 * particles)];
  /** V, [particle] */
  const ionic = new Float64Array(particles);
  const evaluate = (x: Float64Array): void => {
    for (let a = 0; a < 2 * particles; a++) {
      const k = a >> 1;
      patchStoichiometry[a] = x[meanSurface + k] + lever[a] * x[differenceSurface + k];
      patchPotential[a] = x[potential + a] + x[voltage] - ionic[k];
    }
    reaction.evaluate(patchStoichiometry, patchPotential, x.subarray(local, lithiumCount));
  };
  return {
    evaluate,
    shareOut: (current) => {
      if (electrolyte === null) return;
      const even = points.share.map((share, a) => current * share * parts.shareOfVolume[a >> 1]);
      electrolyte.potentials(even, ionic);
    },
    approach: (x, current) => {
      x.fill(0, potential, voltage);
      const excess = (v: number): number => {
        x[voltage] = v;
        evaluate(x);
        let sum = 0;
        for (let p = 0; p < points.count; p++) sum += points.weight[p] * reaction.current[p];
        return sum - current;
      };
      const from = x[voltage];
      const [a, b] = [from - farthest, from + farthest];
      const bracket = { a, fa: excess(a), b, fb: excess(b) };
      x[voltage] = from;
      if (bracket.fa < 0 && bracket.fb > 0) x[voltage] = crossing(excess, bracket, approached);
    },
  };
}
