import type { CohesiveLaw } from "../law.js";
import { degrade } from "./cohesive.js";

/**
 * A linear interface (static damage off): the damage handed in degrades opening and sliding and is handed back.
 *
 * @param stiffness Pa/m, > 0
 */
export function elasticInterface(stiffness: number): CohesiveLaw {
  if (!(stiffness > 0 && Number.isFinite(stiffness)))
    throw new RangeError(`elastic interface: found stiffness ${stiffness} Pa/m; it must be positive.`);
  return {
    traction: (normalGap, shearGap, damage, out) => degrade(stiffness, normalGap, shearGap, damage, out),
  };
}
