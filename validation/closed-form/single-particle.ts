/**
 * A single particle under a constant current density: the limit of the coupled model with full coverage, no ohmic drop
 * and no damage.
 *
 *   s_surf = s0 − (i/F) R Θ(1, τ) / (D c_max),   V = U(s_surf) + 2 V_T asinh(i / (2 i0(s_surf)))
 *
 *   i  A/m²  positive on charge (lithium leaves);  Θ, τ as in `crank.ts`
 *
 * Source: Atlung, West & Jacobsen, J. Electrochem. Soc. 126 (1979) 1311–1321, with Crank's series.
 */
import { FARADAY, thermalVoltage } from "../../src/fem/law/faraday.js";
import type { StoichiometryFunction } from "../../src/fem/law/law.js";
import type { ConstantFluxResponse } from "./crank.js";

export interface SingleParticle {
  /** m */
  readonly radius: number;
  /** m²/s, constant */
  readonly diffusivity: number;
  /** mol/m³ */
  readonly maximumConcentration: number;
  readonly initialStoichiometry: number;
  /** A/m² */
  readonly current: number;
  /** K */
  readonly temperature: number;
  /** V */
  readonly openCircuitPotential: StoichiometryFunction;
  /** A/m² */
  readonly exchangeCurrent: StoichiometryFunction;
}

export interface SingleParticleState {
  readonly surface: number;
  readonly average: number;
  /** V, U(s_surf) */
  readonly potential: number;
  /** V */
  readonly voltage: number;
}

/** State at a time in s; `body` is `sphereUnderFlux()` or `cylinderUnderFlux()`. */
export function singleParticleAt(
  particle: SingleParticle,
  time: number,
  body: ConstantFluxResponse,
): SingleParticleState {
  const { radius, diffusivity, maximumConcentration, initialStoichiometry, current } = particle;
  const tau = (diffusivity * time) / radius ** 2;
  const scale = (-current / FARADAY) * (radius / (diffusivity * maximumConcentration));
  const surface = initialStoichiometry + scale * body.value(1, tau);
  const potential = particle.openCircuitPotential.value(surface);
  const overpotential =
    2 * thermalVoltage(particle.temperature) * Math.asinh(current / (2 * particle.exchangeCurrent.value(surface)));
  return {
    surface,
    average: initialStoichiometry + scale * body.mean(tau),
    potential,
    voltage: potential + overpotential,
  };
}

/** Volume over surface in units of the radius: sphere 1/3, cylinder 1/2. */
export const volumePerSurface = { sphere: 1 / 3, cylinder: 1 / 2 } as const;

/**
 * Current density that moves the mean stoichiometry by `change` in `duration`, A/m².
 *
 * @param radius m
 * @param maximumConcentration mol/m³
 * @param duration s
 */
export function currentDensity(
  shape: keyof typeof volumePerSurface,
  radius: number,
  maximumConcentration: number,
  change: number,
  duration: number,
): number {
  return (FARADAY * maximumConcentration * change * radius * volumePerSurface[shape]) / duration;
}

/** s_avg − s_surf once the profile has settled: i R Θ_gap / (F D c_max). */
export function settledGap(
  particle: Omit<SingleParticle, "openCircuitPotential" | "exchangeCurrent">,
  body: ConstantFluxResponse,
): number {
  const { current, radius, diffusivity, maximumConcentration } = particle;
  return (current * radius * body.finalGap) / (FARADAY * diffusivity * maximumConcentration);
}
