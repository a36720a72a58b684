import { log } from "../../elementary/elementary.js";
import { butlerVolmer } from "../../fem/law/butler-volmer.js";
import type { ReactionPoint } from "../../fem/law/law.js";
import type { ChargeTransfer, ChargeTransferSpec } from "./charge-transfer.js";
import { type Looked, lawTable } from "./law-table.js";

/**
 * The reaction at a point with its current i as the unknown. What is left of the law is a voltage,
 *   r = φ − U(s) − R_f i − 2 V_T asinh(i / 2 i0(s)),
 * and over its slope by i the current that i is short of, with tangents by φ and s:
 *   J = g_φ r,   g_φ = 1/(R_f + 2 V_T/√(i² + 4 i0²)),   g_s = g_φ (2 V_T i/√(i² + 4 i0²) i0′/i0 − U′),   A/m², S/m², A/m².
 * Where J would be far, i is solved for by itself, and J is what is left to there.
 */
export interface PointTangent {
  J: number;
  g_phi: number;
  g_s: number;
}

export interface PointLaw {
  /** At s, φ in V and the present i in A/m²; `beta` m²/A, by how much s falls as i grows. */
  at(p: number, s: number, phi: number, i: number, beta: number, out: PointTangent): void;
}

/** A current that is off by more than this share of what bends its law, local lithium answering, is solved for by itself. */
const far = 0.2;

export function pointLaw(
  spec: ChargeTransferSpec,
  { film, activity }: Pick<ChargeTransfer, "film" | "activity">,
): PointLaw {
  const { thermalVoltage } = spec;
  const table = lawTable(spec);
  const here: Looked = { potential: 0, potentialSlope: 0, exchange: 0, exchangeSlope: 0 };
  const solved: ReactionPoint = { current: 0, conductance: 0, exchangeSlope: 0 };
  return {
    at: (p, s, phi, i, beta, out) => {
      table.at(s, here);
      const drive = phi - here.potential;
      const twice = 2 * activity[p] * here.exchange;
      const size = i < 0 ? -i : i;
      const root = Math.sqrt(i * i + twice * twice);
      const over = 2 * thermalVoltage * log((size + root) / twice);
      const kinetic = (2 * thermalVoltage) / root;
      let g = 1 / (film[p] + kinetic);
      let J = g * (drive - film[p] * i - (i < 0 ? -over : over));
      let byExchange = (2 * g * kinetic * i) / twice;
      let g_s = byExchange * activity[p] * here.exchangeSlope - g * here.potentialSlope;
      if (Math.abs(J) > far * root * (1 + Math.abs(beta * g_s))) {
        butlerVolmer(drive, twice / 2, film[p], thermalVoltage, i, solved);
        J = solved.current - i;
        g = solved.conductance;
        byExchange = solved.exchangeSlope;
        g_s = byExchange * activity[p] * here.exchangeSlope - g * here.potentialSlope;
      }
      out.J = J;
      out.g_phi = g;
      out.g_s = g_s;
    },
  };
}
