import { bands } from "../bands.js";
import { judgeReplicate } from "../controls.js";
import { asked } from "./asked.js";
import type { Criterion, Judged } from "./criterion.js";

const elsewhere = ["finer", "moreParticles", "otherSeed"] as const;

/** F: other meshes, more particles or other draws of coverage, whichever are at hand, close as well. */
export function holdsElsewhere(judged: Judged): Criterion {
  const verdicts = elsewhere.flatMap((name) => {
    const other = judged.controls[name];
    return other ? [judgeReplicate(other, name)] : [];
  });
  const none = verdicts.length === 0;
  return {
    id: "F",
    name: "Holds on other meshes, for more particles, with other seeds",
    value: none ? "not run" : verdicts.map(({ value }) => value).join("; "),
    band: `as D in each that is at hand: S_c(end)/S_c(1) ≤ ${bands.closes}, last quarter of the cycles below the first`,
    holds: none ? null : verdicts.every(({ holds }) => holds),
    measured: Object.assign({}, ...verdicts.map(({ measured }) => measured)),
    remark: none ? asked(["finer"], judged) : null,
  };
}
