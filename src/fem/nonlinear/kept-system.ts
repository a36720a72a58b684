import type { Csr } from "../linear/csr.js";
import { type DirectOptions, directSolver } from "../linear/direct.js";
import { positionOf } from "../linear/pattern.js";
import { type KeptOperator, renewalCost } from "./kept-newton.js";

/**
 * A nonlinear system as a model states it, A x + N(x) = f:
 *   A   linear, the same in all steps of one `version`
 *   N   a sum of terms, each with a tangent of its own
 *   f   what a step brings
 *   ℓ   the level that A does not see, where there is one (`Level`)
 * Residual A x − f + N(x), remainder N(x) − J₀ (x − ℓ) and factor of A + J₀ are made of it once, by `keptOperator`.
 */
export interface KeptSystem {
  readonly bulk: Bulk;
  readonly terms: readonly NonlinearTerm[];
  /** Unknowns that N depends on, each once, and the inverse of their natural size. */
  readonly active: Int32Array;
  readonly activeScale: Float64Array;
  readonly level: Level | null;
  readonly elimination: DirectOptions;
}

/** A: its values on a pattern with room for ∂N/∂x, and its product. */
export interface Bulk {
  readonly matrix: Csr;
  /** `out = A x`, `[unknown]`, blind to the level. */
  multiply(x: Float64Array, out: Float64Array): void;
}

/** One part of N. */
export interface NonlinearTerm {
  /** Add N(x) to `out`. */
  addResidual(x: Float64Array, out: Float64Array): void;
  /** Add J₀ = ∂N/∂x at x, that of the latest residual, to the values of A's pattern, and keep it. */
  addTangent(x: Float64Array, value: Float64Array): void;
  /** Add N(x) − J₀ (x − ℓ) to `out`. */
  addRemainder(x: Float64Array, out: Float64Array, at: RemainderPoint): void;
  /** Let the fluxes of the latest residual take what its rows lack; absent where fluxes do not have rows of their own. */
  settle?(residual: Float64Array): void;
}

export interface RemainderPoint {
  /** Whether the latest residual was that of this x. */
  readonly evaluated: boolean;
  /** ℓ at the guess; 0 where there is none. */
  readonly level: number;
}

/**
 * An unknown that others are measured from, as potentials are from the collector's: A does not see it, and solutions are
 * measured from its guess, so that no digits are lost to their common level. The factor belongs to unmeasured ones.
 */
export interface Level {
  readonly unknown: number;
  /** Unknowns `from` ≤ i < `end` are measured from it. */
  readonly from: number;
  readonly end: number;
}

/** What a step is given. */
export interface KeptStep {
  /** Which A this is; a factor serves the version it was made for. */
  readonly version: number;
  /** `[unknown]` f */
  readonly load: Float64Array;
  /** What the level is held at, in place of its row; null where it is free. */
  readonly held: number | null;
  /** Size of the residual of x relative to what is being balanced. */
  size(x: Float64Array, residual: Float64Array): number;
  /** The same of a residual that is zero but in its active entries. */
  activeSize(residual: Float64Array): number;
}

export interface SteppedOperator extends KeptOperator {
  /** Take the step to be solved. */
  take(step: KeptStep): void;
}

/** Before a step is taken nothing converges. */
const untaken = (unknowns: number): KeptStep => ({
  version: Number.NaN,
  load: new Float64Array(unknowns),
  held: null,
  size: () => Number.NaN,
  activeSize: () => Number.NaN,
});

export function keptOperator(system: KeptSystem): SteppedOperator {
  const { bulk, terms, level, active, activeScale } = system;
  const solver = directSolver(bulk.matrix, system.elimination);
  const tangent = new Float64Array(bulk.matrix.value.length);
  let step = untaken(solver.unknowns);
  /** What the factor at hand was made for. */
  let kept: { readonly version: number; readonly held: boolean } | null = null;
  let guess = 0;

  const measureFrom = (x: Float64Array): void => {
    guess = level === null ? 0 : x[level.unknown];
  };
  return {
    unknowns: solver.unknowns,
    active,
    activeScale,
    renewalCost: renewalCost(solver),
    take: (next) => {
      step = next;
    },
    residual: (x, out) => {
      measureFrom(x);
      bulk.multiply(x, out);
      lessen(out, step.load);
      for (const term of terms) term.addResidual(x, out);
      if (level !== null && step.held !== null) out[level.unknown] = x[level.unknown] - step.held;
      return step.size(x, out);
    },
    addRemainder: (x, out, evaluated) => {
      for (let k = terms.length - 1; k >= 0; k--) terms[k].addRemainder(x, out, { evaluated, level: guess });
    },
    load: (x, out) => {
      measureFrom(x);
      out.set(step.load);
      if (level !== null && step.held !== null) out[level.unknown] = step.held - guess;
    },
    toPoint: (solution) => {
      if (level !== null) solution[level.unknown] += guess;
    },
    activeSize: (residual) => step.activeSize(residual),
    ...settling(terms, (x, residual) => step.size(x, residual)),
    linearised: () => kept !== null && kept.version === step.version && kept.held === (step.held !== null),
    linearise: (x) => {
      tangent.set(bulk.matrix.value);
      for (const term of terms) term.addTangent(x, tangent);
      if (level !== null && step.held !== null) holdRow(bulk.matrix, level.unknown, tangent);
      const { ok } = solver.factor(tangent);
      kept = ok ? { version: step.version, held: step.held !== null } : null;
      return ok;
    },
    forget: () => {
      kept = null;
    },
    correct: (residual, out) => {
      solver.solve(residual, out);
      if (level !== null) measure(level, out);
    },
  };
}

/** How fluxes take what rows lack, where all terms let them. */
function settling(terms: readonly NonlinearTerm[], size: KeptStep["size"]): Pick<KeptOperator, "settle"> {
  const takers = terms.flatMap(({ settle }) => (settle === undefined ? [] : [settle]));
  if (takers.length < terms.length) return {};
  return {
    settle: (x, residual) => {
      for (const take of takers) take(residual);
      return size(x, residual);
    },
  };
}

function lessen(out: Float64Array, by: Float64Array): void {
  for (let i = 0; i < by.length; i++) out[i] -= by[i];
}

/** Measure the unknowns of a solution from its level. */
function measure({ unknown, from, end }: Level, solution: Float64Array): void {
  const shift = solution[unknown];
  for (let i = from; i < end; i++) solution[i] -= shift;
}

/** Replace a row by that of an unknown that is given. */
function holdRow(pattern: Csr, unknown: number, value: Float64Array): void {
  value.fill(0, pattern.rowStart[unknown], pattern.rowStart[unknown + 1]);
  value[positionOf(pattern, unknown, unknown)] = 1;
}
