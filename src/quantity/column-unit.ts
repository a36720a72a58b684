import { type Dimension, dimensionName, dimensions, scaled, toSi, unitRatio } from "./units.js";

/** How the numbers of a column become those that are wanted, or what is wrong with its unit. */
export type Converted =
  | { readonly ok: true; readonly of: (value: number) => number }
  | { readonly ok: false; readonly found: string; readonly allowed: string };

/** Units of a plain number, and what one of them is. */
const plainUnits: ReadonlyMap<string, number> = new Map([
  ["%", 0.01],
  ["percent", 0.01],
  ["1", 1],
  ["-", 1],
]);

/** What one unit of a share or another plain number is: 0.01 for %; undefined for the unit of a quantity. */
export function plainUnit(unit: string): number | undefined {
  return plainUnits.get(unit.trim());
}

/**
 * Converts a column with a unit in its name or beside it, whichever file it comes from.
 * @param name of the column, for messages
 * @param unit as written, undefined where there is none
 * @param wanted a dimension, for SI units; the unit that is wanted; or null for a plain number such as a share.
 */
export function columnConversion(
  name: string,
  unit: string | undefined,
  wanted: { readonly dimension: Dimension } | { readonly unit: string } | null,
): Converted {
  const found =
    unit === undefined ? `${JSON.stringify(name)} without a unit` : `the unit ${unit} of ${JSON.stringify(name)}`;
  if (wanted === null) return plainNumber(unit, found);
  if ("unit" in wanted) {
    const factor = unit === undefined ? 1 : unitRatio(unit, wanted.unit);
    if (factor !== undefined) return { ok: true, of: (value) => scaled(value, factor) };
    return { ok: false, found, allowed: `a unit that converts to ${wanted.unit}` };
  }
  const { dimension } = wanted;
  if (dimension === "temperature" && unit !== undefined && /^(°C|degC)$/.test(unit))
    return { ok: true, of: (value) => value + 273.15 };
  const one = unit === undefined ? undefined : toSi(`1 ${unit}`, dimension);
  if (one?.ok) return { ok: true, of: (value) => scaled(value, one.value) };
  return {
    ok: false,
    found,
    allowed: `the unit of a ${dimensionName(dimension)} such as ${dimensions[dimension].unit}`,
  };
}

function plainNumber(unit: string | undefined, found: string): Converted {
  const factor = unit === undefined ? 1 : plainUnit(unit);
  if (factor !== undefined) return { ok: true, of: (value) => scaled(value, factor) };
  return { ok: false, found, allowed: "a plain number: no unit, or %" };
}
