import type { DirectSolver } from "../linear/direct.js";
import { type Anderson, anderson } from "./anderson.js";

/**
 * Newton's method with a kept factor, iterated on the interface. The residual is r(x) = A x + N(x) − f with A linear
 * and constant and N on a few *active* unknowns; what is factored is J̃ = A + J₀ with J₀ a tangent of N at an earlier
 * state, and G(x) = N(x) − J₀ x what the factor does not see. From a guess x₀ the first solution J̃ x₁ = f − G(x₀) settles
 * every row that N leaves alone; with corrections J̃ d_k = r_k and x = x₁ − Σ c_k d_k,
 *   r(x) = G(x) − G(x₀) − Σ c_k r_k,
 * so that an iteration costs a pair of triangular solves and the laws at the interface, and no product with A.
 * Anderson's acceleration chooses the c_k. The full residual is formed once, at the end, and decides; where rounding
 * leaves it too large, a second sweep starts from it: x₁ = x₀ − J̃⁻¹ r(x₀).
 * A factor is renewed when the iterations it has cost beyond a fresh one's outweigh a new factorisation (rent or buy),
 * or when it no longer converges; with a fresh one, steps are shortened until the residual falls.
 */
export interface KeptOperator {
  readonly unknowns: number;
  /** Unknowns in which the nonlinearity lives, each once, and the inverse of their natural size. */
  readonly active: Int32Array;
  readonly activeScale: Float64Array;
  /** What a factorisation costs, in iterations. */
  readonly renewalCost: number;
  /** Write the residual of x; returns its size relative to what is being balanced. */
  residual(x: Float64Array, out: Float64Array): number;
  /**
   * Add G(x) to the active entries of `out`; only active entries of x are read. `evaluated` says that the latest
   * residual was that of this x.
   */
  addRemainder(x: Float64Array, out: Float64Array, evaluated: boolean): void;
  /**
   * Write f; the solution for it is made a point by `toPoint`. Potentials may be measured from their guess in x, so
   * that no digits are lost to their common level, here and in `addRemainder` from then on.
   */
  load(x: Float64Array, out: Float64Array): void;
  /** Size of a residual that is zero but in its active entries, as `residual` measures it. */
  activeSize(residual: Float64Array): number;
  /**
   * Let the fluxes of the latest residual, that of x, take what its rows lack, as they would by the laws of which J₀ is the
   * tangent; returns the size of what is left. Absent where fluxes do not have rows of their own.
   */
  settle?(x: Float64Array, residual: Float64Array): number;
  /** Whether a factor is held that belongs to the present bulk operator. */
  linearised(): boolean;
  /** Factor the tangent at x, that of the latest residual. False when it is singular. */
  linearise(x: Float64Array): boolean;
  /** `out = J̃⁻¹ residual` with the held factor. */
  correct(residual: Float64Array, out: Float64Array): void;
  /** Turn the solution for `load` into unknowns, in place. */
  toPoint?(solution: Float64Array): void;
  /** Drop the held factor. */
  forget(): void;
}

/** Iterations that a fresh factor needs from a good predictor. */
const freshIterations = 2;
/** Multiply–adds of a dense factorisation done in the time of one entry's share of a solve, as measured. */
const factoringSpeed = 4;
/** Corrections combined before the full residual is formed again. */
const longestSweep = 12;

/** What a factorisation costs in solves, from the counts of its operations: no clock, so that runs repeat. */
export function renewalCost(solver: DirectSolver): number {
  return solver.flops / (factoringSpeed * solver.factorEntries);
}

export interface NewtonSettings {
  /** Relative size of the residual that is converged. */
  readonly tolerance: number;
  /** Relative size of it that fluxes may take, so that laws are missed by it and not what is conserved; none unless given. */
  readonly laws?: number;
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
  /** `[unknown]` an iterate and its residual, meaningful in their active entries; the residual is zero elsewhere. */
  readonly point: Float64Array;
  readonly remainder: Float64Array;
  /** `[correction][unknown]` x₁, then d_k; `[correction][active]` the r_k that they answer; made as they are needed. */
  readonly corrections: Float64Array[];
  readonly answered: Float64Array[];
  /** `[active]` G(x₀), the iterate, its correction. */
  readonly start: Float64Array;
  readonly iterate: Float64Array;
  readonly step: Float64Array;
  readonly acceleration: Anderson;
  overspent: number;
}

export function newtonWorkspace(system: KeptOperator, depth: number): NewtonWorkspace {
  const full = (): Float64Array => new Float64Array(system.unknowns);
  const active = (): Float64Array => new Float64Array(system.active.length);
  return {
    residual: full(),
    point: full(),
    remainder: full(),
    corrections: [full()],
    answered: [active()],
    start: active(),
    iterate: active(),
    step: active(),
    acceleration: anderson(system.activeScale, depth, longestSweep),
    overspent: 0,
  };
}

/** Solve residual(x) = 0 from the guess in `x`; on success x holds the solution, on failure the best state seen. */
export function solveKept(
  system: KeptOperator,
  x: Float64Array,
  settings: NewtonSettings,
  work: NewtonWorkspace,
): NewtonOutcome {
  let size = Number.POSITIVE_INFINITY;
  let factorings = 0;
  let iterations = 0;
  let aim = system.settle === undefined ? settings.tolerance : (settings.laws ?? settings.tolerance);
  const fail = (reason: string): NewtonOutcome => {
    system.forget();
    return { ok: false, reason, iterations, residual: size };
  };
  for (let known = false; ; known = true) {
    const fresh = !system.linearised();
    if (known || fresh) {
      size = system.residual(x, work.residual);
      if (size > settings.tolerance && size <= aim && known) {
        size = system.settle?.(x, work.residual) ?? size;
        // Where rows were shared after all, only the laws themselves will do.
        if (size > settings.tolerance) [aim, size] = [settings.tolerance, system.residual(x, work.residual)];
      }
      if (size <= settings.tolerance) {
        account(system, work, iterations, factorings);
        return { ok: true, iterations, factorings, residual: size };
      }
      if (iterations >= settings.maxIterations || !Number.isFinite(size)) {
        return fail("Newton's iteration did not converge");
      }
    }
    if (fresh) {
      if (!system.linearise(x)) return fail("singular tangent");
      factorings++;
    }
    const swept = sweep(
      system,
      x,
      { ...settings, tolerance: aim, size, fresh, left: settings.maxIterations - iterations },
      work,
    );
    iterations += swept.iterations;
    if (swept.ended === "stuck") return fail("no step along Newton's direction shrinks the residual");
    if (swept.ended === "slow") system.forget();
  }
}

/** A solver of the system that begins anew with a fresh factor where the held one fails. */
export function retrying(system: KeptOperator, settings: NewtonSettings): (x: Float64Array) => NewtonOutcome {
  const work = newtonWorkspace(system, settings.depth);
  const guess = new Float64Array(system.unknowns);
  return (x) => {
    const kept = system.linearised();
    if (kept) guess.set(x);
    const outcome = solveKept(system, x, settings, work);
    if (outcome.ok || !kept) return outcome;
    x.set(guess);
    return solveKept(system, x, settings, work);
  };
}

/** Renew the factor before the next solve once it has cost more than a new one. */
function account(system: KeptOperator, work: NewtonWorkspace, iterations: number, factorings: number): void {
  if (factorings > 0) work.overspent = 0;
  else work.overspent += Math.max(0, iterations - freshIterations);
  if (work.overspent > system.renewalCost) system.forget();
}

interface Sweep extends NewtonSettings {
  /** Of the residual at the start, in `residual`; infinite where it was not formed. */
  readonly size: number;
  /** Whether the factor was made at the start. */
  readonly fresh: boolean;
  /** Iterations allowed. */
  readonly left: number;
}

/** Iterate on the interface with the held factor, and move x to the best point found. */
function sweep(
  system: KeptOperator,
  x: Float64Array,
  { tolerance, slow, depth, size, fresh, left }: Sweep,
  work: NewtonWorkspace,
): { readonly iterations: number; readonly ended: "converged" | "slow" | "stuck" | "paused" } {
  const { active } = system;
  begin(system, x, Number.isFinite(size), work);
  let before = size;
  const made = new Float64Array(longestSweep);
  let accepted = made.slice();
  for (let k = 0; ; k++) {
    work.acceleration.advance(work.iterate, work.step, made, k);
    const now = residualAt(system, made, k, work);
    if (!(now < before)) {
      if (k === 0 && fresh) return { iterations: 1, ended: shortened(system, x, before, work) ? "paused" : "stuck" };
      if (k > 0) combine(work, accepted, k, x);
      return { iterations: k + 1, ended: "slow" };
    }
    accepted = made.slice();
    const dragging = now > before * slow && (!fresh || k > depth);
    const last = k + 1 === Math.min(left, longestSweep) || !system.linearised();
    if (now <= tolerance || dragging || last) {
      combine(work, accepted, k + 1, x);
      return { iterations: k + 1, ended: now <= tolerance ? "converged" : dragging ? "slow" : "paused" };
    }
    before = now;
    correct(system, work, k + 1);
    const d = work.corrections[k + 1];
    for (let a = 0; a < active.length; a++) work.step[a] = -d[active[a]];
  }
}

/** Set the iterate to x, keep G(x), and solve for x₁: from the residual where it is known, else from the load. */
function begin(system: KeptOperator, x: Float64Array, known: boolean, work: NewtonWorkspace): void {
  const { active } = system;
  const { remainder, start, iterate, step } = work;
  const [first] = work.corrections;
  if (!known) system.load(x, work.residual);
  for (let a = 0; a < active.length; a++) remainder[active[a]] = 0;
  system.addRemainder(x, remainder, known);
  for (let a = 0; a < active.length; a++) {
    start[a] = remainder[active[a]];
    iterate[a] = x[active[a]];
  }
  if (known) {
    system.correct(work.residual, first);
    for (let i = 0; i < first.length; i++) first[i] = x[i] - first[i];
  } else {
    for (let a = 0; a < active.length; a++) work.residual[active[a]] -= start[a];
    system.correct(work.residual, first);
    system.toPoint?.(first);
  }
  for (let a = 0; a < active.length; a++) step[a] = first[active[a]] - iterate[a];
  work.acceleration.reset();
}

/** d_k = J̃⁻¹ r_k */
function correct(system: KeptOperator, work: NewtonWorkspace, k: number): void {
  const { active } = system;
  work.answered[k] ??= new Float64Array(active.length);
  work.corrections[k] ??= new Float64Array(system.unknowns);
  for (let a = 0; a < active.length; a++) work.answered[k][a] = work.remainder[active[a]];
  system.correct(work.remainder, work.corrections[k]);
}

/** Write r(x) of the present iterate into the active entries of `remainder`; returns its size. */
function residualAt(system: KeptOperator, made: Float64Array, k: number, work: NewtonWorkspace): number {
  const { active } = system;
  const { remainder, point, start, iterate } = work;
  for (let a = 0; a < active.length; a++) {
    point[active[a]] = iterate[a];
    remainder[active[a]] = -start[a];
  }
  for (let j = 1; j <= k; j++) {
    const answered = work.answered[j];
    for (let a = 0; a < active.length; a++) remainder[active[a]] -= made[j] * answered[a];
  }
  system.addRemainder(point, remainder, false);
  return system.activeSize(remainder);
}

/** x = x₁ − Σ made_k d_k over the corrections 1 … count − 1. */
function combine(work: NewtonWorkspace, made: Float64Array, count: number, x: Float64Array): void {
  x.set(work.corrections[0]);
  for (let k = 1; k < count; k++) {
    const d = work.corrections[k];
    const c = made[k];
    for (let i = 0; i < x.length; i++) x[i] -= c * d[i];
  }
}

/** Shorten a first step that overshoots until the residual falls; false, with x as it was, when none does. */
function shortened(system: KeptOperator, x: Float64Array, before: number, work: NewtonWorkspace): boolean {
  const [to] = work.corrections;
  const from = x.slice();
  for (let share = 0.5; share > 1 / 256; share /= 2) {
    for (let i = 0; i < x.length; i++) x[i] = from[i] + share * (to[i] - from[i]);
    if (system.residual(x, work.residual) < before) return true;
  }
  x.set(from);
  return false;
}
