import { FARADAY, thermalVoltage } from "../../../fem/law/faraday.js";
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

/** J/(mol K) */
const GAS = 8.314462618;
const REFERENCE = 298.15;

interface Electrode {
  readonly particle: RoundParticle;
  readonly parameters: ElectrodeParameters;
  /** m², surface of all particles. */
  readonly surface: number;
}

/**
 * Voltage of a cell by two particles, one for each electrode, with salt and ohmic drops (SPMe):
 *   V = U₊(s₊) − U₋(s₋) − Σ (2RT/F) asinh(i/(2 i0)) − salt − I (R + Σ L/(3 σ A))
 * Source: S. G. Marquis et al., J. Electrochem. Soc. 166 (2019) A3693–A3706. NaN from the moment at which a surface
 * is empty or full.
 * @returns V, at each moment of the history
 */
export function cellVoltage(cell: CellParameters, { time, current, temperature }: CellHistory): Float64Array {
  const [negative, positive] = [electrode(cell, cell.negative), electrode(cell, cell.positive)];
  const salt = saltProfile(cell);
  const solid =
    [cell.negative, cell.positive].reduce((sum, e) => sum + e.thickness / (3 * e.conductivity), 0) / cell.area;
  const voltage = new Float64Array(time.length).fill(Number.NaN);
  for (let k = 0; k < time.length; k++) {
    const discharge = -current[k]!;
    const duration = k === 0 ? 0 : time[k]! - time[k - 1]!;
    const kelvin = temperature[k]!;
    if (duration > 0) {
      advance(negative, -discharge, duration, kelvin);
      advance(positive, discharge, duration, kelvin);
      salt.step(duration, discharge, arrhenius(cell.electrolyte.energy, kelvin));
    }
    const vt = thermalVoltage(kelvin);
    const [n, p] = [negative.particle.surface, positive.particle.surface];
    if (!(n > 0 && n < 1 && p > 0 && p < 1)) break;
    const lost =
      overpotential(negative, discharge, salt.negative, kelvin) +
      overpotential(positive, discharge, salt.positive, kelvin);
    const open = cell.positive.potential.value(p) - cell.negative.potential.value(n);
    voltage[k] =
      open -
      2 * vt * lost -
      salt.drop(discharge, vt, arrhenius(cell.electrolyte.energy, kelvin)) -
      discharge * (cell.resistance / arrhenius(cell.resistanceEnergy, kelvin) + solid);
  }
  return voltage;
}

function electrode({ area }: CellParameters, parameters: ElectrodeParameters): Electrode {
  const { thickness, activeFraction, radius, initialStoichiometry } = parameters;
  const surface = (3 * activeFraction * thickness * area) / radius;
  return { particle: roundParticle(initialStoichiometry), parameters, surface };
}

/** @param current A, into the particles */
function advance(
  { particle, parameters, surface }: Electrode,
  current: number,
  duration: number,
  kelvin: number,
): void {
  const { radius, maximumConcentration, diffusionEnergy } = parameters;
  const diffusivity = parameters.diffusivity * arrhenius(diffusionEnergy, kelvin);
  const gradient = (current * radius) / (surface * FARADAY * maximumConcentration * diffusivity);
  particle.step((diffusivity * duration) / radius ** 2, gradient);
}

/** In units of 2RT/F. */
function overpotential(
  { particle, parameters, surface }: Electrode,
  current: number,
  salt: number,
  kelvin: number,
): number {
  const { rateConstant, maximumConcentration, kineticEnergy } = parameters;
  const s = particle.surface;
  const exchange =
    rateConstant * arrhenius(kineticEnergy, kelvin) * maximumConcentration * Math.sqrt(salt * s * (1 - s));
  return Math.asinh(current / (surface * 2 * exchange));
}

function arrhenius(energy: number, kelvin: number): number {
  return Math.exp((energy / GAS) * (1 / REFERENCE - 1 / kelvin));
}
