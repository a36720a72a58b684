import type { Dimension } from "../quantity/units.js";

/** Letters of SI prefixes before a unit. */
const prefix = "(?:Y|Z|E|P|T|G|M|k|h|da|d|c|m|u|µ|μ|n|p|f|a)?";
const number = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?";

const metre = "m|angstrom|Å|micron|micrometer|nanometer|meter|millimeter";
const second = "s|sec|seconds?|min|minutes?|h|hr|hours?|d|days?|weeks?|wk|years?|yr";
const ohm = "ohm|ohms|Ω|\u2126";
const pascal = "Pa|bar|psi|N|atm";
const joule = "J|eV|cal|N|Wh";

/** Units that a quantity of a dimension may be put together of. */
const units: Readonly<Record<Exclude<Dimension, "rate" | "temperature">, readonly string[]>> = {
  length: [metre],
  time: [second],
  frequency: ["1", second, "Hz|hertz"],
  voltage: ["V", "volts?"],
  pressure: [pascal, metre],
  angle: ["rad|radians?|deg|degrees?"],
  conductivity: ["S|siemens", ohm, metre],
  diffusivity: [metre, second],
  concentration: ["mol|M|l|L", metre],
  electronDensity: ["1", metre],
  molarVolume: ["mol|l|L", metre],
  currentDensity: ["A|amps?", metre],
  areaResistance: [ohm, metre],
  areaConductance: ["S|siemens", ohm, metre],
  stiffness: [pascal, metre],
  toughness: [joule, metre],
  current: ["A|amps?"],
  resistance: [ohm],
  molarEnergy: [joule, "mol"],
};

/**
 * A pattern for editors: a number with units of the dimension, in products, quotients and powers. It lets pass what cannot be
 * told apart by units alone (`5 m` for a conductivity); the program itself converts and decides.
 */
export function quantityPattern(dimension: Dimension): string {
  if (dimension === "rate") return `^\\s*(?:${number} ?[cC]|C ?/ ?\\d+(?:\\.\\d*)?)\\s*$`;
  if (dimension === "temperature") return `^\\s*${number} ?(?:K|degC|°C)\\s*$`;
  const unit = `(?:${prefix}(?:${units[dimension].join("|")})(?:\\^?-?\\d|²|³)?)`;
  return `^\\s*${number}\\s*${unit}(?:[\\s*·/()]*${unit})*[\\s)]*$`;
}
