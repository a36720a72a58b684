import { axisymmetric, type Coordinates, planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { film } from "../../src/fem/law/feedback/film.js";
import type { StoichiometryFunction } from "../../src/fem/law/law.js";
import { constant } from "../../src/fem/law/stoichiometry-function.js";
import type { ParticleContact } from "../../src/fem/law/surface/surface.js";
import { structuredMesh } from "../mesh/structured.js";
import { type ChosenProblem, smoothExchange, smoothPotential } from "./electrochemistry.js";
import { cosine, type Field, one, type Profile, product, quadratic, sine, zero } from "./field.js";

/** m: particle and carbon/binder, each this thick and high. */
const size = 2e-6;
const end = 2 * size;
const sigma = 2e-3;
const kappa = 0.01;

export interface CoupledChoice {
  readonly order: 1 | 2;
  /** Cells across each body. */
  readonly cells: number;
  readonly kind: "plane" | "axisymmetric";
  readonly diffusivity: StoichiometryFunction;
  readonly electrolyte: boolean;
  /** S/m, of particles that electrons enter by contacts. */
  readonly conduction?: StoichiometryFunction;
  readonly drift: boolean;
  readonly distortion: number;
  /** s, of one swing; 0 for the steady problem. */
  readonly period: number;
}

/** 5e-14 (1 + (s − 0.5)²·4 + s/2) m²/s */
export const bentDiffusivity: StoichiometryFunction = {
  value: (s) => 5e-14 * (1 + 4 * (s - 0.5) ** 2 + s / 2),
  derivative: (s) => 5e-14 * (8 * (s - 0.5) + 0.5),
  validity: [0, 1],
};

/** 1e-3 (1 + s + s²) S/m */
export const bentConductivity: StoichiometryFunction = {
  value: (s) => 1e-3 * (1 + s + s * s),
  derivative: (s) => 1e-3 * (1 + 2 * s),
  validity: [0, 1],
};

export const straightDiffusivity = constant(5e-14);

/** Fields that bend in both directions, through Butler–Volmer kinetics with a film, for the orders in space. */
export function bentProblem(choice: CoupledChoice): ChosenProblem {
  const coordinates = choice.kind === "plane" ? planeStrain : axisymmetric;
  const swing = (time: number): readonly [number, number] =>
    choice.period > 0
      ? [
          Math.cos((2 * Math.PI * time) / choice.period),
          (-2 * Math.PI * Math.sin((2 * Math.PI * time) / choice.period)) / choice.period,
        ]
      : [1, 0];
  const wave = Math.PI / size;
  const across = cosine(0.8 * wave);
  const tilted: Profile = (y) => {
    const [a, b, c] = cosine(wave)(y);
    return [1 + 0.5 * a, 0.5 * b, 0.5 * c];
  };
  return {
    mesh: strips(choice),
    coordinates,
    spec: {
      ...specOf(choice.diffusivity, choice.electrolyte),
      contact: choice.conduction === undefined ? null : contactOf(choice.conduction),
      stressDrift: choice.drift ? drift : null,
    },
    damage: 0.4,
    ...(choice.drift ? { stress: product(0, 4e7, across, cosine(wave)) as Field } : {}),
    at: (time) => {
      const [g, rate] = swing(time);
      const voltage = 3.72 + 0.02 * g;
      const potential = product(0, 0.02 * g, sine(-0.6 * wave, 0.6 * wave * end), tilted);
      return {
        stoichiometry: product(0.6, 0.12 * g, across, cosine(wave)),
        rate: product(0, 0.12 * rate, across, cosine(wave)),
        potential,
        inside:
          choice.conduction === undefined ? zero : product(-0.05 * g, 0.015 * g, cosine(0.7 * wave), cosine(wave)),
        ionic: choice.electrolyte
          ? product(0, 0.01 * g, cosine(0.4 * wave, -0.4 * wave * end), cosine(wave / 2))
          : zero,
        voltage,
        current: collectorCurrent(potential, coordinates),
      };
    },
    currentScale: 20 * size * coordinates.measure(size),
  };
}

/** Fields that quadratic cells represent exactly in space, so that only the error in time is left. */
export function swingingProblem(order: 2, period: number): ChosenProblem {
  const omega = (2 * Math.PI) / period;
  const choice: CoupledChoice = {
    order,
    cells: 2,
    kind: "plane",
    diffusivity: straightDiffusivity,
    electrolyte: false,
    drift: false,
    distortion: 0,
    period,
  };
  return {
    mesh: strips(choice),
    coordinates: planeStrain,
    spec: specOf(straightDiffusivity, false),
    damage: 0.4,
    at: (time) => {
      const square = quadratic(0, 0, 1 / size ** 2);
      const potential = product(0, 0.02 * Math.cos(omega * time), quadratic(end / size, -1 / size, 0), one);
      return {
        stoichiometry: product(0.6, 0.12 * Math.sin(omega * time), square, one),
        rate: product(0, 0.12 * omega * Math.cos(omega * time), square, one),
        potential,
        inside: zero,
        ionic: zero,
        voltage: 3.72 + 0.02 * Math.sin(omega * time),
        current: collectorCurrent(potential, planeStrain),
      };
    },
    currentScale: 20 * size,
  };
}

/** Sixty per cent of 400 S/m² is left at the damage chosen. */
function contactOf(conduction: StoichiometryFunction): ParticleContact {
  return { conduction, conductance: [400, 400], left: (damage) => 1 - damage };
}

const drift = { partialMolarVolume: 1.84e-6, stressPerStoichiometry: 4.2e9, thermalEnergy: 2479 };

function strips({ order, cells, distortion }: CoupledChoice): ChosenProblem["mesh"] {
  return structuredMesh({
    order,
    towards: "right",
    length: size,
    columns: cells,
    layers: [
      { body: "particle", thickness: size, rows: cells },
      { body: "high", thickness: size, rows: cells },
    ],
    distortion,
  });
}

function specOf(diffusivity: StoichiometryFunction, electrolyte: boolean): ChosenProblem["spec"] {
  return {
    openCircuitPotential: smoothPotential,
    exchangeCurrent: smoothExchange,
    feedback: film.law({ resistance: 0.01, initial: 0.002 }),
    thermalVoltage: 0.0257,
    maximumConcentration: 50000,
    diffusivity,
    conductivity: [sigma, sigma],
    electrolyteConductivity: electrolyte ? kappa : null,
    contact: null,
    collector: "right",
    separator: "top",
    stressDrift: null,
  };
}

/** ∫ σ ∂φ/∂x over the side x = end, by Simpson's rule on 64 panels. */
function collectorCurrent(potential: Field, coordinates: Coordinates): number {
  const panels = 128;
  let sum = 0;
  for (let k = 0; k <= panels; k++) {
    const weight = k === 0 || k === panels ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * potential(end, (size * k) / panels).x;
  }
  return (sigma * coordinates.measure(end) * sum * size) / (3 * panels);
}
