import type { ControlName } from "../controls.js";
import type { Judged } from "./criterion.js";

/** What makes a control of the same scenario. */
const changes: Readonly<Record<ControlName, string>> = {
  feedbackOff: "with feedback: { kind: none }",
  equalCoverage: "with equal coverage",
  contrastOne: "with both carbon/binders conducting alike",
  permuted: "with the same coverages on other particles",
  mirrored: "with the coverages mirrored",
  moreParticles: "with eight particles or more",
  otherSeed: "with another seed of coverage",
  finer: "on another mesh",
};

/** What to run for verdicts that are open, and why a control is not there; "" when nothing is missing. */
export function asked(missing: readonly ControlName[], { absent }: Judged): string {
  const reasons = missing.flatMap((name) => (absent[name] === undefined ? [] : [`${changes[name]}: ${absent[name]}`]));
  const runs = missing.filter((name) => absent[name] === undefined).map((name) => changes[name]);
  const parts = [
    reasons.length > 0 ? `Not at hand: ${reasons.join("; ")}.` : "",
    runs.length > 0
      ? `To judge: synchrode run with --with-controls; or the same scenario ${runs.join(", and ")}, then synchrode report with all the folders.`
      : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
