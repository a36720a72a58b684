import { bands } from "../bands.js";
import { type ControlVerdict, judgeFeedbackOff, judgeFlat, judgeMirrored, judgePermuted } from "../controls.js";
import { asked } from "./asked.js";
import type { Criterion, Judged } from "./criterion.js";

/** Of each of these, one control at least has to be at hand. */
const needed = [["feedbackOff"], ["equalCoverage", "contrastOne"], ["permuted", "mirrored"]] as const;

/** E: what should not fall into step does not, and what should does. */
export function controlsAgree(judged: Judged): Criterion {
  const { run, controls } = judged;
  const { feedbackOff, equalCoverage, contrastOne, permuted = [], mirrored } = controls;
  const verdicts: readonly ControlVerdict[] = [
    ...(feedbackOff ? [judgeFeedbackOff(run, feedbackOff)] : []),
    ...(equalCoverage ? [judgeFlat(run, equalCoverage, "equalCoverage")] : []),
    ...(contrastOne ? [judgeFlat(run, contrastOne, "contrastOne")] : []),
    ...(permuted.length > 0 ? [judgePermuted(run, permuted)] : []),
    ...(mirrored ? [judgeMirrored(run, mirrored)] : []),
  ];
  const missing = needed.filter((names) => !verdicts.some(({ control }) => names.some((name) => name === control)));
  const ask = asked(
    missing.map(([name]) => name),
    judged,
  );
  return {
    id: "E",
    name: "The controls do not synchronise",
    value: verdicts.length > 0 ? verdicts.map(({ value }) => value).join("; ") : "not run",
    band:
      `feedback off: S_c(end) ≥ ${bands.frozen} S_c(2), and ≥ ${bands.atEqualDamage} times this run's at equal mean damage; equal ` +
      `coverage, equal conduction: ≤ ${bands.none} of this run's spreads; coverages permuted: their mean as D; mirrored: the same ` +
      `within ${bands.mirrored} of S_c(1)`,
    holds: verdicts.some(({ holds }) => !holds) ? false : missing.length > 0 ? null : true,
    measured: Object.assign({}, ...verdicts.map(({ measured }) => measured)),
    remark: ask || null,
  };
}
