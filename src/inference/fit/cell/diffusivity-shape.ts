import { activeMaterials } from "../../../fem/material/library.js";

/** How diffusivities depend on stoichiometry: 1 at s = ½. */
export interface DiffusivityShapes {
  readonly negative: (s: number) => number;
  readonly positive: (s: number) => number;
}

/** [amplitude, centre, squared width] of the logarithm (base ten) of graphite's diffusivity. */
const graphite = [
  [-1.553, 0.2031, 0.0006091],
  [-6.136, 0.5375, 0.06438],
  [-9.725, 0.9144, 0.0578],
  [1.85, 0.5953, 0.001356],
] as const;

function graphiteLogarithm(s: number): number {
  return graphite.reduce((sum, [a, b, c]) => sum + a * Math.exp(-((s - b) ** 2) / c), 11.17 * s);
}

const positive2022 = activeMaterials.ORegan2022.diffusivity;

/**
 * By name in fit files. `ORegan2022` were measured on the electrodes of the LG M50: K. O'Regan, F. Brosa Planella,
 * W. D. Widanage, E. Kendrick, Electrochim. Acta 425 (2022) 140700, as in PyBaMM's set of that name.
 */
export const diffusivityShapes: Readonly<Record<"constant" | "ORegan2022", DiffusivityShapes>> = {
  constant: { negative: () => 1, positive: () => 1 },
  ORegan2022: {
    negative: tabulated((s) => Math.LN10 * graphiteLogarithm(s)),
    positive: tabulated((s) => Math.log(positive2022.value(s))),
  },
};

/** e^logarithm, 1 at s = ½, linear between a thousand points: it is asked for millions of times. */
function tabulated(logarithm: (s: number) => number): (s: number) => number {
  const points = 1000;
  const middle = logarithm(0.5);
  const value = Float64Array.from({ length: points + 1 }, (_, k) => Math.exp(logarithm(k / points) - middle));
  return (s) => {
    const at = Math.min(0.999999, Math.max(0, s)) * points;
    const k = Math.floor(at);
    return value[k] + (at - k) * (value[k + 1] - value[k]);
  };
}
