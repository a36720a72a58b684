import { FARADAY } from "../../../fem/law/faraday.js";
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
  const [upper, right] = [new Float64Array(n), new Float64Array(n)];
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
        const pivot = store + before + after - (k > 0 ? before * upper[k - 1] : 0);
        upper[k] = after / pivot;
        const own = store * c[k] + supply * source(k) * width[k];
        right[k] = (own + (k > 0 ? before * right[k - 1] : 0)) / pivot;
        before = after;
      }
      for (let k = n - 1; k >= 0; k--) c[k] = right[k] + (k + 1 < n ? upper[k] * c[k + 1] : 0);
      for (let k = 0; k < n; k++) c[k] = Math.max(least, c[k]);
    },
    drop: (current, thermalVoltage, faster) => dropAcross(cell, c, current, thermalVoltage, faster),
    get negative() {
      return meanOf(c.subarray(0, cells[0]), itself);
    },
    get positive() {
      return meanOf(c.subarray(n - cells[2]), itself);
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
    faster * electrolyte.conductivity(meanOf(part, itself)) * porosity ** bruggeman;
  const ohmic =
    negative.thickness / (3 * conductivity(first, negative.porosity)) +
    separator.thickness / conductivity(between, separator.porosity) +
    positive.thickness / (3 * conductivity(last, positive.porosity));
  const logs = meanOf(first, Math.log) - meanOf(last, Math.log);
  return 2 * (1 - electrolyte.transference) * thermalVoltage * logs + (current / area) * ohmic;
}

const itself = (value: number) => value;

function meanOf(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum / values.length;
}
