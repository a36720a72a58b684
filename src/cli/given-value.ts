import { toSi } from "../quantity/units.js";
import { rounded } from "../words/numbers.js";
import { CommandFailed } from "./failure.js";

/** A length as text in µm. @throws CommandFailed with status 2 */
export function micrometres(text: string, option: string): number {
  const converted = toSi(text, "length");
  if (converted.ok && converted.value >= 0) return rounded(1e6 * converted.value, 12);
  const reason = converted.ok ? "a negative length" : converted.reason;
  throw new CommandFailed(
    2,
    `${option}: found ${text} (${reason}); allowed: a length with its unit, such as "398 nm".`,
  );
}

/** A plain number. @throws CommandFailed with status 2 */
export function numberOption(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new CommandFailed(2, `${option}: found ${text}; allowed: a number.`);
}

/** A whole number from 1 on. @throws CommandFailed with status 2 */
export function countOption(text: string, option: string): number {
  const value = numberOption(text, option);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new CommandFailed(2, `${option}: found ${text}; allowed: a whole number from 1 on.`);
}
