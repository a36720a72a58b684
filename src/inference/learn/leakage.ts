import { attributeOf, type Samples } from "../forest/samples.js";
import { columnRole } from "./attribute.js";
import { rankCorrelation } from "./correlation.js";

/** An attribute that may carry the target in itself. */
export interface Leak {
  readonly attribute: string;
  /** Spearman's ρ with the target. */
  readonly rho: number;
  /** How the target enters it. */
  readonly reason: string;
  /** |ρ| above 0.8: as good as the target itself. */
  readonly warns: boolean;
  /** Left out of the ranking without leaks: the target may be in it, as far as its definition is known. */
  readonly leftOut: boolean;
}

/** |ρ| with the target above which an attribute is as good as the target. */
const tied = 0.8;

/**
 * Attributes whose definition holds the target's geometry, and those tied to the target whatever their definition. A tied
 * attribute whose name tells a definition without the target in it, such as a radius, may be a cause: it is named, and kept.
 */
export function auditLeakage(samples: Samples): Leak[] {
  return samples.names.flatMap((name) => {
    const rho = rankCorrelation(attributeOf(samples, name), samples.target).r;
    const warns = Math.abs(rho) > tied;
    const { leak, role } = columnRole(name);
    const leftOut = leak !== undefined || role === "other";
    if (leak !== undefined) return [{ attribute: name, rho, reason: leak, warns, leftOut }];
    const known = "tied to the target, which is not in its definition: a cause, or what a cause brings about";
    const unknown = "tied to the target, for a reason that its name does not tell";
    return warns ? [{ attribute: name, rho, reason: leftOut ? unknown : known, warns, leftOut }] : [];
  });
}
