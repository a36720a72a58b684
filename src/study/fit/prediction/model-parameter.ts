import type { FitParameter } from "../../../inference/fit/parameter.js";
import { type Dimension, dimensionName, dimensions, toSi } from "../../../quantity/units.js";
import { nearest } from "../../../scenario/issues.js";
import { note, type Reading } from "../../../scenario/reading.js";

/** Parameters of a model by name; null for plain numbers. */
export type ModelParameters = Readonly<Record<string, Dimension | null>>;

/** Notes unknown names and wrong units. */
export function checkModelParameters(
  known: ModelParameters,
  parameters: readonly FitParameter[],
  reading: Reading,
): void {
  const names = Object.keys(known);
  for (const { name, unit } of parameters) {
    const path = ["parameters", name];
    if (!Object.hasOwn(known, name)) {
      note(reading, path, {
        found: `the unknown parameter "${name}"`,
        allowed: names.join(", "),
        ...nearest(name, names),
      });
      continue;
    }
    const dimension = known[name];
    const right = dimension === null ? unit === "" : toSi(`1 ${unit}`, dimension).ok;
    if (!right) note(reading, [...path, "from"], { allowed: allowedFor(dimension) });
  }
}

/** SI value of one unit of each parameter. */
export function unitScales(known: ModelParameters, parameters: readonly FitParameter[]): number[] {
  return parameters.map(({ name, unit }) => {
    const dimension = known[name] ?? null;
    if (dimension === null) return 1;
    const one = toSi(`1 ${unit}`, dimension);
    if (!one.ok) throw new RangeError(`The unit of ${name}: found ${unit}, ${one.reason}.`);
    return one.value;
  });
}

/** Notes what is wrong with parameters that are held at a value, under `predict.set`. */
export function checkHeld(
  set: Readonly<Record<string, number | string>>,
  known: ModelParameters,
  parameters: readonly FitParameter[],
  reading: Reading,
): void {
  const names = Object.keys(known);
  for (const [name, value] of Object.entries(set)) {
    const path = ["predict", "set", name];
    const dimension = known[name];
    if (dimension === undefined) {
      const found = `the unknown parameter "${name}"`;
      note(reading, path, { found, allowed: names.join(", "), ...nearest(name, names) });
    } else if (parameters.some((parameter) => parameter.name === name))
      note(reading, path, { allowed: "parameters that are not fitted" });
    else if (dimension === null ? typeof value !== "number" : !toSi(String(value), dimension).ok)
      note(reading, path, { allowed: allowedFor(dimension) });
  }
}

/** In SI units; the file has been checked. */
export function heldValue(dimension: Dimension | null, value: number | string): number {
  if (dimension === null) return Number(value);
  const converted = toSi(String(value), dimension);
  return converted.ok ? converted.value : Number.NaN;
}

function allowedFor(dimension: Dimension | null): string {
  if (dimension === null) return "a plain number";
  return `a ${dimensionName(dimension)} with its unit, such as "${dimensions[dimension].example}"`;
}
