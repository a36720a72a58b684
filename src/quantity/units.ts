import Qty from "js-quantities";

/** The dimensions that input files use, each with its SI unit and an example of how a value is written. */
export const dimensions = {
  length: { unit: "m", example: "5 um" },
  time: { unit: "s", example: "10 min" },
  frequency: { unit: "1/s", example: "2.5e-3 1/s" },
  temperature: { unit: "K", example: "298.15 K" },
  voltage: { unit: "V", example: "4.3 V" },
  pressure: { unit: "Pa", example: "140 GPa" },
  rate: { unit: "C", example: "5C" },
  angle: { unit: "rad", example: "90 deg" },
  conductivity: { unit: "S/m", example: "1 S/m" },
  diffusivity: { unit: "m^2/s", example: "5e-14 m^2/s" },
  concentration: { unit: "mol/m^3", example: "51765 mol/m^3" },
  electronDensity: { unit: "1/m^3", example: "1.35 1/angstrom^3" },
  molarVolume: { unit: "m^3/mol", example: "1.84e-6 m^3/mol" },
  currentDensity: { unit: "A/m^2", example: "2 A/m^2" },
  areaResistance: { unit: "ohm*m^2", example: "0.2 ohm m^2" },
  areaConductance: { unit: "S/m^2", example: "100 S/m^2" },
  stiffness: { unit: "Pa/m", example: "1e16 Pa/m" },
  toughness: { unit: "J/m^2", example: "1.5 J/m^2" },
  current: { unit: "A", example: "5 A" },
  resistance: { unit: "ohm", example: "20 mohm" },
  molarEnergy: { unit: "J/mol", example: "30 kJ/mol" },
} as const;

export type Dimension = keyof typeof dimensions;

/** Words for a dimension: `areaResistance` → `area resistance`. */
export function dimensionName(dimension: Dimension): string {
  return dimension.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export type Conversion =
  | { readonly ok: true; readonly value: number }
  /** `reason` is what is wrong with the text, as a clause. */
  | { readonly ok: false; readonly reason: string };

/**
 * A number with its unit, in SI units (rates as multiples of C).
 * The text is at most 80 characters; a missing unit, an unknown unit and a wrong dimension are told apart.
 */
export function toSi(text: string, dimension: Dimension): Conversion {
  const plain = plainUnits(text.trim());
  if (plain.length > 80) return { ok: false, reason: "a text longer than 80 characters" };
  if (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(plain)) return { ok: false, reason: "a number without a unit" };
  if (dimension === "rate") return rate(plain);
  if (dimension === "temperature") return temperature(plain);
  return quantity(plain, dimension);
}

/** The unit in brackets at the end of a column's name, such as V of `Cell voltage [V]`. */
export function unitOf(column: string): string | undefined {
  return /\[([^\]]+)\]\s*$/.exec(column)?.[1].trim();
}

/** How many of one unit make another: 0.001 for mV in V. Undefined where they do not convert, or no such unit is known. */
export function unitRatio(from: string, to: string): number | undefined {
  if (from === to) return 1;
  try {
    const unit = new Qty(`1 ${plainUnits(from)}`);
    return unit.isCompatible(plainUnits(to)) ? unit.to(plainUnits(to)).scalar : undefined;
  } catch {
    return undefined;
  }
}

/** A value in another unit, of which one is `factor`: rounded once where the factor is one over a whole number. */
export function scaled(value: number, factor: number): number {
  const parts = Math.round(1 / factor);
  return Math.abs(1 / factor - parts) < 1e-9 * parts ? value / parts : value * factor;
}

function plainUnits(text: string): string {
  return text
    .replaceAll("Ω", "ohm")
    .replaceAll("\u2126", "ohm")
    .replaceAll("·", "*")
    .replaceAll("²", "^2")
    .replaceAll("³", "^3");
}

function quantity(text: string, dimension: Dimension): Conversion {
  if (!/^[-+]?\.?\d/.test(text)) return { ok: false, reason: "no number with a known unit" };
  let parsed: Qty;
  try {
    parsed = new Qty(text);
  } catch {
    return { ok: false, reason: "no number with a known unit" };
  }
  if (parsed.isUnitless()) return { ok: false, reason: "a number without a unit" };
  const { unit } = dimensions[dimension];
  if (!parsed.isCompatible(unit)) return { ok: false, reason: `a unit that is no ${dimensionName(dimension)}` };
  return finite(parsed.baseScalar);
}

function rate(text: string): Conversion {
  const multiple = /^(\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+) ?C$/i.exec(text);
  if (multiple) return finite(Number(multiple[1]));
  const share = /^C ?\/ ?(\d+(?:\.\d*)?)$/i.exec(text);
  if (share) return finite(1 / Number(share[1]));
  return { ok: false, reason: "no multiple of C" };
}

function temperature(text: string): Conversion {
  const match = /^([-+]?\d+(?:\.\d*)?) ?(K|degC|°C)$/.exec(text);
  if (!match) return { ok: false, reason: "no temperature" };
  return finite(match[2] === "K" ? Number(match[1]) : Number(match[1]) + 273.15);
}

function finite(value: number): Conversion {
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, reason: "a number that is not finite" };
}
