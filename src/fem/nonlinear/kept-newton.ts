import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { DirectSolver } from "../linear/direct.js";

/**
 * Newton's method with a kept factor. The bulk of every operator here is linear and constant, so a factor made at an
 * earlier state stays a good one: only the interface has moved on. Each iteration costs one pair of triangular solves;
 * Anderson's acceleration (D. G. Anderson, J. ACM 12 (1965) 547; Walker & Ni, SIAM J. Numer. Anal. 49 (2011) 1715)
 * recovers fast convergence from the few directions the factor has wrong, and is GMRES where the problem is linear.
 * A factor is renewed when the iterations it has cost beyond a fresh one's outweigh a new factorisation (rent or buy),
 * or when it no longer converges; with a fresh one, steps are shortened until the residual falls.
 */
export interface KeptSystem {
  readonly unknowns: number;
  /** Unknowns in which the nonlinearity lives, and the inverse of their natural size. */
  readonly active: Int32Array;
  readonly activeScale: Float64Array;
  /** What a factorisation costs, in iterations. */
  readonly renewalCost: number;
  /** Write the residual of x; returns its size relative to what is being balanced. */
  residual(x: Float64Array, out: Float64Array): number;
  /** Whether a factor is held that belongs to the present bulk operator. */
  linearised(): boolean;
  /** Factor the tangent at x. False when it is singular. */
  linearise(x: Float64Array): boolean;
  /** `out = J̃⁻¹ residual` with the held factor. */
  correct(residual: Float64Array, out: Float64Array): void;
  /** Drop the held factor. */
  forget(): void;
}

/** Iterations that a fresh factor needs from a good predictor. */
const freshIterations = 2;
/** Multiply–adds of a dense factorisation done in the time of one entry's share of a solve, as measured. */
const factoringSpeed = 4;

/** What a factorisation costs in solves, from the counts of its operations: no clock, so that runs repeat. */
export function renewalCost(solver: DirectSolver): number {
  return solver.flops / (factoringSpeed * solver.factorEntries);
}

export interface NewtonSettings {
  /** Relative size of the residual that is converged. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** A stale factor is renewed when an iteration shrinks the residual by less than this. */
  readonly slow: number;
  /** Directions remembered by the acceleration. */
  readonly depth: number;
}

export type NewtonOutcome =
  | { readonly ok: true; readonly iterations: number; readonly factorings: number; readonly residual: number }
  | { readonly ok: false; readonly reason: string; readonly iterations: number; readonly residual: number };

/** Work arrays of one system, and what its present factor has cost beyond a fresh one. */
export interface NewtonWorkspace {
  readonly residual: Float64Array;
  readonly step: Float64Array;
  readonly trial: Float64Array;
  readonly previousStep: Float64Array;
  readonly previousX: Float64Array;
  /** Changes of the plain step over the active unknowns, latest last. */
  readonly stepChange: Float64Array[];
  /** Changes of x plus the plain step. */
  readonly pointChange: Float64Array[];
  overspent: number;
}

export function newtonWorkspace(system: KeptSystem, depth: number): NewtonWorkspace {
  const vector = (): Float64Array => new Float64Array(system.unknowns);
  return {
    residual: vector(),
    step: vector(),
    trial: vector(),
    previousStep: vector(),
    previousX: vector(),
    stepChange: Array.from({ length: depth }, () => new Float64Array(system.active.length)),
    pointChange: Array.from({ length: depth }, vector),
    overspent: 0,
  };
}

/** Solve residual(x) = 0 from the guess in `x`; on success x holds the solution, on failure the best state seen. */
export function solveKept(
  system: KeptSystem,
  x: Float64Array,
  settings: NewtonSettings,
  work: NewtonWorkspace,
): NewtonOutcome {
  let size = system.residual(x, work.residual);
  let factorings = 0;
  let age = 1;
  let held = 0;
  const fail = (reason: string, iterations: number): NewtonOutcome => {
    system.forget();
    return { ok: false, reason, iterations, residual: size };
  };
  for (let iteration = 0; ; iteration++) {
    if (size <= settings.tolerance) {
      account(system, work, iteration, factorings);
      return { ok: true, iterations: iteration, factorings, residual: size };
    }
    if (iteration >= settings.maxIterations || !Number.isFinite(size)) {
      return fail("Newton's iteration did not converge", iteration);
    }
    if (!system.linearised()) {
      if (!system.linearise(x)) return fail("singular tangent", iteration);
      factorings++;
      age = 0;
      held = 0;
    }
    system.correct(work.residual, work.step);
    negate(work.step);
    if (iteration > 0 && age > 0) held = remember(system, work, x, held, settings.depth);
    work.previousStep.set(work.step);
    work.previousX.set(x);
    if (held > 0) accelerate(system, work, held);
    const before = size;
    size = take(system, x, work, before, age === 0);
    const refused = !(size < before);
    if (refused) {
      if (age === 0) return fail("no step along Newton's direction shrinks the residual", iteration);
      size = system.residual(x, work.residual);
    }
    const slow = size > before * settings.slow && size > settings.tolerance;
    // A factor made in this solve is slow for another reason than age: only remembered directions can help it.
    if (slow && (refused || factorings === 0 || age > settings.depth)) system.forget();
    age++;
  }
}

/** Renew the factor before the next solve once it has cost more than a new one. */
function account(system: KeptSystem, work: NewtonWorkspace, iterations: number, factorings: number): void {
  if (factorings > 0) work.overspent = 0;
  else work.overspent += Math.max(0, iterations - freshIterations);
  if (work.overspent > system.renewalCost) system.forget();
}

function negate(x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = -x[i];
}

/** x += step; with `search` the step is halved until the residual falls. A step that does not help is taken back. */
function take(system: KeptSystem, x: Float64Array, work: NewtonWorkspace, before: number, search: boolean): number {
  const n = system.unknowns;
  work.trial.set(x);
  let size = Number.POSITIVE_INFINITY;
  let share = 1;
  for (let cut = 0; cut < (search ? 8 : 1); cut++, share /= 2) {
    for (let i = 0; i < n; i++) x[i] = work.trial[i] + share * work.step[i];
    size = system.residual(x, work.residual);
    if (size < before) return size;
  }
  x.set(work.trial);
  return Number.POSITIVE_INFINITY;
}

/** Store the latest changes in the slot they belong to; returns how many are held. */
function remember(system: KeptSystem, work: NewtonWorkspace, x: Float64Array, held: number, depth: number): number {
  if (depth === 0) return 0;
  if (held === depth) {
    work.stepChange.push(work.stepChange.shift()!);
    work.pointChange.push(work.pointChange.shift()!);
  }
  const slot = Math.min(held, depth - 1);
  const { previousStep, previousX, step } = work;
  const onActive = work.stepChange[slot];
  const change = work.pointChange[slot];
  for (let i = 0; i < x.length; i++) change[i] = step[i] - previousStep[i] + x[i] - previousX[i];
  system.active.forEach((i, a) => {
    onActive[a] = system.activeScale[a] * (step[i] - previousStep[i]);
  });
  return slot + 1;
}

/** Anderson's step: least squares over the active unknowns, by the normal equations of at most `depth` columns. */
function accelerate(system: KeptSystem, work: NewtonWorkspace, held: number): void {
  const { active, activeScale } = system;
  const gram = new Float64Array(held * held);
  const right = new Float64Array(held);
  for (let p = 0; p < held; p++) {
    const column = work.stepChange[p];
    for (let a = 0; a < active.length; a++) right[p] += column[a] * activeScale[a] * work.step[active[a]];
    for (let q = 0; q <= p; q++) {
      const other = work.stepChange[q];
      let sum = 0;
      for (let a = 0; a < active.length; a++) sum += column[a] * other[a];
      gram[p * held + q] = sum;
    }
  }
  const gamma = solveGram(gram, right, held);
  for (let p = 0; p < held; p++) {
    const change = work.pointChange[p];
    const g = gamma[p];
    for (let i = 0; i < change.length; i++) work.step[i] -= g * change[i];
  }
}

/** Solve the normal equations; columns are scaled to unit length and a trace of damping drops directions that repeat. */
function solveGram(gram: Float64Array, right: Float64Array, n: number): Float64Array {
  const length = Array.from({ length: n }, (_, p) => Math.sqrt(gram[p * n + p]) || 1);
  const unit = Matrix.zeros(n, n);
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < p; q++) {
      const cosine = gram[p * n + q] / (length[p] * length[q]);
      unit.set(p, q, cosine);
      unit.set(q, p, cosine);
    }
    unit.set(p, p, 1 + 1e-12);
  }
  const scaled = Matrix.columnVector(Array.from(right, (value, p) => value / length[p]));
  const solution = new CholeskyDecomposition(unit).solve(scaled);
  return right.map((_, p) => solution.get(p, 0) / length[p]);
}
