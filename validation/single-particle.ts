import { axisymmetric } from "../src/fem/coordinates/coordinates.js";
import { constant, symmetricExchange } from "../src/fem/law/stoichiometry-function.js";
import { chen2020 } from "../src/fem/material/chen2020.js";
import { meshCircles } from "../src/fem/mesh/triangulation.js";
import { bareCathode, currentThrough, march } from "./bare-cathode.js";
import { sphereUnderFlux } from "./closed-form/crank.js";
import { type SingleParticle, singleParticleAt } from "./closed-form/single-particle.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** A particle and the times, s, at which its state is printed. */
export interface Reference {
  readonly name: string;
  readonly particle: SingleParticle;
  readonly times: readonly number[];
}

const first: SingleParticle = {
  radius: 5.22e-6,
  diffusivity: 4e-15,
  maximumConcentration: 63104,
  initialStoichiometry: 0.9,
  current: 1,
  temperature: 298.15,
  openCircuitPotential: chen2020.openCircuitPotential,
  exchangeCurrent: chen2020.exchangeCurrent,
};

/** Chen's NMC811, and a faster particle at five times the current. */
export const references: readonly Reference[] = [
  { name: "reference 1", particle: first, times: [60, 300, 600, 1200, 1800] },
  {
    name: "reference 2",
    particle: {
      ...first,
      radius: 5e-6,
      diffusivity: 1e-14,
      maximumConcentration: 49000,
      current: 5,
      exchangeCurrent: symmetricExchange(2),
    },
    times: [10, 60, 120, 240, 360, 480],
  },
];

export interface SphereSettings {
  readonly order: 1 | 2;
  /** m */
  readonly interfaceSize: number;
  readonly growth: number;
  /** s and 1: largest step and local error. */
  readonly step: number;
  readonly tolerance: number;
}

/** Largest differences to the closed form over the times. */
export interface SphereErrors {
  /** V */
  readonly voltage: number;
  readonly surface: number;
  readonly mean: number;
}

/** One fully covered sphere under a constant current, by the whole model. */
export function sphereErrors({ particle, times }: Reference, settings: SphereSettings): SphereErrors {
  const { radius, current } = particle;
  const sphere = { x: 0, y: 2 * radius, radius, high: [{ from: -Math.PI, to: Math.PI }] };
  const box = { kind: "axisymmetric" as const, width: 2 * radius, height: 4 * radius, particles: [sphere] };
  const total = current * 4 * Math.PI * radius ** 2;
  const spec = bareCathode(meshCircles(box, { ...settings, largestSize: 1.2e-6 }), {
    ...particle,
    coordinates: axisymmetric,
    collector: "right",
    diffusivity: constant(particle.diffusivity),
    protocol: currentThrough(times, total),
    currentScale: total,
    time: { tolerance: settings.tolerance, sizes: { smallest: 1e-7, largest: settings.step } },
  });
  const body = sphereUnderFlux();
  const worst = { voltage: 0, surface: 0, mean: 0 };
  march(spec).forEach(({ voltage, particles }, k) => {
    const exact = singleParticleAt(particle, times[k], body);
    worst.voltage = Math.max(worst.voltage, Math.abs(voltage - exact.voltage));
    worst.surface = Math.max(worst.surface, Math.abs(particles.surfaceStoichiometry[0] - exact.surface));
    worst.mean = Math.max(worst.mean, Math.abs(particles.meanStoichiometry[0] - exact.average));
  });
  return worst;
}

/** A fully covered sphere through the whole model against the single-particle closed form. */
export const singleParticle: ValidationCase = {
  name: "single-particle",
  title: "voltage and lithium of one fully covered sphere, against the single-particle closed form",
  slow: true,
  run: async ({ report }) => {
    const usual = { order: 1, interfaceSize: 0.25e-6, growth: 0.25, step: 5, tolerance: 1e-3 } as const;
    const refined = { order: 2, interfaceSize: 0.125e-6, growth: 0.125, step: 0.5, tolerance: 1e-6 } as const;
    return references.flatMap((reference): Verdict[] => {
      report(`single-particle: ${reference.name}`);
      const coarse = sphereErrors(reference, usual);
      const fine = sphereErrors(reference, refined);
      return [
        atMost(`${reference.name}: voltage, default [V]`, coarse.voltage, 1e-3),
        atMost(`${reference.name}: surface s, default`, coarse.surface, 1e-3),
        atMost(`${reference.name}: mean s, default`, coarse.mean, 1e-3),
        atMost(`${reference.name}: voltage, refined [V]`, fine.voltage, 5e-5),
        atMost(`${reference.name}: surface s, refined`, fine.surface, 1e-5),
        atMost(`${reference.name}: mean s, refined`, fine.mean, 1e-7),
      ];
    });
  },
};
