import type { Layered } from "../../scenario/base.js";
import { pathKey } from "../../scenario/document.js";
import { InputFault, type Place, shown } from "../../scenario/faults.js";

/** A key of a scenario with the value that a sweep gives it. */
export interface Setting {
  /** Dotted path in the scenario file; items of lists are counted from 0. */
  readonly key: string;
  readonly value: unknown;
  /** Where the value stands, and its parts, by `pathKey` below it; the value itself is "". */
  readonly places: ReadonlyMap<string, Place>;
}

/** A setting as it travels to another process: of its places only the file, to which paths in it are relative. */
export interface PlainSetting {
  readonly key: string;
  readonly value: unknown;
  readonly file: string;
}

export function plainSetting({ key, value, places }: Setting): PlainSetting {
  return { key, value, file: places.get("")!.file };
}

export function placedSetting({ key, value, file }: PlainSetting): Setting {
  return { key, value, places: new Map([["", { file }]]) };
}

/**
 * A scenario file with settings laid over it; places of what was set point into the sweep file.
 * @throws InputFault when a key leads through a value that has no parts, or past the end of a list.
 */
export function withSettings(layered: Layered, settings: readonly Setting[]): Layered {
  let { value } = layered;
  const places = new Map(layered.places);
  for (const setting of settings) {
    const path = setting.key.split(".");
    value = replaced(value, path, 0, setting);
    const top = pathKey(path);
    for (const key of [...places.keys()]) if (key === top || key.startsWith(`${top}/`)) places.delete(key);
    for (const [below, place] of setting.places) places.set(below === "" ? top : `${top}/${below}`, place);
  }
  return { ...layered, value, places };
}

function replaced(here: unknown, path: readonly string[], depth: number, setting: Setting): unknown {
  if (depth === path.length) return setting.value;
  const step = path[depth];
  if (Array.isArray(here)) {
    const index = Number(step);
    if (!(Number.isInteger(index) && index >= 0 && index < here.length)) throw astray(here, path, depth, setting);
    return here.map((item, k) => (k === index ? replaced(item, path, depth + 1, setting) : item));
  }
  if (here !== undefined && here !== null && typeof here !== "object") throw astray(here, path, depth, setting);
  const mapping = (here ?? {}) as Record<string, unknown>;
  if (here === undefined && /^\d+$/.test(step)) throw astray(here, path, depth, setting);
  return { ...mapping, [step]: replaced(mapping[step], path, depth + 1, setting) };
}

function astray(here: unknown, path: readonly string[], depth: number, { key, places }: Setting): InputFault {
  const above = path.slice(0, depth).join(".");
  const found = `${path[depth]} in ${above}, which is ${shown(here)} in the scenario`;
  const allowed = Array.isArray(here)
    ? `an item of the list, from 0 to ${here.length - 1}`
    : `the key ${above} as a whole, or a part that the scenario has`;
  return new InputFault([{ place: places.get("")!, key, found, allowed }]);
}
