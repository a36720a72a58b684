import { type Located, placeOf } from "./document.js";
import { InputFault } from "./faults.js";

/** What an input file is for: the command that takes it, and keys at its top that no other kind has. */
interface InputKind {
  readonly command: string;
  readonly signs: readonly string[];
}

const kinds = {
  scenario: { command: "run", signs: ["protocol", "geometry", "base"] },
  sweep: { command: "sweep", signs: ["scenario"] },
  fit: { command: "fit", signs: ["predict"] },
  stack: { command: "vegard", signs: ["synthetic", "pixelSize", "stiffness", "channels"] },
} as const satisfies Readonly<Record<string, InputKind>>;

export type InputKindName = keyof typeof kinds;

/**
 * Refuses a file that was written for another command, which says more than each of its keys being unknown.
 * Nothing happens where a file looks like none of the others, or like several.
 * @throws InputFault that names the command.
 */
export function refuseOtherKind({ value, places }: Located, file: string, wanted: InputKindName): void {
  if (typeof value !== "object" || value === null) return;
  const looks = Object.entries(kinds).filter(([, { signs }]) => signs.some((sign) => Object.hasOwn(value, sign)));
  const [name, kind] = looks[0] ?? [];
  if (looks.length !== 1 || name === wanted || !kind) return;
  const hint = `for this one: synchrode ${kind.command} ${file}`;
  throw new InputFault([
    { place: placeOf(places, [], file), key: "", found: `a ${name} file`, allowed: `a ${wanted} file`, hint },
  ]);
}
