import { inverse, Matrix } from "ml-matrix";
import type { Estimated } from "./radial-profile.js";

/** What a grey level means: two or more materials of known electron density, and two or more known states of the particles. */
export interface CalibrationPoints {
  readonly references: readonly Reference[];
  readonly states: readonly KnownState[];
  /** Standard deviation, between particles, of the share of void too fine to be seen. */
  readonly unseenVoid: number;
  /** Relative standard deviation, between particles, of the electron density at one stoichiometry: their composition. */
  readonly composition: number;
}

export interface Reference {
  readonly name: string;
  readonly greyLevel: number;
  /** Of the grey level. */
  readonly deviation: number;
  /** Å⁻³ */
  readonly electronDensity: number;
}

export interface KnownState {
  readonly stoichiometry: number;
  /** Å⁻³ */
  readonly electronDensity: number;
  readonly deviation: number;
}

/** A stoichiometry with what it owes to what. */
export interface CalibratedState {
  readonly electronDensity: number;
  readonly stoichiometry: number;
  /** Standard deviation from noise, unseen void and composition: the particle's own. */
  readonly deviation: number;
  /** Standard deviation from the calibration: shared by all particles of the picture. */
  readonly shared: number;
  /** Whether the electron density lies beyond the known states: the curve is then drawn on in its last direction. */
  readonly beyond: boolean;
}

export interface Calibration {
  readonly points: CalibrationPoints;
  /** Å⁻³ per grey level, and at grey level 0. */
  readonly slope: number;
  readonly intercept: number;
  /** Largest distance of a reference from the line, Å⁻³. */
  readonly residual: number;
  /** Change of stoichiometry that one per cent of unseen void looks like, at the middle of the curve. */
  readonly perPercentVoid: number;
  state(grey: Estimated): CalibratedState;
  /** Change of stoichiometry with the grey level, at a grey level. */
  perLevel(grey: number): number;
}

/**
 * A calibration curve: electron density is a straight line of the grey level (weighted least squares through the
 * references), stoichiometry a broken line of electron density through the known states. Deviations go through both.
 * @throws RangeError when there are too few points, or one electron density belongs to two stoichiometries
 */
export function calibration(points: CalibrationPoints): Calibration {
  const line = throughReferences(points.references);
  const curve = throughStates(points.states);
  const middle = (curve.low + curve.high) / 2;
  return {
    points,
    slope: line.slope,
    intercept: line.intercept,
    residual: line.residual,
    perPercentVoid: 0.01 * middle * Math.abs(curve.at(middle).slope),
    perLevel: (grey) => line.slope * curve.at(line.intercept + line.slope * grey).slope,
    state({ value, deviation }) {
      const density = line.intercept + line.slope * value;
      const { stoichiometry, slope, deviation: ofStates, beyond } = curve.at(density);
      const own = Math.hypot(line.slope * deviation, density * points.unseenVoid, density * points.composition);
      return {
        electronDensity: density,
        stoichiometry,
        deviation: Math.abs(slope) * own,
        shared: Math.abs(slope) * Math.hypot(line.deviation(value), ofStates),
        beyond,
      };
    },
  };
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
  readonly residual: number;
  deviation(grey: number): number;
}

/** The line with its covariance: from the references' deviations, or from what they leave over when none is given. */
function throughReferences(references: readonly Reference[]): Line {
  const levels = new Set(references.map(({ greyLevel }) => greyLevel));
  if (levels.size < 2)
    throw new RangeError(
      "Calibrating grey levels: found references at one grey level only; two or more materials of different grey levels are needed.",
    );
  const known = references.every(({ deviation }) => deviation > 0);
  let [slope, intercept] = [0, 0];
  let covariance = Matrix.zeros(2, 2);
  for (let pass = 0; pass < (known ? 2 : 1); pass++) {
    const weight = (k: number) => (known && slope !== 0 ? 1 / (slope * references[k].deviation) ** 2 : 1);
    const design = new Matrix(references.map(({ greyLevel }) => [1, greyLevel]));
    const weighted = new Matrix(references.map(({ greyLevel }, k) => [weight(k), greyLevel * weight(k)]));
    const value = new Matrix(references.map(({ electronDensity }) => [electronDensity]));
    covariance = inverse(weighted.transpose().mmul(design));
    const [a, b] = covariance.mmul(weighted.transpose().mmul(value)).to1DArray();
    [intercept, slope] = [a, b];
  }
  const over = references.map(({ greyLevel, electronDensity }) => electronDensity - intercept - slope * greyLevel);
  const left = over.reduce((sum, part) => sum + part * part, 0) / Math.max(references.length - 2, 1);
  const scale = known ? 1 : references.length > 2 ? left : 0;
  return {
    slope,
    intercept,
    residual: Math.max(...over.map(Math.abs)),
    deviation: (grey) => {
      const at = Matrix.rowVector([1, grey]);
      return Math.sqrt(Math.max(0, scale * at.mmul(covariance).mmul(at.transpose()).get(0, 0)));
    },
  };
}

interface Curve {
  readonly low: number;
  readonly high: number;
  at(density: number): { stoichiometry: number; slope: number; deviation: number; beyond: boolean };
}

function throughStates(states: readonly KnownState[]): Curve {
  const sorted = [...states].sort((a, b) => a.electronDensity - b.electronDensity);
  const steps = sorted.slice(1).map((state, k) => ({
    density: state.electronDensity - sorted[k].electronDensity,
    stoichiometry: state.stoichiometry - sorted[k].stoichiometry,
  }));
  const rises = steps.every(({ density, stoichiometry }) => density > 0 && stoichiometry > 0);
  const falls = steps.every(({ density, stoichiometry }) => density > 0 && stoichiometry < 0);
  if (steps.length === 0 || !(rises || falls))
    throw new RangeError(
      "Calibrating stoichiometry: each electron density must belong to one stoichiometry; give two or more states that rise or fall together, and leave out the part of the curve that turns back.",
    );
  const [low, high] = [sorted[0].electronDensity, sorted[sorted.length - 1].electronDensity];
  return {
    low,
    high,
    at(density) {
      let k = 0;
      while (k < steps.length - 1 && density > sorted[k + 1].electronDensity) k++;
      const [from, to, step] = [sorted[k], sorted[k + 1], steps[k]];
      const share = (density - from.electronDensity) / step.density;
      return {
        stoichiometry: from.stoichiometry + share * step.stoichiometry,
        slope: step.stoichiometry / step.density,
        deviation: Math.hypot((1 - share) * from.deviation, share * to.deviation),
        beyond: density < low || density > high,
      };
    },
  };
}
