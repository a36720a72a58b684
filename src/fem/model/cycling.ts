import { nextStep } from "../time/step-size.js";
import type { Reacting, Start, Trial } from "./attempt.js";
import { type Balances, violation } from "./balances.js";
import type { CathodeSpec } from "./cathode-spec.js";
import { type SurfacePoints, surfaceMaximum, surfaceMean } from "./contact-state.js";
import { crackShare, grownCracks } from "./crack-state.js";
import type { Control } from "./electrochemistry.js";
import type { Extent } from "./extent.js";
import type { Checkpoint, Ending, Frame, ParticleColumns } from "./frame.js";
import { initialState, type RunState, restoredState, savedState, stepped, turned } from "./run-state.js";
import { takeStep } from "./stepping.js";

/** A model of the cathode that can be led through a protocol: resolved by finite elements or reduced to a network. */
export interface CycledModel {
  readonly spec: Pick<CathodeSpec, "protocol" | "time" | "openCircuitPotential" | "initialStoichiometry" | "cracks">;
  readonly particles: number;
  readonly points: SurfacePoints;
  readonly electrochemistry: Pick<Reacting, "unknowns" | "unknownsOf" | "forget">;
  readonly mechanics: {
    readonly unknowns: number;
    forget(): void;
    /** e₀ in a state; null where there is no depth to lengthen. */
    axialStrain(displacement: Float64Array): number | null;
  };
  readonly balances: Balances;
  readonly attempt: (start: Start, h: number, control: Control) => Trial;
  /** Electrochemical unknowns at rest. */
  rest(): Float64Array;
  /** `[point]` s where the reaction takes place. */
  surfaceStoichiometry(x: Float64Array): Float64Array;
  /** Over every place in the particles and on their surfaces. */
  extent(x: Float64Array): Extent;
  /** `[node]` Pa, σ̃ that drives the diffusion after a state; null where none does. */
  drivingStress(x: Float64Array, displacement: Float64Array): Float64Array | null;
}

/** A model on its way through the protocol. */
export interface Cycling {
  state(): RunState;
  /** The next accepted step, or how the protocol ended. */
  advance(): Frame | Ending;
  checkpoint(): Checkpoint;
}

/** Begin a run; with a checkpoint, go on from there in the same bits. */
export function cycling(model: CycledModel, from?: Checkpoint): Cycling {
  let state = from === undefined ? initialState(model) : restoredState(model, from);
  let ending: Ending | null = null;
  return {
    state: () => state,
    advance: () => {
      if (ending === null && state.cycle > model.spec.protocol.repeat) ending = { ok: true };
      if (ending !== null) return ending;
      const outcome = advanced(model, state);
      if ("reason" in outcome) {
        const { time, step, cycle } = state;
        ending = { ok: false, limit: outcome.limit, reason: outcome.reason, time, step, cycle };
        return ending;
      }
      state = outcome.state;
      return outcome.frame;
    },
    checkpoint: () => savedState(state),
  };
}

/** Take one step and check it against every balance. */
function advanced(
  model: CycledModel,
  state: RunState,
): { readonly state: RunState; readonly frame: Frame } | { readonly reason: string; readonly limit: boolean } {
  const { spec, balances, electrochemistry } = model;
  const instruction = spec.protocol.steps[state.index];
  const solved = takeStep(model, state, instruction);
  if (!solved.ok) return solved;
  const { trial, length, ended } = solved;
  const measured = balances.measure(state, trial, instruction.control, length);
  const broken = violation(measured, trial);
  if (broken !== null) return { reason: `step ${state.step + 1}: ${broken}`, limit: false };
  const stress = model.drivingStress(trial.x, trial.displacement);
  const { lithium, charge, momentum, ledger } = measured;
  const cracks = state.cracks && spec.cracks ? grownCracks(spec.cracks, state.cracks, meansOf(model, trial.x)) : null;
  const next = stepped(state, length, { ...trial, cracks, ledger, stress });
  const { time, step, cycle, index } = next;
  const frame: Frame = {
    time,
    step,
    cycle,
    protocolStep: index,
    verb: instruction.verb,
    ended,
    voltage: trial.x[electrochemistry.unknownsOf.voltage],
    current: balances.reactionCurrent(trial.contact),
    charge: balances.charge(trial.x),
    axialStrain: model.mechanics.axialStrain(trial.displacement),
    balances: { lithium, charge, momentum },
    particles: particleColumns(model, next),
  };
  if (ended !== null) {
    // So that a resumed run, which has no factors, goes on alike.
    electrochemistry.forget();
    model.mechanics.forget();
    return { state: turned(model, next), frame };
  }
  return { state: { ...next, h: nextStep(solved.size, trial.error, trial.order, state.sizes) }, frame };
}

/** `[particle]` means of s over the volume and over the surface. */
function meansOf(
  { points, balances, electrochemistry }: CycledModel,
  x: Float64Array,
): Pick<ParticleColumns, "meanStoichiometry" | "surfaceStoichiometry"> {
  const { pointLithium } = electrochemistry.unknownsOf;
  const atSurface = new Float64Array(points.count);
  for (let p = 0; p < points.count; p++) atSurface[p] = x[pointLithium[p]];
  return {
    meanStoichiometry: balances.meanStoichiometry(x),
    surfaceStoichiometry: surfaceMean(points, balances.surface, atSurface),
  };
}

function particleColumns(model: CycledModel, { lithium, contact, cracks }: RunState): ParticleColumns {
  const { spec, points, balances, particles } = model;
  const x = lithium.states[0];
  const mean = (column: Float64Array): Float64Array => surfaceMean(points, balances.surface, column);
  const largest = (column: Float64Array): Float64Array => surfaceMaximum(points, particles, column);
  const { smallest, largest: greatest } = model.extent(x);
  return {
    ...meansOf(model, x),
    smallestStoichiometry: smallest,
    largestStoichiometry: greatest,
    currentDensity: mean(contact.current),
    damage: mean(contact.damage),
    largestDamage: largest(contact.damage),
    meanOpening: mean(contact.normalGap),
    largestOpening: largest(contact.normalGap),
    meanTraction: mean(contact.normalTraction),
    largestTraction: largest(contact.normalTraction),
    crackShare: crackShare(particles, spec.cracks?.law, cracks),
  };
}
