import type { ContactPoints } from "../assembly/contact-points.js";
import { butlerVolmer } from "../law/butler-volmer.js";
import type { FeedbackLaw, ReactionPoint, StoichiometryFunction } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import { positionOf } from "../linear/pattern.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";

/** What the charge-transfer reaction at the interface needs to know. */
export interface ReactionSpec {
  /** V against lithium. */
  readonly openCircuitPotential: StoichiometryFunction;
  /** A/m² */
  readonly exchangeCurrent: StoichiometryFunction;
  readonly feedback: FeedbackLaw;
  /** V, RT/F */
  readonly thermalVoltage: number;
}

/**
 * The reaction over all interface points. Residual rows are currents in A, positive when lithium leaves the particle:
 * +w i in the rows of s and φ, -w i in the row of φ_e.
 */
export interface Reaction {
  /** Evaluate at x (φ relative to the collector, its potential last) for the given damage; adds into `out`. */
  addResidual(x: Float64Array, damage: Float64Array, out: Float64Array): void;
  /** Add ∂(w i)/∂(s, φ, φ_e) of the latest evaluation to the values of the system's pattern, and keep it as J₀. */
  addTangent(value: Float64Array): void;
  /**
   * Add w i − J₀(s, φ − reference, φ_e) at x, with the currents of the latest evaluation where `evaluated` says that it
   * was at x.
   */
  addRemainder(
    x: Float64Array,
    damage: Float64Array,
    out: Float64Array,
    at: { readonly evaluated: boolean; readonly reference: number },
  ): void;
  /** `[point]` A/m² of the latest evaluation, kept as the next one's first guess. */
  readonly current: Float64Array;
}

export function reaction(
  spec: ReactionSpec,
  points: ContactPoints,
  unknowns: ElectrochemicalUnknowns,
  pattern: Csr,
): Reaction {
  const current = new Float64Array(points.count);
  const stoichiometry = new Float64Array(points.count);
  const byExchange = new Float64Array(points.count);
  const byPotential = new Float64Array(points.count);
  const at: ReactionPoint = { current: 0, conductance: 0, exchangeSlope: 0 };
  /** J₀: w ∂i/∂s and w ∂i/∂φ when the tangent was last asked for. */
  const keptStoichiometry = new Float64Array(points.count);
  const keptPotential = new Float64Array(points.count);
  const positions = tangentPositions(unknowns, pattern, points.count);

  const potentialAt = (x: Float64Array, p: number): number => {
    const ionic = unknowns.pointIonic[p];
    return x[unknowns.voltage] + x[unknowns.pointPotential[p]] - (ionic < 0 ? 0 : x[ionic]);
  };

  const evaluate = (x: Float64Array, damage: Float64Array): void => {
    for (let p = 0; p < points.count; p++) {
      const s = x[unknowns.pointLithium[p]];
      const phi = potentialAt(x, p);
      const activity = spec.feedback.activity(damage[p]);
      const drive = phi - spec.openCircuitPotential.value(s);
      const exchange = activity * spec.exchangeCurrent.value(s);
      butlerVolmer(drive, exchange, spec.feedback.filmResistance(damage[p]), spec.thermalVoltage, current[p], at);
      const w = points.weight[p];
      current[p] = at.current;
      stoichiometry[p] = s;
      byPotential[p] = w * at.conductance;
      byExchange[p] = w * at.exchangeSlope * activity;
    }
  };

  const addAtPoint = (p: number, value: number, out: Float64Array): void => {
    const ionic = unknowns.pointIonic[p];
    out[unknowns.pointLithium[p]] += value;
    out[unknowns.pointPotential[p]] += value;
    if (ionic >= 0) out[ionic] -= value;
  };

  const addResidual = (x: Float64Array, damage: Float64Array, out: Float64Array): void => {
    evaluate(x, damage);
    for (let p = 0; p < points.count; p++) addAtPoint(p, points.weight[p] * current[p], out);
  };

  const addRemainder: Reaction["addRemainder"] = (x, damage, out, { evaluated, reference }) => {
    if (!evaluated) evaluate(x, damage);
    for (let p = 0; p < points.count; p++) {
      const phi = potentialAt(x, p) - reference;
      const linear = keptStoichiometry[p] * x[unknowns.pointLithium[p]] + keptPotential[p] * phi;
      addAtPoint(p, points.weight[p] * current[p] - linear, out);
    }
  };

  const addTangent = (value: Float64Array): void => {
    for (let p = 0; p < points.count; p++) {
      const byStoichiometry =
        byExchange[p] * spec.exchangeCurrent.derivative(stoichiometry[p]) -
        byPotential[p] * spec.openCircuitPotential.derivative(stoichiometry[p]);
      keptStoichiometry[p] = byStoichiometry;
      keptPotential[p] = byPotential[p];
      // Rows s, φ, φ_e; columns s, φ, φ_e.
      for (let row = 0; row < 3; row++) {
        const sign = row === 2 ? -1 : 1;
        const e = 9 * p + 3 * row;
        if (positions[e] < 0) continue;
        value[positions[e]] += sign * byStoichiometry;
        value[positions[e + 1]] += sign * byPotential[p];
        if (positions[e + 2] >= 0) value[positions[e + 2]] -= sign * byPotential[p];
      }
    }
  };
  return { addResidual, addTangent, addRemainder, current };
}

/** The unknowns s, φ, φ_e of each interface point, `[point][3]`, as one more group of cells for the pattern. */
export function reactionCells(unknowns: ElectrochemicalUnknowns): Int32Array {
  const { pointLithium, pointPotential, pointIonic } = unknowns;
  return Int32Array.from({ length: 3 * pointLithium.length }, (_, k) => {
    const p = Math.floor(k / 3);
    return [pointLithium[p], pointPotential[p], pointIonic[p]][k % 3];
  });
}

function tangentPositions(unknowns: ElectrochemicalUnknowns, pattern: Csr, count: number): Int32Array {
  const cells = reactionCells(unknowns);
  return Int32Array.from({ length: 9 * count }, (_, k) => {
    const p = Math.floor(k / 9);
    const row = cells[3 * p + Math.floor((k % 9) / 3)];
    const column = cells[3 * p + (k % 3)];
    return row < 0 || column < 0 ? -1 : positionOf(pattern, row, column);
  });
}
