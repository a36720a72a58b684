import { figures } from "../../words/numbers.js";
import { bands } from "../bands.js";
import { saturationRemark } from "../controls.js";
import { converging, fewestToConverge } from "../converging.js";
import type { Criterion, Judged } from "./criterion.js";

/** C: the spread of damage stops growing, and falls against its mean. */
export function damageConverges({ run, controls }: Judged): Criterion {
  const count = run.cycles.length;
  const { damageMax, damageMaxCycle, damageLast, damageStdLast } = run.spread;
  const { first, last, ratio, growsToTheEnd, converges } = converging(run);
  const short = !converges && count < fewestToConverge;
  return {
    id: "C",
    name: "Spread of damage stops growing, and falls against the mean",
    value:
      `S_D/mean D ${figures(first)} → ${figures(last)}, ratio ${figures(ratio)}; largest S_D ${figures(damageMax)} at cycle ` +
      `${damageMaxCycle}, ${figures(damageLast)} at the end (standard deviation ${figures(damageStdLast)})`,
    band: `S_D/mean D falls to ≤ ${bands.relative} of its first value; S_D not largest in the last tenth of the cycles`,
    holds: short ? null : converges,
    measured: {
      damageRatio: damageMax > 0 ? damageLast / damageMax : null,
      damageMaxCycle,
      relativeFirst: first,
      relativeLast: last,
      relativeRatio: ratio,
      growsToTheEnd: growsToTheEnd ? 1 : 0,
    },
    remark: short
      ? `Judged after ${fewestToConverge} cycles; this run has ${count}.`
      : saturationRemark(controls.feedbackOff) || null,
  };
}
