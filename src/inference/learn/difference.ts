import { type Group, groups } from "./attribute.js";
import { type Band, bandOf, groupShares } from "./contribution.js";
import { rankCorrelation } from "./correlation.js";
import type { Ranking } from "./ranking.js";

/** A ranked table with the names and groups of its attributes. */
export interface RankedState {
  readonly name: string;
  readonly names: readonly string[];
  readonly groups: readonly Group[];
  readonly ranking: Ranking;
}

/** How contributions changed from one state to another: later minus earlier. */
export interface Difference {
  readonly from: string;
  readonly to: string;
  /** Mean and spread over the runs, like with like; attributes that both have. */
  readonly attributes: readonly (Band & { readonly name: string; readonly group: Group })[];
  readonly groupShares: Readonly<Record<Group, Band>>;
  /** Groups whose 95 % bands do not overlap. */
  readonly apart: readonly Group[];
  /** Spearman's ρ between the mean contributions in the two states. */
  readonly rankAgreement: number;
}

/** The difference of two states, or null when one of them could not be ranked. */
export function differenceOf(from: RankedState, to: RankedState): Difference | null {
  const [a, b] = [from.ranking, to.ranking];
  if (!a.groupShares || !b.groupShares) return null;
  const names = from.names.filter((name) => to.names.includes(name));
  const pairs = Math.min(a.runs.length, b.runs.length);
  const attributes = names.map((name) => {
    const [i, j] = [from.names.indexOf(name), to.names.indexOf(name)];
    const changes = Array.from({ length: pairs }, (_, r) => b.runs[r].meanAbsShap[j] - a.runs[r].meanAbsShap[i]);
    return { name, group: from.groups[i], ...bandOf(changes) };
  });
  const shareChange = (group: Group) =>
    bandOf(
      Array.from(
        { length: pairs },
        (_, r) => groupShares(b.runs[r], to.groups)[group] - groupShares(a.runs[r], from.groups)[group],
      ),
    );
  const mean = (state: RankedState) =>
    Float64Array.from(names, (name) => state.ranking.contributions[state.names.indexOf(name)].mean);
  return {
    from: from.name,
    to: to.name,
    attributes,
    groupShares: Object.fromEntries(groups.map((group) => [group, shareChange(group)])) as Record<Group, Band>,
    apart: groups.filter((group) => {
      const [early, late] = [a.groupShares![group], b.groupShares![group]];
      return early.low > late.high || late.low > early.high;
    }),
    rankAgreement: names.length < 4 ? Number.NaN : rankCorrelation(mean(from), mean(to)).r,
  };
}
