import { CholeskyDecomposition, Matrix } from "ml-matrix";

/**
 * Newton's method with a kept factor. The bulk of every operator here is linear and constant, so a factor made at an
 * earlier state stays a good one: only the interface has moved on. Each iteration costs one pair of triangular solves;
 * Anderson's acceleration (D. G. Anderson, J. ACM 12 (1965) 547; Walker & Ni, SIAM J. Numer. Anal. 49 (2011) 1715)
 * recovers fast convergence from the few directions the factor has wrong, and is GMRES where the problem is linear.
 * A factor that no longer serves is made anew at the current state; with a fresh one, steps are shortened until the
 * residual falls.
 */
export interface KeptSystem {
  readonly unknowns: number;
  /** Unknowns in which the nonlinearity lives, and the inverse of their natural size. */
  readonly active: Int32Array;
  readonly activeScale: Float64Array;
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

export interface NewtonSettings {
  /** Relative size of the residual that is converged. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** A stale factor is renewed when an iteration shrinks the residual by less than this. */
  readonly slow: number;
  /** After a solve that took more iterations than this the next one starts with a new factor. */
  readonly tired: number;
  /** Directions remembered by the acceleration. */
  readonly depth: number;
}

export type NewtonOutcome =
  | { readonly ok: true; readonly iterations: number; readonly factorings: number; readonly residual: number }
  | { readonly ok: false; readonly reason: string; readonly iterations: number; readonly residual: number };

/** Work arrays for systems of one size. */
export interface NewtonWorkspace {
  readonly residual: Float64Array;
  readonly step: Float64Array;
  readonly trial: Float64Array;
  readonly previousStep: Float64Array;
  readonly previousX: Float64Array;
  readonly stepChange: Float64Array[];
  readonly xChange: Float64Array[];
}

export function newtonWorkspace(unknowns: number, depth: number): NewtonWorkspace {
  const vector = (): Float64Array => new Float64Array(unknowns);
  return {
    residual: vector(),
    step: vector(),
    trial: vector(),
    previousStep: vector(),
    previousX: vector(),
    stepChange: Array.from({ length: depth }, vector),
    xChange: Array.from({ length: depth }, vector),
  };
}

/** Solve residual(x) = 0 from the guess in `x`; on success x holds the solution, on failure the best state seen. */
export function solveKept(
  system: KeptSystem,
  x: Float64Array,
  settings: NewtonSettings,
  work: NewtonWorkspace,
): NewtonOutcome {
  const n = system.unknowns;
  let size = system.residual(x, work.residual);
  let factorings = 0;
  let age = 1;
  let remembered = 0;
  for (let iteration = 0; ; iteration++) {
    if (size <= settings.tolerance) {
      if (iteration > settings.tired) system.forget();
      return { ok: true, iterations: iteration, factorings, residual: size };
    }
    if (iteration >= settings.maxIterations || !Number.isFinite(size)) {
      system.forget();
      return { ok: false, reason: "Newton's iteration did not converge", iterations: iteration, residual: size };
    }
    if (!system.linearised()) {
      if (!system.linearise(x)) return { ok: false, reason: "singular tangent", iterations: iteration, residual: size };
      factorings++;
      age = 0;
      remembered = 0;
    }
    system.correct(work.residual, work.step);
    for (let i = 0; i < n; i++) work.step[i] = -work.step[i];
    if (iteration > 0 && age > 0) remembered = remember(work, x, remembered, settings.depth, n);
    work.previousStep.set(work.step);
    work.previousX.set(x);
    if (age > 0 && remembered > 0) accelerate(system, work, remembered, n);
    const before = size;
    size = take(system, x, work, before, age === 0);
    age++;
    if (!(size < before * settings.slow) && size > settings.tolerance) {
      if (!(size < before)) {
        if (age === 1) {
          system.forget();
          return {
            ok: false,
            reason: "no step along Newton's direction shrinks the residual",
            iterations: iteration,
            residual: before,
          };
        }
        size = system.residual(x, work.residual);
      }
      system.forget();
    }
  }
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

/** Store the latest changes of x and of the plain step in the slot they belong to; returns how many are held. */
function remember(work: NewtonWorkspace, x: Float64Array, held: number, depth: number, n: number): number {
  if (depth === 0) return 0;
  if (held === depth) {
    work.stepChange.push(work.stepChange.shift()!);
    work.xChange.push(work.xChange.shift()!);
  }
  const slot = Math.min(held, depth - 1);
  const df = work.stepChange[slot];
  const dx = work.xChange[slot];
  for (let i = 0; i < n; i++) {
    df[i] = work.step[i] - work.previousStep[i];
    dx[i] = x[i] - work.previousX[i];
  }
  return slot + 1;
}

/** Anderson's step: least squares over the active unknowns, by the normal equations of at most `depth` columns. */
function accelerate(system: KeptSystem, work: NewtonWorkspace, held: number, n: number): void {
  const { active, activeScale } = system;
  const gram = new Float64Array(held * held);
  const right = new Float64Array(held);
  for (let a = 0; a < active.length; a++) {
    const i = active[a];
    const w = activeScale[a] * activeScale[a];
    for (let p = 0; p < held; p++) {
      const wp = w * work.stepChange[p][i];
      right[p] += wp * work.step[i];
      for (let q = 0; q <= p; q++) gram[p * held + q] += wp * work.stepChange[q][i];
    }
  }
  const gamma = solveGram(gram, right, held);
  for (let p = 0; p < held; p++) {
    const g = gamma[p];
    if (g === 0) continue;
    const df = work.stepChange[p];
    const dx = work.xChange[p];
    for (let i = 0; i < n; i++) work.step[i] -= g * (df[i] + dx[i]);
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
