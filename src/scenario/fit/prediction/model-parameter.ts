import type { FitParameter } from "../../../inference/fit/parameter.js";
import { nearest } from "../../issues.js";
import { note, type Reading } from "../../reading.js";
import { type Dimension, dimensionName, dimensions, toSi } from "../../units.js";

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
    const dimension = known[name]!;
    if (dimension === null) {
      if (unit !== "") note(reading, [...path, "from"], { allowed: "a plain number" });
    } else if (!toSi(`1 ${unit}`, dimension).ok)
      note(reading, [...path, "from"], {
        allowed: `a ${dimensionName(dimension)} with its unit, such as "${dimensions[dimension].example}"`,
      });
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
