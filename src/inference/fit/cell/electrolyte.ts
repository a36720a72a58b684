import { FARADAY } from "../../../fem/law/faraday.js";
import { tridiagonalSolver } from "../../../fem/linear/tridiagonal.js";
import { mean } from "../../../statistics/mean.js";
import type { CellParameters } from "./parameter-set.js";

/**
 * Salt across the cell, with the reaction spread evenly over each electrode:
 *   ε ∂c/∂t = ∂_x(D(c) ε^b ∂_x c) + (1 − t₊) j/F,   j = ±I/(A L)
 * by finite volumes, implicit in time with D taken from the step before. Source: S. G. Marquis, V. Sulzer, R. Timms,
 * C. P. Please, S. J. Chapman, J. Electrochem. Soc. 166 (2019) A3693–A3706 (SPMe).
 */
export interface SaltProfile {
  /**
   * @param current A, positive on discharge
   * @param faster than at the reference temperature, by this factor
   */
  step(duration: number, current: number, faster: number): void;
  /** V: what the salt's gradient and its resistance take from the cell, at a thermal voltage. */
  drop(current: number, thermalVoltage: number, faster: number): number;
  /** mol/m³, mean over an electrode. */
  readonly negative: number;
  readonly positive: number;
}

/** Cells in the negative electrode, the separator and the positive electrode. */
const cells = [12, 4, 12] as const;

/** mol/m³; an electrode is never quite empty of salt. */
const least = 1;

export function saltProfile(cell: CellParameters): SaltProfile {
  const { negative, separator, positive, area, bruggeman, electrolyte } = cell;
  const regions = [negative, separator, positive];
  const width = regions.flatMap(({ thickness }, r) => new Array<number>(cells[r]).fill(thickness / cells[r]));
  const porosity = regions.flatMap((region, r) => new Array<number>(cells[r]).fill(region.porosity));
  const n = width.length;
  const c = new Float64Array(n).fill(electrolyte.concentration);
  const { matrices, factor, solve } = tridiagonalSolver(n);
  const resistance = new Float64Array(n);
  const source = (k: number) =>
    k < cells[0] ? 1 / negative.thickness : k >= n - cells[2] ? -1 / positive.thickness : 0;
  return {
    step(duration, current, faster) {
      for (let k = 0; k < n; k++)
        resistance[k] = width[k] / 2 / (faster * electrolyte.diffusivity(c[k]) * porosity[k] ** bruggeman);
      const supply = ((1 - electrolyte.transference) * current) / (FARADAY * area);
      let before = 0;
      for (let k = 0; k < n; k++) {
        const after = k + 1 < n ? 1 / (resistance[k] + resistance[k + 1]) : 0;
        const store = (porosity[k] * width[k]) / duration;
        matrices.diagonal[k] = store + before + after;
        if (k + 1 < n) matrices.next[k] = -after;
        c[k] = store * c[k] + supply * source(k) * width[k];
        before = after;
      }
      factor();
      solve(c, c);
      for (let k = 0; k < n; k++) c[k] = Math.max(least, c[k]);
    },
    drop: (current, thermalVoltage, faster) => dropAcross(cell, c, current, thermalVoltage, faster),
    get negative() {
      return mean(c.subarray(0, cells[0]));
    },
    get positive() {
      return mean(c.subarray(n - cells[2]));
    },
  };
}

/** What the salt's gradient takes, and its resistance: current enters and leaves evenly over the electrodes. */
function dropAcross(
  { negative, separator, positive, area, bruggeman, electrolyte }: CellParameters,
  c: Float64Array,
  current: number,
  thermalVoltage: number,
  faster: number,
): number {
  const [first, last] = [c.subarray(0, cells[0]), c.subarray(c.length - cells[2])];
  const between = c.subarray(cells[0], c.length - cells[2]);
  const conductivity = (part: Float64Array, porosity: number) =>
    faster * electrolyte.conductivity(mean(part)) * porosity ** bruggeman;
  const ohmic =
    negative.thickness / (3 * conductivity(first, negative.porosity)) +
    separator.thickness / conductivity(between, separator.porosity) +
    positive.thickness / (3 * conductivity(last, positive.porosity));
  const logs = mean(first.map(Math.log)) - mean(last.map(Math.log));
  return 2 * (1 - electrolyte.transference) * thermalVoltage * logs + (current / area) * ohmic;
}
