import type { Difference } from "./difference.js";
import { li2022Shares } from "./li2022.js";
import type { RankingRecord } from "./record.js";

/** One statement about an early and a late state, beside what is asked of a reproduction of Li et al., Science 376, 517 (2022). */
export interface Statement {
  readonly name: string;
  readonly found: number;
  /** What the paper's charts show; null where they show nothing of the kind. */
  readonly reference: number | null;
  /** In symbols. */
  readonly asked: string;
  readonly holds: boolean;
}

const [reference10, reference50] = [li2022Shares[0].shares, li2022Shares[1].shares];

/**
 * Whether own attributes dominate early and the neighbourhood late. Null where a state could not be ranked.
 * @param states the first and the last.
 */
export function reproduction(
  [early, late]: readonly [RankingRecord, RankingRecord],
  difference: Difference | null,
): readonly Statement[] | null {
  const [before, after] = [early.groupShares, late.groupShares];
  if (!before || !after || !difference) return null;
  const statement = (
    name: string,
    found: number,
    [least, most]: readonly [number | null, number | null],
    reference: number | null,
  ): Statement => ({
    name,
    found,
    reference,
    asked: [...(least === null ? [] : [`≥ ${least}`]), ...(most === null ? [] : [`≤ ${most}`])].join(", "),
    holds: (least === null || found >= least) && (most === null || found <= most),
  });
  const fall = (early: number, late: number) => Number((early - late).toFixed(4));
  const local = late.attributes.filter(({ group }) => group === "local");
  const first = local.filter(({ rank }) => rank !== null && rank <= 6);
  return [
    statement("share of the neighbourhood, early", before.local.mean, [null, 0.15], reference10.local!.mean),
    statement("share of the neighbourhood, late", after.local.mean, [0.4, null], reference50.local!.mean),
    statement("gap between its bands of 95 %", after.local.low - before.local.high, [0, null], null),
    statement(
      "fall of the share of own structure",
      before.structure.mean - after.structure.mean,
      [0.25, null],
      fall(reference10.structure!.mean, reference50.structure!.mean),
    ),
    statement("neighbourhood among the first six, late", first.length, [Math.min(4, local.length), null], 4),
    statement("rank agreement of the two states", difference.rankAgreement, [null, 0.5], 0.22),
    statement(
      "rank stability, the lower of both",
      Math.min(early.stability ?? 0, late.stability ?? 0),
      [0.9, null],
      0.913,
    ),
  ];
}

/** The share that the neighbourhood would have if every attribute counted alike: its part in their number. */
export function evenShare({ attributes }: RankingRecord): number {
  return attributes.filter(({ group }) => group === "local").length / attributes.length;
}
