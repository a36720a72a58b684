import { planeStrain } from "../src/fem/coordinates/coordinates.js";
import { thermalVoltage } from "../src/fem/law/faraday.js";
import { constant } from "../src/fem/law/stoichiometry-function.js";
import { bareCathode, march } from "./bare-cathode.js";
import { slabs } from "./circuit.js";
import { steadySpread, twoParticleStoichiometries } from "./closed-form/equalisation.js";
import { columnsMesh } from "./mesh/columns.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

const [width, thickness, maximumConcentration] = [4e-6, 2e-6, 49000];
/** Ω m² of each branch; V per unit of s; A/m². */
const resistances = [0.01, 0.04] as const;
const [slope, density] = [-0.9, 2];
/** s, of the charge and of the rest after it. */
const charging = [40, 120, 300];
const resting = [60, 180, 420];

export interface EqualisationErrors {
  /** Largest error of either stoichiometry over the steady spread, in the charge and in the rest. */
  readonly charge: number;
  readonly rest: number;
}

/**
 * Two slabs of particle behind unequal resistances, linear open-circuit potential and fast diffusion: they drift apart
 * under a current and come together at rest, exactly exponentially.
 */
export function equalisationErrors(time: { readonly step: number; readonly tolerance: number }): EqualisationErrors {
  const length = 5e-6;
  const mesh = columnsMesh({
    columns: [slabs([length, 0]), slabs([length, 1])],
    width,
    particleThickness: thickness,
    across: 2,
    along: 4,
  });
  // The film takes most of what the slabs leave, so that the logarithm of the reaction is not seen.
  const [film, reaction] = [0.005, 1e-6];
  const current = 2 * width * density;
  const upTo = (times: readonly number[], amperes: number) =>
    times.map((t, k) => ({
      verb: amperes > 0 ? ("charge" as const) : ("rest" as const),
      control: { current: amperes },
      until: { time: t - (times[k - 1] ?? 0) },
    }));
  const frames = march(
    bareCathode(mesh, {
      coordinates: planeStrain,
      collector: "bottom",
      maximumConcentration,
      diffusivity: constant(1e-10),
      openCircuitPotential: { value: (s) => 4.5 + slope * s, derivative: () => slope, validity: [0, 1] },
      exchangeCurrent: constant(thermalVoltage(298.15) / reaction),
      feedback: { filmResistance: () => film, activity: () => 1 },
      conductivity: [length / (resistances[0] - film - reaction), length / (resistances[1] - film - reaction)],
      protocol: { repeat: 1, steps: [...upTo(charging, current), ...upTo(resting, 0)] },
      currentScale: current,
      time: { tolerance: time.tolerance, sizes: { smallest: 1e-6, largest: time.step } },
    }),
  );
  // A slab has the volume over surface of a cylinder of twice its thickness.
  const body = { radius: 2 * thickness, maximumConcentration };
  const pair = (starts: readonly number[]) =>
    [0, 1].map((k) => ({ ...body, resistance: resistances[k], initialStoichiometry: starts[k] })) as [Pair, Pair];
  const spread = steadySpread(density, resistances[1] - resistances[0], slope);
  const worst = (k: number, exact: readonly number[]): number =>
    Math.max(...exact.map((s, p) => Math.abs(frames[k].particles.meanStoichiometry[p] - s))) / spread;
  const charged = (t: number) => twoParticleStoichiometries("cylinder", pair([0.9, 0.9]), slope, density, t);
  const end = charged(charging[charging.length - 1]);
  const rested = (t: number) => twoParticleStoichiometries("cylinder", pair(end), slope, 0, t);
  return {
    charge: Math.max(...charging.map((t, k) => worst(k, charged(t)))),
    rest: Math.max(...resting.map((t, k) => worst(charging.length + k, rested(t)))),
  };
}

type Pair = Parameters<typeof twoParticleStoichiometries>[1][0];

/** Two particles with a linear open-circuit potential. */
export const equalisation: ValidationCase = {
  name: "equalisation",
  title: "two particles behind unequal resistances drift apart and come together exponentially",
  slow: false,
  run: async () => {
    const usual = equalisationErrors({ step: 5, tolerance: 1e-3 });
    const refined = equalisationErrors({ step: 1, tolerance: 1e-6 });
    return [
      atMost("charge, over the steady spread", usual.charge, 1e-2),
      atMost("rest, over the steady spread", usual.rest, 1e-2),
      atMost("charge, small steps", refined.charge, 1e-4),
      atMost("rest, small steps", refined.rest, 1e-4),
    ];
  },
};
