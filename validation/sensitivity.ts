import { headlineText } from "./criteria.js";
import { type Changes, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase, Verdict } from "./validation-case.js";

/** C*: strength at the traction of the first charge, as physics calibrates it, with the film of the plane scenario. */
export function cascade(strength: number): Changes {
  return {
    interface: {
      cohesive: {
        normalStrength: `${strength} MPa`,
        shearStrength: `${strength} MPa`,
        normalToughness: "1.5 J/m^2",
        shearToughness: "1.5 J/m^2",
        mixedMode: { kind: "benzeggagh-kenane", exponent: 2 },
      },
    },
  };
}

/** MPa, the largest normal traction at the end of a damage-free first charge of three spheres: see `calibration`. */
export const calibratedStrength = 30.7;

const film = (resistance: number): Changes => ({ feedback: { kind: "film", resistance: `${resistance} ohm m^2` } });
const low = (conductivity: number): Changes => ({ binder: { low: { conductivity: `${conductivity} S/m` } } });
const fatigue = (changed: Changes): Changes => ({ interface: { fatigue: changed } });

/** 80 facets a circle: many runs, whose differences are far larger than what the mesh does to them. */
const coarse: Changes = { solver: { mesh: { interfaceSize: "0.393 um", growth: 0.2, largestSize: "1.2 um" } } };

const variants: readonly (readonly [label: string, changes: Changes])[] = [
  ["as shipped", {}],
  ["film resistance halved", film(0.025)],
  ["film resistance doubled", film(0.1)],
  ["damage a loading halved", fatigue({ perLoading: 0.5 })],
  ["damage a loading doubled", fatigue({ perLoading: 2 })],
  ["exponent 2", fatigue({ exponent: 2 })],
  ["exponent 4", fatigue({ exponent: 4 })],
  ["threshold 0.3", fatigue({ threshold: 0.3 })],
  ["low conductivity halved", low(0.75e-4)],
  ["low conductivity doubled", low(3e-4)],
  ["linear strain", { activeMaterial: { eigenstrain: { kind: "linear" } } }],
  ["damage by creep", fatigue({ kind: "creep", rate: "5e-4 1/s" })],
  ...[0.8, 1, 1.2].map(
    (share) => [`with static law, strength ${share} of calibrated`, cascade(calibratedStrength * share)] as const,
  ),
];

/** How the answer depends on the assumed parameters: a table to be shown whatever it says. */
export const sensitivity: ValidationCase = {
  name: "sensitivity",
  title: "three spheres with assumed parameters changed: film, fatigue, low conductivity, strain, strength",
  slow: true,
  run: async ({ report }) =>
    variants.map(([label, changes]): Verdict => {
      report(`  ${label}`);
      const { measured, stopped } = simulatedRun(variant("three-spheres", { ...coarse, ...changes }));
      const value = `${headlineText(measured)}${stopped === null ? "" : `; stopped in cycle ${measured.cycles.length + 1}: ${stopped}`}`;
      report(`    ${value}`);
      return { name: label, value, band: "shown", holds: true };
    }),
};
