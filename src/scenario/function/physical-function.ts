import type { StoichiometryFunction } from "../../fem/law/law.js";

/** What a function of stoichiometry stands for. */
export type PhysicalFunction = "openCircuitPotential" | "diffusivity" | "exchangeCurrent";

/** What is wrong with a function, as a reader tells it. */
export interface Unphysical {
  readonly found: string;
  readonly allowed: string;
}

/** Places at which a function is tried. */
const places = 401;

/** V, by which a potential may rise with s: fits of measured ones ripple by a few millivolts. */
const ripple = 0.01;

/** V against lithium: wider than any positive electrode's. */
const [lowest, highest] = [-2, 8];

/**
 * Whether a function can be what it stands for, over the stoichiometries for which it is given: finite everywhere, above zero
 * (diffusivity, exchange current), and not rising (potential). Every function that comes in is tried here, whichever way it was
 * written: constants, tables, formulas, sets and BPX files.
 * @returns null for a function that can
 */
export function unphysical(
  { value, validity }: Pick<StoichiometryFunction, "value" | "validity">,
  which: PhysicalFunction,
): Unphysical | null {
  const [low, high] = [Math.max(validity[0], 1e-3), Math.min(validity[1], 1 - 1e-3)];
  const at = (k: number) => low + ((high - low) * k) / (places - 1);
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < places; k++) {
    const [s, f] = [at(k), value(at(k))];
    const here = `${figure(f)} at x = ${figure(s)}`;
    if (!Number.isFinite(f)) return { found: here, allowed: "a finite value at every stoichiometry" };
    if (which === "openCircuitPotential") {
      if (f < lowest || f > highest) return { found: `${here}`, allowed: `a potential from ${lowest} to ${highest} V` };
      if (f > least + ripple)
        return {
          found: `a potential that rises to ${here}`,
          allowed: `a potential that falls with lithium (by ripples of ${1000 * ripple} mV at most it may rise)`,
        };
      least = Math.min(least, f);
    } else if (!(f > 0)) return { found: here, allowed: "values above zero at every stoichiometry" };
  }
  return null;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}
