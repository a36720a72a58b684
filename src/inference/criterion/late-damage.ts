import { figures } from "../../words/numbers.js";
import { bands } from "../bands.js";
import type { Criterion, Judged } from "./criterion.js";

/** B: damage sets the particles apart late in the first charge. */
export function lateDamage({ run }: Judged): Criterion {
  const { held, shareOfCharge, lastFortyPercent } = run.onset;
  const known = shareOfCharge !== null && lastFortyPercent !== null;
  return {
    id: "B",
    name: "Damage diverges late in the first charge",
    value: known
      ? `opens at ${figures(shareOfCharge)} of the charge; ${percent(lastFortyPercent)} of the spread in its last 40 %`
      : "no spread of damage in the first charge",
    band: `opens at ≥ ${bands.opens}; ≥ ${percent(bands.late)} in the last 40 %`,
    holds: held ? null : known && shareOfCharge >= bands.opens && lastFortyPercent >= bands.late,
    measured: { onsetShare: shareOfCharge, lastFortyPercent },
    remark: held ? "Not applicable: a hold is part of the charge, and how long it lasts decides what is late." : null,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
