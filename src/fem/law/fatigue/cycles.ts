/**
 *   dΛ = k_N dF where F grows, else 0;   F = [⟨t̂ − θ⟩ / (1 − θ)]^p,   t̂ = √(⟨t_n⟩² + β² t_s²) / t_ref
 *
 *   k_N    –     growth of Λ = −ln(1 − D) a loading from nothing to t̂ = 1
 *   p, θ   –     exponent, threshold below which nothing happens
 *   t_ref  Pa    reference traction
 *   β      –     weight of shear; compression does not count
 *
 * Damage grows only while the nominal traction does, so that it integrates in closed form between any two levels: neither rate
 * nor clock enters, holds and slow cycles do not damage, and two half loads damage less than a whole one. A cycle damages by a
 * power of its range above a threshold, as Basquin's law has it. Kin: growth under growing equivalent strain only, Peerlings,
 * Brekelmans, de Borst & Geers, Int. J. Numer. Methods Eng. 49 (2000) 1547; cyclic cohesive laws, Roe & Siegmund, Eng. Fract.
 * Mech. 70 (2003) 209. k_N, p, θ and t_ref are assumed: none is measured for this interface.
 */
import type { ValuesOf } from "../../../schema/kind.js";
import { means, number } from "../../../schema/leaf.js";
import { fatigue, loadDrive, loadingGrowth, loadKeys, loadLevel } from "./fatigue.js";

/** A power law of the growth of the traction. */
export const cycles = fatigue({
  kind: "cycles",
  keys: {
    perLoading: means("growth of −ln(1 − D) a loading to the reference traction", number(0, 1e6)),
    ...loadKeys,
  },
  law: ({ perLoading, exponent, threshold, referenceTraction, shearWeight }) => ({
    level: loadLevel(referenceTraction, shearWeight),
    growth: loadingGrowth(perLoading, loadDrive(exponent, threshold)),
    foreseen: (level, slope, dt) => level + slope * dt,
  }),
});

/** Its parameters in SI units. */
export type CyclesFatigue = ValuesOf<typeof cycles.keys>;
