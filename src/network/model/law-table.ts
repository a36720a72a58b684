import type { StoichiometryFunction } from "../../fem/law/law.js";

/** A function of the stoichiometry at one place, with two derivatives. */
export interface Looked {
  value: number;
  slope: number;
  curvature: number;
}

/**
 * A law read from a table of itself: cubics through its values and slopes at even places of 0 … 1, which agree with it to
 * `exact` of its size; where one does not, and outside, the law itself is asked. The curvature is that of the cubic: it serves
 * tangents, not results.
 */
export interface LawTable {
  at(s: number, out: Looked): void;
}

const cells = 16384;
const exact = 1e-13;
/** Places within a cell where its cubic is held against the law. */
const probes = [0.5, 0.2] as const;

export function lawTable(law: StoichiometryFunction): LawTable {
  const value = Float64Array.from({ length: cells + 1 }, (_, c) => law.value(c / cells));
  /** Slopes over a cell's width. */
  const slope = Float64Array.from({ length: cells + 1 }, (_, c) => law.derivative(c / cells) / cells);
  const good = new Uint8Array(cells);
  const cubic = (c: number, x: number, out: Looked): void => {
    const rise = value[c + 1] - value[c];
    const b = 3 * rise - 2 * slope[c] - slope[c + 1];
    const t = slope[c] + slope[c + 1] - 2 * rise;
    out.value = value[c] + x * (slope[c] + x * (b + x * t));
    out.slope = cells * (slope[c] + x * (2 * b + 3 * t * x));
    out.curvature = cells * cells * (2 * b + 6 * t * x);
  };
  const size = value.reduce((most, v) => (Math.abs(v) > most && Number.isFinite(v) ? Math.abs(v) : most), 0);
  const seen: Looked = { value: 0, slope: 0, curvature: 0 };
  for (let c = 0; c < cells; c++) {
    good[c] = Number(
      probes.every((x) => {
        cubic(c, x, seen);
        return Math.abs(seen.value - law.value((c + x) / cells)) <= exact * size;
      }),
    );
  }
  return {
    at: (s, out) => {
      const place = s * cells;
      const c = Math.floor(place);
      if (c >= 0 && c < cells && good[c] === 1) {
        cubic(c, place - c, out);
        return;
      }
      out.value = law.value(s);
      out.slope = law.derivative(s);
      out.curvature = cells * (law.derivative(s + 0.5 / cells) - law.derivative(s - 0.5 / cells));
    },
  };
}
