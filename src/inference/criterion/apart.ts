import { figures } from "../../words/numbers.js";
import { bands } from "../bands.js";
import { leastAsynchrony } from "../synchronisation.js";
import { rankTrend } from "../trend.js";
import type { Criterion, Judged } from "./criterion.js";

/** A: all start alike, and the first charge sets them apart in the order of their coverage. */
export function apart({ run }: Judged): Criterion {
  const { lithiumFirst: first, lithiumStdFirst: deviation } = run.spread;
  const lithium = orderOf(run.coverage, run.firstMoved);
  const damage = orderOf(run.coverage, run.firstDamage);
  const many = run.particles > 1;
  const ordered = (rho: number | null) => rho !== null && rho >= bands.order;
  return {
    id: "A",
    name: "Equal start, then apart in the order of coverage",
    value:
      `S_c(1) ${figures(first)}, standard deviation ${figures(deviation)}; rank correlation with coverage ` +
      `${figures(lithium)} (lithium given), ${figures(damage)} (damage)`,
    band: `equal start; S_c(1) ≥ ${leastAsynchrony}; both correlations ≥ ${bands.order}`,
    holds: many
      ? run.startSpread < 1e-6 && first !== null && first >= leastAsynchrony && ordered(lithium) && ordered(damage)
      : null,
    measured: { startSpread: run.startSpread, lithiumFirst: first, lithiumOrder: lithium, damageOrder: damage },
    remark: many ? null : "One particle has nobody to be out of step with.",
  };
}

/** Rank correlation of coverage with a column; with two particles, the sign of their difference. */
function orderOf(coverage: readonly number[], column: readonly number[]): number | null {
  if (coverage.length === 2) return Math.sign((coverage[0] - coverage[1]) * (column[0] - column[1])) || null;
  return rankTrend(coverage, column).rho;
}
