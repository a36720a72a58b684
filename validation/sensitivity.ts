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

/** MPa, the largest normal traction at the end of a damage-free first charge: see `calibration`. */
export const calibratedStrength = { "three-particles": 27.5, "plane-strain": 43 } as const;

type Disks = keyof typeof calibratedStrength;

const film = (resistance: number): Changes => ({ feedback: { kind: "film", resistance: `${resistance} ohm m^2` } });
const low = (conductivity: number): Changes => ({ binder: { low: { conductivity: `${conductivity} S/m` } } });

/** 80 facets a circle: many runs, whose differences are far larger than what the mesh does to them. */
const coarse: Changes = { solver: { mesh: { interfaceSize: "0.4 um", growth: 0.2, largestSize: "1.2 um" } } };

const variants = (scenario: Disks): readonly (readonly [label: string, changes: Changes])[] => [
  ["as shipped", {}],
  ["film resistance halved", film(0.125)],
  ["film resistance doubled", film(0.5)],
  ["low conductivity halved", low(0.6e-3)],
  ["low conductivity doubled", low(2.4e-3)],
  ...[0.8, 0.9, 1, 1.1, 1.2].map(
    (share) =>
      [`with static law, strength ${share} of calibrated`, cascade(calibratedStrength[scenario] * share)] as const,
  ),
];

/** How the answer depends on the assumed parameters: a table to be shown whatever it says. */
export const sensitivity: readonly ValidationCase[] = (["three-particles", "plane-strain"] as const).map(
  (scenario) => ({
    name: scenario === "three-particles" ? "sensitivity" : `sensitivity-${scenario}`,
    title: `${scenario} with assumed parameters changed: strength, film resistance, low conductivity`,
    slow: true,
    run: async ({ report }) =>
      variants(scenario).map(([label, changes]): Verdict => {
        report(`  ${label}`);
        const { measured, stopped } = simulatedRun(variant(scenario, { ...coarse, ...changes }));
        const value = `${headlineText(measured)}${stopped === null ? "" : `; stopped in cycle ${measured.cycles.length + 1}: ${stopped}`}`;
        report(`    ${value}`);
        return { name: label, value, band: "shown", holds: true };
      }),
  }),
);
