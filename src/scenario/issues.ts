import { distance } from "fastest-levenshtein";
import type * as z from "zod";
import { type Located, placeOf } from "./document.js";
import { type Fault, type Place, shown } from "./faults.js";
import { formerHint } from "./former-keys.js";

/** The faults behind a failed parse, each at its place in the file. */
export function faultsOf(error: z.ZodError, located: Located, file: string): Fault[] {
  const faults = error.issues.flatMap((issue) => issueFaults(issue, [], located, file));
  const meant = new Set(faults.map(meantKey));
  return faults.filter(({ key, found }) => !(found === "nothing" && meant.has(key)));
}

type Issue = z.core.$ZodIssue;

function issueFaults(issue: Issue, above: readonly PropertyKey[], located: Located, file: string): Fault[] {
  const path = [...above, ...issue.path];
  const found = valueAt(located.value, path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key, k) => unknownKey(key, path, issue.message, located, file, k < mostMatched));
  if (issue.code === "invalid_union") {
    const branch = nearestBranch(issue, found);
    if (branch) return branch.flatMap((inner) => issueFaults(inner, path, located, file));
  }
  return [
    {
      place: placeOf(located.places, path, file),
      key: path.map(String).join("."),
      found: shown(found),
      allowed: allowedText(issue),
      ...hintOf(issue, found),
      ...formerHint(path, found),
    },
  ];
}

function allowedText(issue: Issue): string {
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return issue.options.flatMap((option) => (option === undefined ? [] : [String(option)])).join(" | ");
  }
  if (issue.code === "invalid_union" && issue.discriminator !== undefined) return "a mapping with the key kind";
  return issue.message;
}

function hintOf(issue: Issue, found: unknown): { hint?: string } {
  const hint = issue.code === "custom" ? issue.params?.hint : undefined;
  if (typeof hint === "string") return { hint: `this is ${hint}` };
  if (typeof found === "number" && / with its unit/.test(issue.message)) return { hint: "a bare number has no unit" };
  if (issue.code === "invalid_value" && typeof found === "string") return nearest(found, issue.values.map(String));
  return {};
}

/** The branch of a union that was meant: the first that does not fail on the type of the value itself. */
function nearestBranch(issue: Issue & { code: "invalid_union" }, found: unknown): readonly Issue[] | undefined {
  if (found === undefined || found === null || !("errors" in issue)) return undefined;
  const meant = issue.errors.filter((branch) => !branch.some((inner) => inner.path.length === 0 && wrongType(inner)));
  return [...meant].sort((a, b) => a.length - b.length)[0];
}

function wrongType(issue: Issue): boolean {
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

/** The key that an unknown one was probably meant to be: that one is then not missing as well. */
function meantKey({ key, hint }: Fault): string | undefined {
  const word = /^did you mean (\w+)\?$/.exec(hint ?? "")?.[1];
  return word === undefined ? undefined : [...key.split(".").slice(0, -1), word].join(".");
}

/** Unknown keys of a mapping that are matched against the known ones; of more, only the number matters. */
const mostMatched = 20;

function unknownKey(
  key: string,
  path: readonly PropertyKey[],
  keys: string,
  located: Located,
  file: string,
  match: boolean,
): Fault {
  const own = [...path, key];
  return {
    place: placeOf(located.places, own, file),
    key: own.map(String).join("."),
    found: `the unknown key ${shown(key)}`,
    allowed: keys,
    ...(match ? nearest(key, keys.split(", ")) : {}),
    ...formerHint(own),
  };
}

/** A hint with the nearest of the allowed words, when one is near enough. */
export function nearest(word: string, allowed: readonly string[]): { hint?: string } {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of allowed) {
    const letters = distance(word.toLowerCase(), candidate.toLowerCase());
    if (letters < least) [best, least] = [candidate, letters];
  }
  return best === undefined ? {} : { hint: `did you mean ${best}?` };
}

/** The value at a path, undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return here;
}

/** A fault about the value at a path. */
export function faultAt(
  located: Located,
  file: string,
  path: readonly PropertyKey[],
  what: { readonly found?: string; readonly allowed: string; readonly hint?: string },
): Fault {
  const place: Place = placeOf(located.places, path, file);
  const found = what.found ?? shown(valueAt(located.value, path));
  return {
    place,
    key: path.map(String).join("."),
    found,
    allowed: what.allowed,
    ...(what.hint ? { hint: what.hint } : {}),
  };
}
