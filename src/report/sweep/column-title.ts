/** `Rate [C]` → `Rate (C)`, as figures write units; `ohm m^2` becomes `Ω m²`. */
export function bracketed(column: string): string {
  return column.replace(/\[([^\]]+)\]$/, (_, unit: string) => `(${spelled(unit)})`);
}

/** A unit as it was typed, in the signs that print has for it. */
function spelled(unit: string): string {
  return unit
    .replace(/\bohm\b/g, "Ω")
    .replace(/\^?([23])\b/g, (_, power: string) => (power === "2" ? "²" : "³"))
    .replace(/\bum\b/g, "µm");
}
