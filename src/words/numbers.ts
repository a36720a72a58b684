/** A number with so many significant digits; four are what a figure shows. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

/** Significant digits for a line of text, without zeros behind; other words where there is no number. */
export function digitsOf(value: number | null, digits = 3, none = "–"): string {
  return value === null || !Number.isFinite(value) ? none : String(rounded(value, digits));
}

/** Significant digits for reading, or a dash; powers of ten where the number is very large or small. */
export function figures(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const minus = (text: string) => text.replace("-", "−");
  if (size === 0 || (size < 1e6 && size >= 1e-3)) return minus(digitsOf(value, digits));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e") as [string, string];
  const raised = [...String(Number(exponent))]
    .map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]))
    .join("");
  return `${minus(String(Number(mantissa)))}×10${raised}`;
}
