import { Unreadable } from "./unreadable.js";

/**
 * The array that is read of a file that may hold several: the only one, or the one asked for.
 * @param looks how arrays of such a file look, for a file that has none
 * @throws Unreadable which lists the names
 */
export function chosenArray(path: string, names: readonly string[], wanted: string | undefined, looks: string): string {
  const bare = wanted?.replace(/^\/+|\/+$/g, "");
  const found = bare === undefined && names.length === 1 ? names[0] : names.find((name) => name === bare);
  if (found !== undefined) return found;
  if (names.length === 0) throw new Unreadable(path, `found no ${looks} in it.`);
  const list = `${names.slice(0, 20).join(", ")}${names.length > 20 ? ` and ${names.length - 20} more` : ""}`;
  const asked = bare === undefined ? "" : `no ${bare}, but `;
  throw new Unreadable(path, `found ${asked}the arrays ${list}; choose one: --dataset ${names[0]}.`);
}
