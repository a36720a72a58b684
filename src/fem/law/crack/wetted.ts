/**
 *   a(A) = 1 + a A
 *
 *   a   –   area gained a share of cracks, over the sound particle's
 *
 * Electrolyte follows the cracks: charge transfer and film lie over a larger area, so that their resistance falls by 1/(1 + a A).
 * Charge transfer of cracked NMC811 falls with cycling and its apparent diffusivity rises, Trevisanello et al., Adv. Energy Mater.
 * 11 (2021) 2003400. The way of lithium inside the particle is left as it is. a is assumed.
 */
import { means, number } from "../../../schema/leaf.js";
import { crackEffect } from "./crack.js";

/** Area that electrolyte reaches through cracks. */
export const wetted = crackEffect({
  kind: "wetted",
  keys: { area: means("reacting area gained a share of cracks", number(0, 1000).default(10)) },
  law: ({ area }) => ({ area: (share) => 1 + area * share }),
});
