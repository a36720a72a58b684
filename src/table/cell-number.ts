/** How a table writes the decimal sign; `both` when some cells have commas and some points, so that neither can be trusted. */
export type DecimalSign = "." | "," | "both";

const plain = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?$/;
const comma = /^[-+]?(?:\d+,\d*|,\d+)(?:[eEdD][-+]?\d+)?$/;
const missing = /^(?:nan|na|n\/a|#n\/a|null|none)?$/i;
const infinite = /^([-+]?)inf(?:inity)?$/i;
const clock = /^(?:(\d+)d[ ,]*)?(\d+):([0-5]?\d):([0-5]?\d(?:[.,]\d*)?)$/;

/** Whether a cell is a number with a decimal sign, and which. */
export function decimalSign(cell: string): "." | "," | undefined {
  const own = withAsciiSigns(cell);
  if (comma.test(own)) return ",";
  return own.includes(".") && plain.test(own) ? "." : undefined;
}

/**
 * The number in a cell: NaN where there is none (an empty cell, `NaN`, `NA`, `null`), ±Infinity for `inf`, 1 and 0 for true
 * and false.
 * @returns undefined for a cell that is no number, or whose decimal sign is in doubt.
 */
export function cellNumber(cell: string, decimal: DecimalSign): number | undefined {
  const own = withAsciiSigns(cell);
  if (own === "") return Number.NaN;
  if (plain.test(own)) return decimal === "both" && own.includes(".") ? undefined : finite(own);
  if (decimal === "," && comma.test(own)) return finite(own.replace(",", "."));
  if (missing.test(own)) return Number.NaN;
  const sign = infinite.exec(own)?.[1];
  if (sign !== undefined) return sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^true$/i.test(own)) return 1;
  return /^false$/i.test(own) ? 0 : undefined;
}

/** Seconds of a clock such as `01:30:00`, `100:00:00.5` or `1d 02:00:00`; undefined for anything else. */
export function clockSeconds(cell: string): number | undefined {
  const [, days = "0", hours, minutes, seconds] = clock.exec(cell.trim()) ?? [];
  if (hours === undefined) return undefined;
  return ((24 * Number(days) + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds.replace(",", "."));
}

function finite(text: string): number | undefined {
  const value = Number(text.replace(/d/i, "e"));
  return Number.isFinite(value) ? value : undefined;
}

/** White space away, and typographic minus signs as plain ones. */
function withAsciiSigns(cell: string): string {
  return cell.trim().replace(/^[\u2212\u2013]/, "-");
}
