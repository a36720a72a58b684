/** µm in each unit of length that headers of image files use, in lower case. */
const micrometres: Readonly<Record<string, number>> = {
  um: 1,
  "\u00b5m": 1,
  "\u03bcm": 1,
  "\\u00b5m": 1,
  micron: 1,
  microns: 1,
  micrometer: 1,
  micrometre: 1,
  nm: 1e-3,
  nanometer: 1e-3,
  nanometre: 1e-3,
  "\u00e5": 1e-4,
  angstrom: 1e-4,
  mm: 1e3,
  millimeter: 1e3,
  millimetre: 1e3,
  cm: 1e4,
  centimeter: 1e4,
  centimetre: 1e4,
  m: 1e6,
  meter: 1e6,
  metre: 1e6,
  inch: 25_400,
  in: 25_400,
};

/** µm in a unit, or null when the word is no unit of length (pixel, voxel, none). */
function micrometresIn(unit: string): number | null {
  return micrometres[unit.trim().toLowerCase()] ?? null;
}

/** An edge in µm rounded to 12 digits, so that 2.51 pixels a µm gives the number a person wrote. */
export function edge(value: number, unit: string): number | null {
  const scale = micrometresIn(unit);
  if (scale === null || !Number.isFinite(value) || value <= 0) return null;
  return Number((value * scale).toPrecision(12));
}
