import { figures } from "../../words/numbers.js";
import type { AttributeRecord, RankingRecord, TableRecord } from "./record.js";

/** How many attributes a headline names. */
const named = 3;

/**
 * What a table says of its target in one sentence, held to its own guards: from the ranking without leaks where there is one, of
 * attributes above what noise reaches, and nothing where a control fails or nothing is predicted.
 */
export function headline(table: TableRecord, target: string): string {
  const { controls, leakage } = table;
  const leaks = leakage.filter(({ leftOut }) => leftOut).length;
  if (!controls.permuted.holds) return `no ranking can be trusted: the forest predicts ${target} dealt out at random.`;
  if (leaks > 0 && table.leakFree === null)
    return `every attribute may hold ${target} in itself; none is left to explain it.`;
  const ranking: RankingRecord = table.leakFree ?? table;
  const which = table.leakFree ? "without leaks" : "all attributes";
  if (ranking.refusal !== null) return `no ranking, ${which}. ${ranking.refusal}`;
  const first = aboveNoise(ranking).slice(0, named);
  if (first.length === 0)
    return `no attribute stands above what noise reaches (R² ${figures(ranking.scores.r2)}, ${which}).`;
  const missed = controls.planted.filter(({ holds }) => !holds).map(({ attribute }) => attribute);
  const doubt =
    missed.length === 0
      ? ""
      : ` Read the order with care: a cause planted on ${missed.join(", ")} was not found first.`;
  return `${target} follows ${first.map(({ name }) => name).join(", ")} most (R² ${figures(ranking.scores.r2)}, ${which}).${doubt}`;
}

/** Attributes by rank whose contribution exceeds what noise reaches. */
function aboveNoise({ attributes, noiseFloor }: RankingRecord): AttributeRecord[] {
  return attributes
    .filter(({ meanAbsShap }) => meanAbsShap !== null && meanAbsShap > (noiseFloor ?? 0))
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}
