import { accepted, type History, history, restarted } from "../time/bdf.js";
import { firstStep, type StepSizes } from "../time/step-size.js";
import type { Ledger } from "./balances.js";
import { type ContactState, contactState, copyContact } from "./contact-state.js";
import { type CrackState, crackedArea, crackShare, soundCracks } from "./crack-state.js";
import type { CycledModel } from "./cycling.js";
import { type Checkpoint, CheckpointMisfit } from "./frame.js";
import { knownEnd } from "./protocol.js";

/**
 * Where a run is: all that what follows depends on. Replaced, not mutated, at each accepted step; models keep only factors
 * and room to work in, and these are dropped when an instruction ends.
 */
export interface RunState {
  readonly lithium: History;
  readonly displacement: History;
  /** `[point]` t̂ */
  readonly levels: History;
  readonly contact: ContactState;
  /** Null where nothing cracks. */
  readonly cracks: CrackState | null;
  /** s */
  readonly time: number;
  /** Accepted steps. */
  readonly step: number;
  /** From 1. */
  readonly cycle: number;
  /** The instruction within the cycle. */
  readonly index: number;
  /**
   * When the instruction began: s, C, D `[point]`, and the reacting area `[particle]` over that of sound particles, null where nothing
   * cracks.
   */
  readonly begun: {
    readonly time: number;
    readonly charge: number;
    readonly damage: Float64Array;
    readonly area: Float64Array | null;
  };
  readonly ledger: Ledger;
  /** `[node]` Pa, σ̃ that drives the diffusion of the next step; null where none does. */
  readonly stress: Float64Array | null;
  readonly sizes: StepSizes;
  /** s, the step to try next. */
  readonly h: number;
}

/** At rest: uniform lithium, the collector at the open-circuit potential, no drop anywhere. */
export function initialState(model: CycledModel): RunState {
  const { spec, electrochemistry, mechanics, points, rest } = model;
  const sizes = sizesOf(spec, 0);
  const contact = contactState(points);
  const cracks = spec.cracks ? soundCracks(spec.cracks, spec.initialStoichiometry) : null;
  return {
    lithium: restarted(history(electrochemistry.unknowns), rest()),
    displacement: restarted(history(mechanics.unknowns), new Float64Array(mechanics.unknowns)),
    levels: restarted(history(points.count), contact.level),
    contact,
    cracks,
    time: 0,
    step: 0,
    cycle: 1,
    index: 0,
    begun: { time: 0, charge: 0, damage: contact.damage.slice(), area: areaOf(model, cracks) },
    ledger: { imposed: 0, recorded: 0 },
    stress: null,
    sizes,
    h: firstStep(sizes),
  };
}

/** The state after accepting a step of `length` s; the arrays of the state before are reused. */
export function stepped(
  state: RunState,
  length: number,
  to: { readonly x: Float64Array; readonly displacement: Float64Array } & Pick<
    RunState,
    "contact" | "ledger" | "stress"
  > &
    Partial<Pick<RunState, "cracks">>,
): RunState {
  const { cracks = state.cracks, ledger, stress } = to;
  return {
    ...state,
    cracks,
    ledger,
    stress,
    lithium: accepted(state.lithium, to.x, length),
    displacement: accepted(state.displacement, to.displacement, length),
    levels: accepted(state.levels, to.contact.level, length),
    contact: copyContact(to.contact, state.contact),
    time: state.time + length,
    step: state.step + 1,
  };
}

/** Go to the next instruction: what came before is dropped, so that a resumed run goes on alike. */
export function turned(model: CycledModel, state: RunState): RunState {
  const { spec, balances } = model;
  const last = state.index + 1 === spec.protocol.steps.length;
  const index = last ? 0 : state.index + 1;
  const sizes = sizesOf(spec, index);
  return {
    ...state,
    lithium: restarted(state.lithium, state.lithium.states[0]),
    displacement: restarted(state.displacement, state.displacement.states[0]),
    levels: restarted(state.levels, state.levels.states[0]),
    index,
    cycle: last ? state.cycle + 1 : state.cycle,
    begun: {
      time: state.time,
      charge: balances.charge(state.lithium.states[0]),
      damage: state.contact.damage.slice(),
      area: areaOf(model, state.cracks),
    },
    sizes,
    h: firstStep(sizes),
  };
}

/** `[particle]` what cracks make of the reacting area; null where nothing cracks. */
function areaOf({ spec, particles }: CycledModel, cracks: CrackState | null): Float64Array | null {
  return spec.cracks ? crackedArea(spec.cracks, crackShare(particles, spec.cracks.law, cracks)) : null;
}

/** What `restoredState` needs; valid right after a turn. */
export function savedState(state: RunState): Checkpoint {
  const { time, step, cycle, index, begun, ledger, cracks } = state;
  return {
    numbers: { time, step, cycle, index, begunTime: begun.time, begunCharge: begun.charge, ...ledger },
    arrays: {
      x: state.lithium.states[0].slice(),
      u: state.displacement.states[0].slice(),
      ...copyOf(state.contact),
      ...(cracks && { crackLevel: cracks.level.slice(), crackGrown: cracks.grown.slice() }),
    },
  };
}

/** @throws CheckpointMisfit unless a checkpoint has each number and array that is due, as long as it is due, and no other */
function checkFit(due: Checkpoint, { numbers, arrays }: Checkpoint): void {
  const names = new Set([...Object.keys(due.numbers), ...Object.keys(numbers)]);
  for (const name of names)
    if (typeof numbers[name] !== "number" || due.numbers[name] === undefined) throw new CheckpointMisfit(`no ${name}`);
  for (const name of new Set([...Object.keys(due.arrays), ...Object.keys(arrays)])) {
    const [long, found] = [due.arrays[name]?.length, arrays[name]?.length];
    if (long !== found)
      throw new CheckpointMisfit(`${found ?? "none"} instead of ${long ?? "none"} numbers of ${name}`);
  }
}

export function restoredState(model: CycledModel, { numbers, arrays }: Checkpoint): RunState {
  const fresh = initialState(model);
  checkFit(savedState(fresh), { numbers, arrays });
  const { x, u, crackLevel, crackGrown, ...columns } = arrays;
  const cracks = fresh.cracks && { level: crackLevel.slice(), grown: crackGrown.slice() };
  const contact = copyOf(columns as unknown as ContactState);
  const sizes = sizesOf(model.spec, numbers.index);
  return {
    ...fresh,
    lithium: restarted(fresh.lithium, x),
    displacement: restarted(fresh.displacement, u),
    levels: restarted(fresh.levels, contact.level),
    contact,
    cracks,
    time: numbers.time,
    step: numbers.step,
    cycle: numbers.cycle,
    index: numbers.index,
    begun: {
      time: numbers.begunTime,
      charge: numbers.begunCharge,
      damage: contact.damage.slice(),
      area: areaOf(model, cracks),
    },
    ledger: { imposed: numbers.imposed, recorded: numbers.recorded },
    stress: model.drivingStress(x, u),
    sizes,
    h: firstStep(sizes),
  };
}

/**
 * Step sizes of the instruction at `index`. One whose end is known takes `leastSteps` steps at least, a rest an eighth of
 * them: nothing drives it, and the error of a step says how fast it may be left alone.
 */
function sizesOf(spec: CycledModel["spec"], index: number): StepSizes {
  const { sizes, leastSteps } = spec.time;
  const instruction = spec.protocol.steps[index];
  const [duration] = knownEnd(instruction, { elapsed: 0, moved: 0 });
  const least = instruction.verb === "rest" && instruction.stretch !== undefined ? leastSteps / 8 : leastSteps;
  return {
    smallest: sizes.smallest,
    largest: Math.min(sizes.largest * (instruction.stretch ?? 1), duration / least),
    loaded: sizes.largest,
  };
}

function copyOf(contact: ContactState): ContactState {
  return Object.fromEntries(
    Object.entries(contact).map(([name, column]) => [name, column.slice()]),
  ) as unknown as ContactState;
}
