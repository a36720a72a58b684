import type { Scenario } from "../scenario/scenario.js";
import type { SavedPlace } from "./checkpoint.js";
import { extensibleHash, type Manifest, type RecordedScenario, recordedScenario, scenarioHash } from "./manifest.js";

/** Whether a scenario goes on from a saved place. */
export type Continuation =
  /** `extended`: it repeats the protocol more often than the run was to. */
  | { readonly ok: true; readonly extended: boolean }
  /** What is not as it was, `key: was X → is Y`; empty when nothing says it. */
  | { readonly ok: false; readonly changes: readonly string[] };

/**
 * A run goes on with its own scenario, and with one that repeats the protocol more often and is the same in all else: it
 * ends in the same bits as if it had been started so, as nothing before the end of the protocol depends on how often it is
 * repeated.
 * @param manifest of the folder
 */
export function continuation(scenario: Scenario, place: SavedPlace, manifest: Manifest | undefined): Continuation {
  if (place.scenarioSha256 === scenarioHash(scenario)) return { ok: true, extended: false };
  const { repeat } = scenario.protocol;
  const before = manifest?.scenarioSha256 === place.scenarioSha256 ? manifest.scenario : undefined;
  const kept = fieldsAreKept(scenario, place, before);
  if (place.extensibleSha256 === extensibleHash(scenario) && repeat > place.repeat && kept)
    return { ok: true, extended: true };
  return { ok: false, changes: before === undefined ? [] : changesOf(before, scenario) };
}

/** Whether fields were written wherever the scenario wants them in cycles that are over. */
function fieldsAreKept({ outputs }: Scenario, { repeat }: SavedPlace, before: RecordedScenario | undefined): boolean {
  const had = new Set(before?.outputs.fieldCycles);
  return outputs.fieldCycles.every((cycle) => cycle > repeat || had.has(cycle));
}

function changesOf(before: RecordedScenario, scenario: Scenario): readonly string[] {
  const now = JSON.parse(JSON.stringify(recordedScenario(scenario))) as unknown;
  const [was, is] = [flat(before), flat(now)];
  const keys = [...new Set([...was.keys(), ...is.keys()])].filter((key) => key !== "title");
  const changes = keys.filter((key) => was.get(key) !== is.get(key));
  const shown = (value: string | undefined) => value ?? "nothing";
  const most = 8;
  const lines = changes.slice(0, most).map((key) => `${key}: was ${shown(was.get(key))} → is ${shown(is.get(key))}`);
  if (changes.length > most) lines.push(`and ${changes.length - most} more`);
  return lines.length > 0 || scenario.network === null ? lines : ["the particles of the network"];
}

/** Values by dotted key. */
function flat(value: unknown, key = "", into = new Map<string, string>()): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return into.set(key, JSON.stringify(value));
  for (const [name, inner] of Object.entries(value)) flat(inner, key === "" ? name : `${key}.${name}`, into);
  return into;
}
