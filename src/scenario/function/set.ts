import { TRUSTED } from "../../fem/law/continuation.js";
import { activeMaterials } from "../../fem/material/library.js";
import { nearest } from "../issues.js";
import { note, type Reading } from "../reading.js";
import type { SaidForm } from "./form.js";
import type { PhysicalFunction } from "./physical-function.js";

type OfSet = {
  readonly set: string;
};

/** Names of the published sets. */
export const materialNames = Object.keys(activeMaterials);

/** The function of a published set. */
export const set = {
  key: "set",
  positive: true,
  settled: (name: string, { path, reading }) => {
    knownSet(name, path, reading);
    return { set: name };
  },
  source: (name: string) => name,
  law: ({ set }: OfSet, which) => activeMaterials[set][which],
  known: ({ set }: OfSet, which) => activeMaterials[set]?.[which].validity,
  constant: ({ set }: OfSet, which) => sameThroughout(set, which),
} as const satisfies SaidForm;

/** The set of a name; undefined, and noted at `path`, where there is none. */
export function knownSet(name: string, path: readonly PropertyKey[], reading: Reading) {
  if (Object.hasOwn(activeMaterials, name)) return activeMaterials[name];
  note(reading, path, { allowed: materialNames.join(" | "), ...nearest(name, materialNames) });
  return undefined;
}

function sameThroughout(name: string, which: PhysicalFunction): boolean {
  const { value } = activeMaterials[name][which];
  const [low, high] = TRUSTED;
  const at = [0, 0.25, 0.5, 0.75, 1].map((share) => value(low + share * (high - low)));
  return at.every((each) => each === at[0]);
}
