import { FARADAY, GAS_CONSTANT, thermalVoltage } from "../../../fem/law/faraday.js";
import { saltProfile } from "./electrolyte.js";
import type { CellParameters, ElectrodeParameters } from "./parameter-set.js";
import { type RoundParticle, roundParticle } from "./round-particle.js";

/** What was done to a cell, moment by moment; the current holds from the moment before. */
export interface CellHistory {
  /** s */
  readonly time: Float64Array;
  /** A, positive on charge. */
  readonly current: Float64Array;
  /** K */
  readonly temperature: Float64Array;
}

const REFERENCE = 298.15;
/** mol/m³ */
const REFERENCE_SALT = 1000;
/** Of s(1 − s): the kinetics of an empty or full surface stay finite, so that a fit may pass through such cells. */
const least = 1e-4;

interface Electrode {
  readonly particle: RoundParticle;
  readonly parameters: ElectrodeParameters;
  /** m², surface of all particles. */
  readonly surface: number;
}

/**
 * Voltage of a cell by two particles, one for each electrode, with salt and ohmic drops (SPMe):
 *   V = U₊(s₊) − U₋(s₋) − Σ (2RT/F) asinh(i/(2 i0)) − salt − I (R + Σ L/(3 σ A))
 * Source: S. G. Marquis et al., J. Electrochem. Soc. 166 (2019) A3693–A3706.
 * @returns V, at each moment of the history
 */
export function cellVoltage(cell: CellParameters, { time, current, temperature }: CellHistory): Float64Array {
  const [negative, positive] = [electrode(cell, cell.negative), electrode(cell, cell.positive)];
  const salt = saltProfile(cell);
  const solid =
    [cell.negative, cell.positive].reduce((sum, e) => sum + e.thickness / (3 * e.conductivity), 0) / cell.area;
  return Float64Array.from(time, (now, k) => {
    const discharge = -current[k];
    const kelvin = temperature[k];
    const wet = arrhenius(cell.electrolyte.energy, kelvin);
    const duration = k === 0 ? 0 : now - time[k - 1];
    if (duration > 0) {
      advance(negative, -discharge, duration, kelvin);
      advance(positive, discharge, duration, kelvin);
      salt.step(duration, discharge, wet);
    }
    const vt = thermalVoltage(kelvin);
    const kinetic =
      overpotential(negative, discharge, salt.negative, kelvin) +
      overpotential(positive, discharge, salt.positive, kelvin);
    const ohmic = solid + cell.resistance / arrhenius(cell.resistanceEnergy, kelvin);
    const open = openCircuit(positive) - openCircuit(negative);
    return open - 2 * vt * kinetic - salt.drop(discharge, vt, wet) - discharge * ohmic;
  });
}

function electrode({ area }: CellParameters, parameters: ElectrodeParameters): Electrode {
  const { thickness, activeFraction, radius, initialStoichiometry, diffusivity, diffusivityShape } = parameters;
  const surface = (3 * activeFraction * thickness * area) / radius;
  const particle = roundParticle(radius, initialStoichiometry, (s) => diffusivity * diffusivityShape(s));
  return { particle, parameters, surface };
}

/** @param current A, into the particles */
function advance(
  { particle, parameters, surface }: Electrode,
  current: number,
  duration: number,
  kelvin: number,
): void {
  const { maximumConcentration, diffusionEnergy } = parameters;
  const inflow = current / (surface * FARADAY * maximumConcentration);
  particle.step(duration, inflow, arrhenius(diffusionEnergy, kelvin));
}

/** In units of 2RT/F. */
function overpotential(
  { particle, parameters, surface }: Electrode,
  current: number,
  salt: number,
  kelvin: number,
): number {
  const s = particle.surface;
  const part = Math.sqrt(Math.max(least, s * (1 - s)) * (salt / REFERENCE_SALT));
  const exchange = 2 * parameters.exchangeCurrent * arrhenius(parameters.kineticEnergy, kelvin) * part;
  return Math.asinh(current / (surface * 2 * exchange));
}

/** V; a surface that would be emptier than empty is taken at a twentieth beyond, where the formulas still hold. */
function openCircuit({ particle, parameters }: Electrode): number {
  return parameters.potential.value(Math.min(1.05, Math.max(-0.05, particle.surface)));
}

function arrhenius(energy: number, kelvin: number): number {
  return Math.exp((energy / GAS_CONSTANT) * (1 / REFERENCE - 1 / kelvin));
}
