import type { CellHistory } from "./discharge.js";
import type { CellParameters } from "./parameter-set.js";

/** V, over which a voltage beyond the window is pressed together. */
const width = 0.05;

/** Voltages of a cell that stops at the ends of its window. */
export interface LimitedVoltage {
  /** V; from `end` on a continuation for fits to find their way by, never far outside the window. */
  readonly voltage: Float64Array;
  /** Number of moments before the window is left; that of all moments where it is not. */
  readonly end: number;
  /** V, the limit that ends it, or null. */
  readonly limit: number | null;
}

/**
 * Ends a computed voltage where a discharge passes the lower limit of the cell's window or a charge the upper, as a cycler
 * does. Beyond a limit by d the voltage goes on as w ln(1 + d/w), w = 50 mV: finite slopes, and no voltage that no cell has.
 * @param voltage V, at each moment of the history, as the equations have it
 */
export function limitedVoltage(
  { window: [lower, upper] }: Pick<CellParameters, "window">,
  { current }: Pick<CellHistory, "current">,
  voltage: Float64Array,
): LimitedVoltage {
  const leaves = (v: number, k: number) =>
    !Number.isFinite(v) || (current[k] < 0 && v < lower) || (current[k] > 0 && v > upper);
  const found = voltage.findIndex(leaves);
  if (found < 0) return { voltage, end: voltage.length, limit: null };
  const limit = current[found] > 0 ? upper : lower;
  const pressed = (v: number) => {
    if (!Number.isFinite(v)) return limit;
    if (v < lower) return lower - width * Math.log1p((lower - v) / width);
    return v > upper ? upper + width * Math.log1p((v - upper) / width) : v;
  };
  return {
    voltage: voltage.map((v, k) => (k < found ? v : pressed(v))),
    end: found,
    limit,
  };
}
