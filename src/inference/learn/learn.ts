import type { ParticleTable } from "../../table/particle-table.js";
import { attributeOf, chooseAttributes } from "../forest/samples.js";
import type { Group } from "./attribute.js";
import type { ContributionSettings } from "./contribution.js";
import { type PermutedControl, type PlantedControl, permutedControl, plantedControls } from "./control.js";
import { alikeAttributes, type Correlation, correlationMatrix, pearson } from "./correlation.js";
import { type Crew, oneThread } from "./crew.js";
import { auditLeakage, type Leak } from "./leakage.js";
import { type PreparationSettings, type Prepared, prepare } from "./preparation.js";
import { type Ranking, rankAttributes } from "./ranking.js";
import { withSurroundings } from "./surroundings.js";

/** How a table is learned from. */
export interface LearnSettings extends PreparationSettings, ContributionSettings {}

/** What one table tells about its target. */
export interface Learned extends Prepared {
  readonly name: string;
  readonly ranking: Ranking;
  /** Pearson's r of each attribute with the target. [attribute] */
  readonly pearson: readonly Correlation[];
  /** Sets of attributes that tell much the same, by index. */
  readonly alike: readonly (readonly number[])[];
  readonly leakage: readonly Leak[];
  /** The same without the attributes that leak; null when none does or no other is left. */
  readonly leakFree: (Ranking & { readonly names: readonly string[]; readonly groups: readonly Group[] }) | null;
  readonly permuted: PermutedControl;
  readonly planted: readonly PlantedControl[];
}

/**
 * Learns what drives the target in one particle table: scores, contributions, the audit for leaks, and controls.
 * @param say is told how far it has come.
 * @param crew grows the forests; the result is the same to the bit whoever does.
 * @throws RangeError for a table that cannot be learned from.
 */
export async function learnTable(
  name: string,
  table: ParticleTable,
  settings: LearnSettings,
  say: (message: string) => void = () => undefined,
  crew: Crew = oneThread,
): Promise<Learned> {
  const { table: whole, note } = withSurroundings(table);
  const found = prepare(whole, settings);
  const prepared = { ...found, notes: note === null ? found.notes : [...found.notes, note] };
  const { samples, groups } = prepared;
  const total = settings.seeds + settings.subsamples;
  const progress = (what: string) => (done: number) => say(`${name}: ${what}, forest ${done} of ${total}`);
  const alike = alikeAttributes(correlationMatrix(samples), samples.names.length);
  const ranking = await rankAttributes(samples, groups, settings, crew, progress("all attributes"));
  const leakage = auditLeakage(samples);
  const leaks = leakage.filter(({ leftOut }) => leftOut);
  const clean = samples.names.filter((name) => !leaks.some(({ attribute }) => attribute === name));
  const leakFree =
    leaks.length === 0 || clean.length === 0
      ? null
      : await rankClean(prepared, clean, settings, crew, progress("without leaks"));
  say(`${name}: controls`);
  return {
    ...prepared,
    name,
    ranking,
    pearson: samples.names.map((attribute) => pearson(attributeOf(samples, attribute), samples.target)),
    alike,
    leakage,
    leakFree,
    permuted: await permutedControl(samples, settings, crew),
    planted: await plantedControls(samples, groups, alike, settings, crew),
  };
}

async function rankClean(
  { samples, groups }: Prepared,
  names: readonly string[],
  settings: LearnSettings,
  crew: Crew,
  each: (done: number) => void,
) {
  const own = names.map((name) => groups[samples.names.indexOf(name)]);
  const ranking = await rankAttributes(chooseAttributes(samples, names), own, settings, crew, each);
  return { ...ranking, names, groups: own };
}
