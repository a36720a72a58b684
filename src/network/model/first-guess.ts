import type { Control } from "../../fem/model/electrochemistry.js";
import { crossing } from "../../fem/time/root.js";
import type { ChargeTransfer } from "./charge-transfer.js";
import type { ElectrolyteProfile } from "./electrolyte-profile.js";
import type { Lithium } from "./lithium-response.js";
import type { NetworkUnknowns } from "./network-unknowns.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * Currents and voltage to begin an instruction with, where nothing can be extrapolated. Under an imposed current the V of x is
 * moved to where that passes with no drops in the graph, so that the reaction is linearised where it works; then the reaction
 * is evaluated at lithium and potentials of x. The electrolyte's potential is that of the current shared out by volume.
 */
export type FirstGuess = (x: Float64Array, control: Control) => void;

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
  /** A, what reacts at V beyond `current`. */
  const excess = (x: Float64Array, current: number, v: number): number => {
    x[voltage] = v;
    evaluate(x);
    let sum = 0;
    for (let p = 0; p < points.count; p++) sum += points.weight[p] * reaction.current[p];
    return sum - current;
  };
  return (x, control) => {
    const current = "current" in control ? control.current : 0;
    electrolyte?.potentials(
      points.share.map((share, a) => current * share * parts.shareOfVolume[a >> 1]),
      ionic,
    );
    if ("current" in control) {
      x.fill(0, potential, voltage);
      x[voltage] = balancing((v) => excess(x, current, v), x[voltage]);
    }
    evaluate(x);
  };
}

/** V, near `from`, where `excess` changes its sign; `from` where it does not. */
function balancing(excess: (v: number) => number, from: number): number {
  const [a, b] = [from - farthest, from + farthest];
  const bracket = { a, fa: excess(a), b, fb: excess(b) };
  return bracket.fa < 0 && bracket.fb > 0 ? crossing(excess, bracket, approached) : from;
}
