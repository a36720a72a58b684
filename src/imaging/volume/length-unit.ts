/** Prefixes of units, as powers of ten. */
const prefixes: readonly (readonly [string, string, number])[] = [
  ["", "", 0],
  ["yotta", "Y", 24],
  ["zetta", "Z", 21],
  ["exa", "E", 18],
  ["peta", "P", 15],
  ["tera", "T", 12],
  ["giga", "G", 9],
  ["mega", "M", 6],
  ["kilo", "k", 3],
  ["hecto", "h", 2],
  ["deci", "d", -1],
  ["centi", "c", -2],
  ["milli", "m", -3],
  ["micro", "u", -6],
  ["nano", "n", -9],
  ["pico", "p", -12],
  ["femto", "f", -15],
  ["atto", "a", -18],
  ["zepto", "z", -21],
  ["yocto", "y", -24],
];

/** µm in each unit of length that headers of image files use (NGFF and OME list theirs); symbols by their case. */
const micrometres: ReadonlyMap<string, number> = new Map<string, number>([
  ...prefixes.flatMap(([word, symbol, power]) => {
    const scale = Number(`1e${power + 6}`);
    return [`${word}meter`, `${word}metre`, `${word}meters`, `${word}metres`, `${symbol}m`].map(
      (name) => [name, scale] as const,
    );
  }),
  ...(["\u00b5m", "\u03bcm", "\\u00b5m", "micron", "microns"] as const).map((name) => [name, 1] as const),
  ...(["\u00e5", "\u00c5", "\u212b", "angstrom", "angstroms"] as const).map((name) => [name, 1e-4] as const),
  ...(["inch", "inches", "in"] as const).map((name) => [name, 25_400] as const),
  ...(["foot", "feet", "ft"] as const).map((name) => [name, 304_800] as const),
  ...(["yard", "yards", "yd"] as const).map((name) => [name, 914_400] as const),
  ...(["mile", "miles", "mi"] as const).map((name) => [name, 1_609_344_000] as const),
  ["parsec", 3.0856776e22],
]);

/** µm in a unit, or null when the word is no unit of length (pixel, voxel, none). */
function micrometresIn(unit: string): number | null {
  const word = unit.trim();
  return micrometres.get(word) ?? micrometres.get(word.toLowerCase()) ?? null;
}

/** An edge in µm rounded to 12 digits, so that 2.51 pixels a µm gives the number a person wrote. */
export function edge(value: number, unit: string): number | null {
  const scale = micrometresIn(unit);
  if (scale === null || !Number.isFinite(value) || value <= 0) return null;
  return Number((value * scale).toPrecision(12));
}
