import { type Space, spaceOf } from "../assembly/assemble.js";
import { type ContactPoints, contactPoints } from "../assembly/contact-points.js";
import { type Elastic, elastic } from "../assembly/forms.js";
import { GAS_CONSTANT, thermalVoltage } from "../law/faraday.js";
import { type NewtonSettings, retrying } from "../nonlinear/kept-newton.js";
import { attempts, type Parts, type Reacting } from "./attempt.js";
import { type Balances, balancesOf } from "./balances.js";
import type { CathodeSpec } from "./cathode-spec.js";
import type { CycledModel } from "./cycling.js";
import { deforming } from "./deform.js";
import { type Electrochemistry, electrochemistry } from "./electrochemistry.js";
import { emptyExtent, widen } from "./extent.js";
import { cellMean, cellStress, nodalMean, onNodes, type Strains } from "./fields.js";
import { type Mechanics, mechanics } from "./mechanics.js";
import type { StressDrift } from "./nonlinear-diffusion.js";

/** Everything about a cathode that does not change while it runs. */
export interface PreparedCathode extends CycledModel {
  readonly spec: CathodeSpec;
  readonly space: Space;
  readonly points: ContactPoints;
  readonly electrochemistry: Electrochemistry;
  readonly mechanics: Mechanics;
  readonly balances: Balances;
  readonly attempt: ReturnType<typeof attempts>;
  readonly material: (cell: number) => Elastic;
}

/** Residuals are driven well below the limits of the balances, which are checked against them. */
export const electrochemicalNewton: NewtonSettings = {
  tolerance: 2e-10,
  laws: 1e-8,
  maxIterations: 30,
  slow: 0.5,
  depth: 3,
};

export function prepareCathode(spec: CathodeSpec): PreparedCathode {
  const space = spaceOf(spec.mesh, spec.coordinates);
  const points = contactPoints(space);
  const particle = elastic(spec.particleSolid.youngModulus, spec.particleSolid.poissonRatio);
  const binder = elastic(spec.binderSolid.youngModulus, spec.binderSolid.poissonRatio);
  const electro = electrochemistry(space, points, {
    ...spec,
    thermalVoltage: thermalVoltage(spec.temperature),
    stressDrift: driftOf(spec),
  });
  const material = (cell: number): Elastic => (spec.mesh.region[cell] < spec.mesh.particles ? particle : binder);
  const solid = mechanics(space, points, { ...spec, particle, binder });
  const parts: Parts = {
    points,
    electrochemistry: reacting(electro, spec.currentScale),
    deform: deforming(solid, electro.unknownsOf.lithium),
    fatigue: spec.fatigue,
    relaxation: spec.relaxation,
    method: spec.time.method,
    tolerance: spec.time.tolerance,
  };
  const drift = driftOf(spec);
  const stressed = { spec, space, electrochemistry: electro, mechanics: solid, material };
  const own = { particles: spec.mesh.particles, owner: electro.unknownsOf.owner };
  return {
    spec,
    particles: spec.mesh.particles,
    space,
    points,
    electrochemistry: electro,
    mechanics: solid,
    balances: balancesOf(own, electro, points, spec),
    attempt: attempts(parts),
    material,
    rest: () => {
      const x = new Float64Array(electro.unknowns);
      x.fill(spec.initialStoichiometry, 0, electro.unknownsOf.lithiumCount);
      x[electro.unknownsOf.voltage] = spec.openCircuitPotential.value(spec.initialStoichiometry);
      return x;
    },
    surfaceStoichiometry: (x) => Float64Array.from(electro.unknownsOf.pointLithium, (unknown) => x[unknown]),
    extent: (x) => {
      const extent = emptyExtent(own.particles);
      own.owner.forEach((k, unknown) => {
        widen(extent, k, x[unknown]);
      });
      return extent;
    },
    drivingStress: (x, u) => (drift === null ? null : smoothStress(stressed, drift, x, u)),
  };
}

/** Steps of the electrochemistry, residuals measured against `currentScale`, A. */
function reacting(electro: Electrochemistry, currentScale: number): Reacting {
  const solve = retrying(electro, electrochemicalNewton);
  const { unknowns, unknownsOf, reaction, forget } = electro;
  return {
    unknowns,
    unknownsOf,
    reaction,
    forget,
    react: ({ start: { lithium, contact, stress, begun }, formula, control, damage }, x) => {
      const { current } = contact;
      const { area } = begun;
      electro.prepare({ formula, history: lithium, control, damage, area, currentScale, current, stress });
      return solve(x);
    },
  };
}

type Stressed = Pick<PreparedCathode, "spec" | "space" | "electrochemistry" | "mechanics" | "material">;

/** What strains the body in a state. */
export function strainsOf(
  { spec, electrochemistry: electro, mechanics: solid }: Pick<Stressed, "spec" | "electrochemistry" | "mechanics">,
  x: Float64Array,
  u: Float64Array,
): Strains {
  const fresh = spec.eigenstrain.value(spec.initialStoichiometry);
  const stoichiometry = onNodes(electro.unknownsOf.lithium, x);
  return {
    displacement: onNodes(solid.displacement, u, 0, 0),
    eigen: stoichiometry.map((s) => (Number.isNaN(s) ? 0 : spec.eigenstrain.value(s) - fresh)),
    axial: solid.axialStrain(u) ?? 0,
  };
}

/** `[node]` Pa, σ̃ = σ_h + κ s in the particles. */
function smoothStress(prepared: Stressed, drift: StressDrift, x: Float64Array, u: Float64Array): Float64Array {
  const { space, spec, material } = prepared;
  const stress = cellStress(space, strainsOf(prepared, x, u), material).hydrostatic;
  const inParticle = (cell: number): boolean => spec.mesh.region[cell] < spec.mesh.particles;
  // The local part −κ s is taken out cell by cell, where stress and stoichiometry belong together.
  const s = onNodes(prepared.electrochemistry.unknownsOf.lithium, x);
  const local = cellMean(space, s, inParticle);
  const smooth = stress.map((value, cell) => value + drift.stressPerStoichiometry * local[cell]);
  return nodalMean(space, smooth, inParticle);
}

function driftOf(spec: CathodeSpec): StressDrift | null {
  if (spec.stressDrift === null) return null;
  const { youngModulus, poissonRatio } = spec.particleSolid;
  const omega = spec.stressDrift;
  return {
    partialMolarVolume: omega,
    stressPerStoichiometry: (2 * youngModulus * omega * spec.maximumConcentration) / (9 * (1 - poissonRatio)),
    thermalEnergy: GAS_CONSTANT * spec.temperature,
  };
}
