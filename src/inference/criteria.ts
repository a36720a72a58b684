import type { Controls } from "./controls.js";
import { apart } from "./criterion/apart.js";
import { controlsAgree } from "./criterion/controls-agree.js";
import type { Criterion, Judged } from "./criterion/criterion.js";
import { damageConverges } from "./criterion/damage-converges.js";
import { holdsElsewhere } from "./criterion/holds-elsewhere.js";
import { lateDamage } from "./criterion/late-damage.js";
import { lithiumConverges } from "./criterion/lithium-converges.js";
import { priceStated } from "./criterion/price-stated.js";
import type { Synchronisation } from "./synchronisation.js";

export type { Criterion } from "./criterion/criterion.js";

const criteria = [apart, lateDamage, damageConverges, lithiumConverges, controlsAgree, holdsElsewhere, priceStated];

/**
 * The criteria A–G of `docs/theory` on synchronisation, for one run and the controls that are at hand.
 * @param absent why a control is not at hand, a few words, where that is known.
 */
export function judge(
  run: Synchronisation,
  controls: Controls = {},
  absent: Judged["absent"] = {},
): readonly Criterion[] {
  return criteria.map((criterion) => criterion({ run, controls, absent }));
}
