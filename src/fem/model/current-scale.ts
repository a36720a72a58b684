import type { KeptStep } from "../nonlinear/kept-system.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";
import type { ParticleLithium } from "./particle-lithium.js";

/** What the residuals of a step of the electrochemistry are measured against. */
export interface CurrentScale {
  /** 1/s, the step's a₀. */
  readonly a0: number;
  /** A, of the rows of lithium and of the others. */
  readonly lithium: number;
  readonly current: number;
  /** V, of the collector's where it is held. */
  readonly potential: number;
  /** Whether that lets too much lithium go in a step. */
  readonly strict: boolean;
}

/**
 * What rounding leaves of a row of lithium is some 1e-16 of its terms, which outgrow the current as steps shorten and
 * meshes grow finer. Measured against this share of them, it stays below the tolerances Newton's method is given.
 */
const resolvable = 2e-5;
/** The share of all lithium that the scale of a residual may be worth in a step before more is asked for. */
const loose = 0.05;
/**
 * In steps so long that next to no current moves much lithium, as in a rest, the share lost of each particle's is what a
 * residual must answer for: its tolerance of 2e-10 then leaves 5e-13 of a particle, below the limit of its balance.
 */
export const closing = 400;

/** `terms` A, the sizes of all terms in the rows of lithium; `total` C, all lithium. */
export function currentScale(
  { a0, current, potential }: Pick<CurrentScale, "a0" | "current" | "potential">,
  terms: number,
  total: number,
): CurrentScale {
  const lithium = current + resolvable * terms;
  return { a0, current, potential, lithium, strict: lithium > loose * a0 * total };
}

/** Sizes of residuals by a scale; `held`: whether the collector's potential is. */
export function sizesBy(
  scale: CurrentScale,
  held: boolean,
  unknowns: ElectrochemicalUnknowns,
  lithium: ParticleLithium,
  active: Int32Array,
): Pick<KeptStep, "size" | "activeSize"> {
  const { lithiumCount, potentialEnd, voltage, count } = unknowns;

  /** The largest share of a particle's capacity its rows of lithium leave over in a step, or of all that φ's do. */
  const lost = (out: Float64Array): number => {
    if (scale.a0 === 0) return 0;
    let astray = held ? 0 : out[voltage];
    if (!held) for (let i = lithiumCount; i < potentialEnd; i++) astray += out[i];
    const worst = (most: number, sum: number, k: number): number => Math.max(most, Math.abs(sum) / lithium.whole[k]);
    return lithium.sums(out).reduce(worst, Math.abs(astray) / lithium.total) / scale.a0;
  };
  return {
    size: (_, out) => {
      let stored = 0;
      for (let i = 0; i < lithiumCount; i++) stored += Math.abs(out[i]);
      let carried = 0;
      for (let i = lithiumCount; i < count - 1; i++) carried += Math.abs(out[i]);
      const atCollector = Math.abs(out[voltage]) / (held ? scale.potential : scale.current);
      const ordinary = stored / scale.lithium + carried / scale.current + atCollector;
      return scale.strict ? Math.max(ordinary, closing * lost(out)) : ordinary;
    },
    activeSize: (out) => {
      let size = 0;
      for (const i of active) size += Math.abs(out[i]) / (i < lithiumCount ? scale.lithium : scale.current);
      return size;
    },
  };
}
