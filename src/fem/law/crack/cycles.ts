/**
 *   dΛ_A = k_A dF where F grows, else 0;   F = [⟨σ̂ − θ⟩ / (1 − θ)]^p,   A = A_max (1 − e^{−Λ_A})
 *   σ̂ = [E ε_an(s̄) + w ⟨σ_θ⟩] / σ_k,   σ_θ = E (ε*(s̄) − ε*(s_surf)) / (1 − ν)
 *   ε_an = ε_c ⟨s_knee − s̄⟩ / (s_knee − s_end)
 *   P(σ_k < σ) = 1 − exp(−(V/V₀) (σ/σ₀)^m)
 *
 *   A      –    crack volume over that of the filled particle, below A_max
 *   k_A    –    growth of Λ_A a loading from nothing to σ̂ = 1
 *   p, θ   –    exponent, threshold below which nothing happens
 *   s̄, s_surf   means of s over the particle and over its surface
 *   σ_θ    Pa   hoop tension at the surface of a disk or sphere that is emptier outside than inside, as while charging; with a
 *               linear strain it is Ω E c_max (s̄ − s_surf) / (3 (1 − ν))
 *   w      –    weight of σ_θ
 *   ε_an   –    misfit between grains by the anisotropic collapse below s_knee
 *   σ_k    Pa   strength of the particle: Weibull's with scale σ₀, modulus m and V/V₀ = (R/R₀)^d, d = 2 for disks, 3 for spheres
 *
 * Growth only under growing load, in closed form between any two levels, as of the interface (`fatigue/cycles.ts`). Hoop tension:
 * Cheng & Verbrugge, J. Power Sources 190 (2009) 453. Below about 40 % lithium NMC811 collapses: Kondrakov et al., J. Phys. Chem. C
 * 121 (2017) 3286. Strengths: Weibull, J. Appl. Mech. 18 (1951) 293. All parameters are assumed: none is measured for this law.
 */
import { exp, expm1, log, pow } from "../../../elementary/elementary.js";
import type { ValuesOf } from "../../../schema/kind.js";
import { means, number, positive, section, share } from "../../../schema/leaf.js";
import { loadDrive, loadingGrowth } from "../fatigue/fatigue.js";
import { type CrackingSolid, type CrackLaw, crack } from "./crack.js";
import { crackEffectLaw, crackEffects } from "./effects.js";

const strength = {
  scale: means(
    "strength of which a share 1/e of particles of the reference radius is left",
    positive("pressure").prefault("500 MPa"),
  ),
  modulus: means(
    "Weibull's modulus: the larger, the more alike the strengths",
    number(0, 1000, { low: true }).default(6),
  ),
  referenceRadius: means("radius of the particles whose strengths these are", positive("length").prefault("5 um")),
};

const collapse = {
  strain: means("misfit between grains once the material has collapsed", number(0, 0.5).default(0.003)),
  knee: means("stoichiometry at which it begins to collapse", share.default(0.4)),
  end: means("stoichiometry at which it has collapsed", share.default(0.2)),
};

const keys = {
  perLoading: means("growth of −ln(1 − A/A_max) a loading to the strength", number(0, 1e6).default(0.1)),
  exponent: means("exponent of the law", number(0, 20, { low: true }).default(3)),
  threshold: means("share of the strength below which nothing grows", number(0, 1, { high: true }).default(0.3)),
  largestShare: means("crack share that is never passed", number(0, 1, { low: true, high: true }).default(0.2)),
  strength: means("how strong particles are, and how unlike", section(strength).prefault({})),
  hoopWeight: means("weight of the hoop tension beside the collapse", number(0, 100).default(1)),
  collapse: means("misfit between grains in the emptied material", section(collapse).prefault({})),
  effect: means("what cracks do to their particle", crackEffects.schema.default("none")),
};

type Said = ValuesOf<typeof keys>;

/** Half of the least number that is drawn above 0: none is infinitely strong. */
const LEAST_DRAW = 5.551115123125783e-17;

/** A power law of the growth of the load, above a threshold. */
export const cycles = crack({
  kind: "cycles",
  keys,
  settle: (said: Said) => ({ ...said, effect: crackEffects.settled(said.effect) }),
  faults: ({ collapse: { knee, end } }) =>
    knee > end ? [] : [{ found: `knee ${knee}, end ${end}`, allowed: "knee > end" }],
  law: (choice, solid): CrackLaw => {
    const { perLoading, largestShare, strength } = choice;
    const stress = drivingStress(choice, solid);
    return {
      level: (mean, surface, own) => stress(mean, surface) / own,
      growth: loadingGrowth(perLoading, loadDrive(choice.exponent, choice.threshold)),
      share: (grown) => -largestShare * expm1(-grown),
      strength: (radius, dimension, drawn) => {
        const { scale, modulus: m, referenceRadius } = strength;
        const size = exp((-dimension * log(radius / referenceRadius)) / m);
        return scale * size * pow(-log(Math.max(drawn, LEAST_DRAW)), 1 / m);
      },
      effect: crackEffectLaw(choice.effect),
    };
  },
});

/** Pa, E ε_an + w ⟨σ_θ⟩ */
function drivingStress(
  { hoopWeight, collapse: { strain, knee, end } }: Pick<Said, "hoopWeight" | "collapse">,
  { youngModulus: E, poissonRatio: nu, eigenstrain }: CrackingSolid,
): (mean: number, surface: number) => number {
  return (mean, surface) => {
    const misfit = (strain * Math.max(0, knee - mean)) / (knee - end);
    const hoop = (E * (eigenstrain.value(mean) - eigenstrain.value(surface))) / (1 - nu);
    return E * misfit + hoopWeight * Math.max(0, hoop);
  };
}
