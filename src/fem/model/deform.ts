import { type NewtonSettings, retrying } from "../nonlinear/kept-newton.js";
import { degrees, extrapolate } from "../time/bdf.js";
import type { Deform } from "./attempt.js";
import { onNodes } from "./fields.js";
import type { Mechanics } from "./mechanics.js";

/** Unbalanced forces over the interface's: half of what the momentum balance allows. */
export const mechanicalNewton: NewtonSettings = {
  tolerance: 5e-11,
  laws: 1e-8,
  maxIterations: 60,
  slow: 0.6,
  depth: 5,
};

/** Deform the meshed body under its lithium, `lithium` `[node]` the unknown of s. */
export function deforming(mechanics: Mechanics, lithium: Int32Array): Deform {
  const solve = retrying(mechanics, mechanicalNewton);
  const displacement = new Float64Array(mechanics.unknowns);
  return ({ start, h, x, share }, contact) => {
    mechanics.prepare(onNodes(lithium, x), start.contact, undefined, { h, share });
    const degree = degrees(start.displacement).differential;
    extrapolate(start.displacement, h, degree, displacement, [0, displacement.length]);
    const outcome = solve(displacement);
    if (outcome.ok) mechanics.report(contact);
    return { ...outcome, displacement };
  };
}
