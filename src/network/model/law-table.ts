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

/** Cubics through both laws. */
interface Tabulated {
  /** [place][law] value and slope over a cell's width, side by side: a place is read at once. */
  readonly table: Float64Array;
  /** Largest of each law. */
  readonly size: readonly [potential: number, exchange: number];
}

type Laws = {
  readonly openCircuitPotential: StoichiometryFunction;
  readonly exchangeCurrent: StoichiometryFunction;
};

export function lawTable(laws: Laws): LawTable {
  const tabulated = tabulate(laws);
  const { table } = tabulated;
  const good = agreeing(laws, tabulated);
  return {
    at: (s, out) => {
      const place = s * cells;
      const c = Math.floor(place);
      if (c >= 0 && c < cells && good[c] === 1) {
        readCell(table, c, place - c, out);
        return;
      }
      out.potential = laws.openCircuitPotential.value(s);
      out.potentialSlope = laws.openCircuitPotential.derivative(s);
      out.exchange = laws.exchangeCurrent.value(s);
      out.exchangeSlope = laws.exchangeCurrent.derivative(s);
    },
  };
}

function tabulate({ openCircuitPotential, exchangeCurrent }: Laws): Tabulated {
  const table = new Float64Array(4 * (cells + 1));
  const fill = (law: StoichiometryFunction, k: 0 | 1): number => {
    let size = 0;
    for (let c = 0; c <= cells; c++) {
      const value = law.value(c / cells);
      table[4 * c + 2 * k] = value;
      table[4 * c + 2 * k + 1] = law.derivative(c / cells) / cells;
      if (Math.abs(value) > size && Number.isFinite(value)) size = Math.abs(value);
    }
    return size;
  };
  return { table, size: [fill(openCircuitPotential, 0), fill(exchangeCurrent, 1)] };
}

/** Read both cubics at a share x of cell c. */
function readCell(table: Float64Array, c: number, x: number, out: Looked): void {
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
}

/** [cell] 1 where both cubics agree with the laws. */
function agreeing({ openCircuitPotential, exchangeCurrent }: Laws, { table, size }: Tabulated): Uint8Array {
  const tried: Looked = { potential: 0, potentialSlope: 0, exchange: 0, exchangeSlope: 0 };
  const agrees = (c: number, x: number): boolean => {
    readCell(table, c, x, tried);
    const s = (c + x) / cells;
    const off = Math.abs(tried.potential - openCircuitPotential.value(s));
    return off <= exact * size[0] && Math.abs(tried.exchange - exchangeCurrent.value(s)) <= exact * size[1];
  };
  return Uint8Array.from({ length: cells }, (_, c) => Number(probes.every((x) => agrees(c, x))));
}
