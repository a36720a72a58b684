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
}

/** |ρ| with the target above which an attribute is as good as the target. */
const tied = 0.8;

/** Attributes whose definition holds the target's geometry, and those tied to the target whatever their definition. */
export function auditLeakage(samples: Samples): Leak[] {
  return samples.names.flatMap((name) => {
    const rho = rankCorrelation(attributeOf(samples, name), samples.target).r;
    const warns = Math.abs(rho) > tied;
    const reason =
      columnRole(name).leak ?? (warns ? "tied to the target, for a reason that its name does not tell" : null);
    return reason === null ? [] : [{ attribute: name, rho, reason, warns }];
  });
}
