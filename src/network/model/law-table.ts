import type { StoichiometryFunction } from "../../fem/law/law.js";

/** Open-circuit potential U, V, and exchange current i0, A/m², at one stoichiometry, with their slopes. */
export interface Looked {
  potential: number;
  potentialSlope: number;
  exchange: number;
  exchangeSlope: number;
}

/**
 * Both laws of a reaction, read from one table of themselves: cubics through their values and slopes at even places of 0 … 1,
 * which agree with them to `exact` of their size; where one does not, and outside, the laws themselves are asked.
 */
export interface LawTable {
  at(s: number, out: Looked): void;
}

export const cells = 16384;
export const exact = 1e-13;
/** Places within a cell where its cubics are held against the laws. */
const probes = [0.5, 0.2] as const;

export function lawTable(spec: {
  readonly openCircuitPotential: StoichiometryFunction;
  readonly exchangeCurrent: StoichiometryFunction;
}): LawTable {
  const laws = [spec.openCircuitPotential, spec.exchangeCurrent];
  /** [place][law] value and slope over a cell's width, side by side: a place is read at once. */
  const table = new Float64Array(4 * (cells + 1));
  const size = [0, 0];
  laws.forEach((law, k) => {
    for (let c = 0; c <= cells; c++) {
      const value = law.value(c / cells);
      table[4 * c + 2 * k] = value;
      table[4 * c + 2 * k + 1] = law.derivative(c / cells) / cells;
      if (Math.abs(value) > size[k] && Number.isFinite(value)) size[k] = Math.abs(value);
    }
  });
  const read = (c: number, x: number, out: Looked): void => {
    const e = 4 * c;
    const [u, du, i, di] = [table[e], table[e + 1], table[e + 2], table[e + 3]];
    const climb = table[e + 4] - u;
    const rise = table[e + 6] - i;
    const ub = 3 * climb - 2 * du - table[e + 5];
    const ut = du + table[e + 5] - 2 * climb;
    const ib = 3 * rise - 2 * di - table[e + 7];
    const it = di + table[e + 7] - 2 * rise;
    out.potential = u + x * (du + x * (ub + x * ut));
    out.potentialSlope = cells * (du + x * (2 * ub + 3 * ut * x));
    out.exchange = i + x * (di + x * (ib + x * it));
    out.exchangeSlope = cells * (di + x * (2 * ib + 3 * it * x));
  };
  const tried: Looked = { potential: 0, potentialSlope: 0, exchange: 0, exchangeSlope: 0 };
  const agrees = (c: number, x: number): boolean => {
    read(c, x, tried);
    const s = (c + x) / cells;
    const off = Math.abs(tried.potential - spec.openCircuitPotential.value(s));
    return off <= exact * size[0] && Math.abs(tried.exchange - spec.exchangeCurrent.value(s)) <= exact * size[1];
  };
  const good = Uint8Array.from({ length: cells }, (_, c) => Number(probes.every((x) => agrees(c, x))));
  return {
    at: (s, out) => {
      const place = s * cells;
      const c = Math.floor(place);
      if (c >= 0 && c < cells && good[c] === 1) {
        read(c, place - c, out);
        return;
      }
      out.potential = spec.openCircuitPotential.value(s);
      out.potentialSlope = spec.openCircuitPotential.derivative(s);
      out.exchange = spec.exchangeCurrent.value(s);
      out.exchangeSlope = spec.exchangeCurrent.derivative(s);
    },
  };
}
