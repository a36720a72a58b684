import { crossing } from "../time/root.js";
import { loadedStep, type StepSizes } from "../time/step-size.js";
import type { Trial } from "./attempt.js";
import type { CycledModel } from "./cycling.js";
import { exhausted, nearlyExhausted, outOfRange } from "./exhaustion.js";
import { type Instruction, knownEnd, overshoot, type Reason } from "./protocol.js";
import type { RunState } from "./run-state.js";

export type SolvedTrial = Trial & { ok: true };

/** A step that may be accepted, or why none could be found. */
export type Step =
  | {
      readonly ok: true;
      readonly trial: SolvedTrial;
      /** s */
      readonly length: number;
      /** Why the instruction ends with it. */
      readonly ended: Reason | null;
      /** s, the size that served, where an event did not shorten it. */
      readonly size: number;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      /** Whether the cell itself has come to its limit. */
      readonly limit: boolean;
    };

/** A point may lose this much of its bond by the static law in one step; a jump no smaller step resolves is taken. */
export const largestJump = 0.02;
/** An event is located to this share of the step it lies in. */
export const eventWidth = 1e-6;

/** Shorten the step until it can be accepted, then stop short at an event inside it. */
export function takeStep(model: CycledModel, state: RunState, instruction: Instruction): Step {
  const { begun, sizes } = state;
  const charge = model.balances.charge(state.lithium.states[0]);
  const [left, why] = knownEnd(instruction, { elapsed: state.time - begun.time, moved: charge - begun.charge });
  let size = state.h;
  let length = left <= size * (1 + 1e-9) ? left : left < 2 * size ? left / 2 : size;
  for (;;) {
    const trial = model.attempt(state, length, instruction.control);
    const spent = trial.ok ? beyondItsLimit(model, trial.x) : null;
    let refused = spent ?? (trial.ok ? refusal(trial, length, sizes) : trial.reason);
    if (trial.ok && refused === null) {
      const step = untilEvent(model, state, instruction, {
        ok: true,
        trial,
        length,
        ended: length === left ? why : null,
        size,
      });
      if (step.ok) return step;
      refused = step.reason;
    }
    length /= 2;
    size = length;
    if (!(length >= sizes.smallest)) return givenUp(model, state, { spent, refused });
  }
}

function beyondItsLimit({ spec, points, ...model }: CycledModel, x: Float64Array): string | null {
  const surface = { particle: points.particle, stoichiometry: model.surfaceStoichiometry(x) };
  return exhausted(spec.openCircuitPotential, surface) ?? outOfRange(model.extent(x), spec.time.tolerance);
}

/** Why no step is short enough: a particle that is spent, or nearly so before, or else a failure. */
function givenUp(
  { spec, points, ...model }: CycledModel,
  { lithium, sizes }: RunState,
  { spent, refused }: { readonly spent: string | null; readonly refused: string | null },
): Step & { ok: false } {
  const stoichiometry = model.surfaceStoichiometry(lithium.states[0]);
  const limit = spent ?? nearlyExhausted(spec.openCircuitPotential, { particle: points.particle, stoichiometry });
  if (limit !== null) return { ok: false, limit: true, reason: `${limit}: the current asked for cannot be passed` };
  return { ok: false, limit: false, reason: `no step of ${sizes.smallest} s or more could be taken: ${refused}` };
}

/** The step itself, or the shorter one that ends on the limit it oversteps. */
function untilEvent(model: CycledModel, state: RunState, instruction: Instruction, first: Step & { ok: true }): Step {
  const { length } = first;
  const [excess, reason] = beyondEnd(model, state, instruction, first.trial, length);
  if (excess < 0) return first;
  let latest: { readonly after: number; readonly trial: Trial } | null = null;
  let lost: string | null = null;
  const attempted = (after: number): Trial => {
    const trial = latest?.after === after ? latest.trial : model.attempt(state, after, instruction.control);
    latest = { after, trial };
    return trial;
  };
  // Once an attempt is lost so is the search, and ends where it is.
  const value = (after: number): number => {
    if (lost !== null) return 0;
    const trial = attempted(after);
    if (trial.ok) return beyondEnd(model, state, instruction, trial, after)[0];
    lost = trial.reason;
    return 0;
  };
  const least = Math.min(state.sizes.smallest, length / 1024);
  // Potentials jump where an instruction begins: from there the first step is as short as can be.
  const begun = state.lithium.age > 0;
  const from = begun ? { x: state.lithium.states[0], contact: state.contact } : null;
  const start = from === null ? value(least) : beyondEnd(model, state, instruction, from, 0)[0];
  const bracket = { a: begun ? 0 : least, fa: start, b: length, fb: excess };
  const end = start >= 0 ? least : crossing(value, bracket, eventWidth * length);
  if (lost !== null) return { ok: false, limit: false, reason: `locating the ${reason} limit: ${lost}` };
  const last = attempted(end);
  if (!last.ok) return { ok: false, limit: false, reason: `locating the ${reason} limit: ${last.reason}` };
  return { ...first, trial: last, length: end, ended: reason };
}

/** How far past its nearest end an instruction is, and which that is, `after` s later. */
function beyondEnd(
  { balances, electrochemistry }: CycledModel,
  { time, begun }: RunState,
  instruction: Instruction,
  { x, contact }: Pick<SolvedTrial, "x" | "contact">,
  after: number,
): [number, Reason] {
  return overshoot(instruction, {
    elapsed: time + after - begun.time,
    moved: balances.charge(x) - begun.charge,
    voltage: x[electrochemistry.unknownsOf.voltage],
    current: balances.reactionCurrent(contact),
  });
}

/** Why a solved step may not be accepted, or null. */
function refusal(trial: SolvedTrial, h: number, sizes: StepSizes): string | null {
  const resolvable = h > Math.max(sizes.smallest * 4, loadedStep(sizes) / 2048);
  if (trial.jump > largestJump && resolvable) return `damage jumps by ${trial.jump.toPrecision(3)} at a point`;
  return null;
}
