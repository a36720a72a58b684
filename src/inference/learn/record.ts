import type { Encoded } from "../autoencoder/autoencoder.js";
import type { Group } from "./attribute.js";
import type { PermutedControl, PlantedControl } from "./control.js";
import { type Difference, differenceOf } from "./difference.js";
import type { Leak } from "./leakage.js";
import type { Learned, LearnSettings } from "./learn.js";
import type { Ranking } from "./ranking.js";
import { reproduction, type Statement } from "./reproduction.js";

/** An attribute's contribution over the runs, in units of the target, and its plain correlation with it. */
export interface AttributeRecord {
  readonly name: string;
  readonly group: Group;
  /** Mean of mean |SHAP| over the runs, and standard deviation; null when ranking was refused. */
  readonly meanAbsShap: number | null;
  readonly sd: number | null;
  /** Band that holds 95 % of the runs. */
  readonly band: readonly [number, number] | null;
  /** From 1; null when ranking was refused. */
  readonly rank: number | null;
  readonly pearson?: number;
  readonly pearsonP?: number;
}

/** What attributes that tell much the same add together; one alone where no other does. */
export interface SetRecord {
  readonly names: readonly string[];
  /** Mean of mean |sum of SHAP values| over the runs, and standard deviation. */
  readonly meanAbsShap: number;
  readonly sd: number;
  readonly band: readonly [number, number];
}

export interface RankingRecord extends Omit<Ranking, "contributions" | "sets" | "runs"> {
  readonly attributes: readonly AttributeRecord[];
  /** The largest first; empty when ranking was refused. */
  readonly sets: readonly SetRecord[];
  readonly runs: number;
}

export interface TableRecord extends RankingRecord {
  readonly name: string;
  readonly rows: number;
  readonly left: readonly { readonly name: string; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly alike: readonly (readonly string[])[];
  readonly leakage: readonly Leak[];
  readonly leakFree: RankingRecord | null;
  readonly autoencoder: AutoencoderRecord | null;
  readonly controls: { readonly permuted: PermutedControl; readonly planted: readonly PlantedControl[] };
}

/** An autoencoder of a table's attributes, without the codes of the particles. */
export type AutoencoderRecord = Omit<Encoded, "codes">;

/** `learn.json`. */
export interface LearnRecord {
  readonly version: string;
  readonly target: string;
  readonly settings: LearnSettings & { readonly preset: string };
  readonly tables: readonly TableRecord[];
  /** The last table against the first. */
  readonly difference: Difference | null;
  readonly leakFreeDifference: Difference | null;
  /** The first and the last state, without leaks, beside Li et al. (2022); null for one table, or where ranking was refused. */
  readonly reproduction: readonly Statement[] | null;
}

export function learnRecord(
  learned: readonly Learned[],
  settings: LearnSettings & { readonly preset: string },
  version: string,
  encoded: readonly (Encoded | null)[] = learned.map(() => null),
): LearnRecord {
  const [first, last] = [learned[0], learned[learned.length - 1]];
  const state = (each: Learned) => ({ ...each, names: each.samples.names });
  const clean = (each: Learned) => ({ ...state(each), ...each.leakFree, ranking: each.leakFree ?? each.ranking });
  const several = learned.length > 1;
  const anyLeak = first.leakFree !== null || last.leakFree !== null;
  const tables = learned.map((each, k) => tableRecord(each, encoded[k] ?? null));
  const ranked = (table: TableRecord) => table.leakFree ?? table;
  const cleanDifference = several ? differenceOf(clean(first), clean(last)) : null;
  return {
    version,
    target: settings.target,
    settings,
    tables,
    difference: several ? differenceOf(state(first), state(last)) : null,
    leakFreeDifference: anyLeak ? cleanDifference : null,
    reproduction: several
      ? reproduction([ranked(tables[0]), ranked(tables[tables.length - 1])], cleanDifference)
      : null,
  };
}

function tableRecord(learned: Learned, encoded: Encoded | null): TableRecord {
  const { name, samples, groups, left, notes, alike, leakage, leakFree, permuted, planted } = learned;
  const record = rankingRecord(learned.ranking, samples.names, groups);
  return {
    name,
    rows: samples.rows,
    ...record,
    attributes: record.attributes.map((attribute, k) => ({
      ...attribute,
      pearson: learned.pearson[k].r,
      pearsonP: learned.pearson[k].p,
    })),
    left,
    notes,
    alike: alike.map((set) => set.map((k) => samples.names[k])),
    leakage,
    leakFree: leakFree && rankingRecord(leakFree, leakFree.names, leakFree.groups),
    autoencoder: encoded && withoutCodes(encoded),
    controls: { permuted, planted },
  };
}

function withoutCodes({ codes: _, ...record }: Encoded): AutoencoderRecord {
  return record;
}

function rankingRecord(ranking: Ranking, names: readonly string[], groups: readonly Group[]): RankingRecord {
  const { contributions, scores, refusal, groupShares, runs, additivityError, noiseFloor } = ranking;
  const { stability, setStability, stabilityAboveNoise } = ranking;
  const order = contributions.map((_, k) => k).sort((a, b) => contributions[b].mean - contributions[a].mean);
  const attributes = names.map((name, k): AttributeRecord => {
    const found = contributions[k];
    const group = groups[k];
    if (!found) return { name, group, meanAbsShap: null, sd: null, band: null, rank: null };
    const { mean, sd, low, high } = found;
    return { name, group, meanAbsShap: mean, sd, band: [low, high], rank: order.indexOf(k) + 1 };
  });
  const sets = ranking.sets
    .map(
      ({ set, mean, sd, low, high }): SetRecord => ({
        names: set.map((k) => names[k]),
        meanAbsShap: mean,
        sd,
        band: [low, high],
      }),
    )
    .sort((a, b) => b.meanAbsShap - a.meanAbsShap);
  return {
    scores,
    refusal,
    attributes,
    sets,
    groupShares,
    stability,
    setStability,
    stabilityAboveNoise,
    noiseFloor,
    runs: runs.length,
    additivityError,
  };
}
