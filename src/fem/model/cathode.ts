import { nextStep } from "../time/step-size.js";
import { violation } from "./balances.js";
import type { CathodeSpec } from "./cathode-spec.js";
import { surfaceMaximum, surfaceMean } from "./contact-state.js";
import { fieldsOf } from "./fields.js";
import type { Checkpoint, Ending, Frame, ParticleColumns, Simulation } from "./frame.js";
import { displacementOf, type PreparedCathode, prepareCathode, strainOf, updateDrift } from "./prepared-cathode.js";
import { initialState, type RunState, restoredState, savedState, stepped, turned } from "./run-state.js";
import { takeStep } from "./stepping.js";

export type { CathodeSpec } from "./cathode-spec.js";

/** Prepare a simulation; with a checkpoint, one that goes on from there in the same bits. */
export function cathode(spec: CathodeSpec, from?: Checkpoint): Simulation {
  const prepared = prepareCathode(spec);
  const { electrochemistry, mechanics, balances, points, space, material } = prepared;
  let state = from === undefined ? initialState(prepared) : restoredState(prepared, from);
  let ending: Ending | null = null;

  const advance = (): Frame | Ending => {
    if (ending === null && state.cycle > spec.protocol.repeat) ending = { ok: true };
    if (ending !== null) return ending;
    const outcome = advanced(prepared, state);
    if ("reason" in outcome) {
      const { time, step, cycle } = state;
      ending = { ok: false, reason: outcome.reason, time, step, cycle };
      return ending;
    }
    state = outcome.state;
    return outcome.frame;
  };

  return {
    mesh: spec.mesh,
    unknowns: {
      lithium: electrochemistry.unknownsOf.lithiumCount,
      potential: electrochemistry.unknowns - electrochemistry.unknownsOf.lithiumCount,
      displacement: mechanics.unknowns,
    },
    coverage: surfaceMean(points, spec.mesh.particles, (p) => points.high[p]),
    surface: balances.surface,
    volume: balances.volume,
    advance,
    fields: () => {
      const x = state.lithium.states[0];
      return fieldsOf(space, points, electrochemistry.unknownsOf, {
        x,
        displacement: displacementOf(prepared, state.displacement.states[0]),
        strain: strainOf(prepared, x),
        contact: state.contact,
        material,
      });
    },
    checkpoint: () => savedState(prepared, state),
  };
}

/** Take one step and check it against every balance. */
function advanced(
  prepared: PreparedCathode,
  state: RunState,
): { readonly state: RunState; readonly frame: Frame } | { readonly reason: string } {
  const { spec, balances, electrochemistry } = prepared;
  const instruction = spec.protocol.steps[state.index];
  const solved = takeStep(prepared, state, instruction);
  if (!solved.ok) return solved;
  const { trial, length, ended } = solved;
  const measured = balances.measure(trial, instruction.control, length, state.contact.damage);
  const broken = violation(measured, trial, electrochemistry.unknownsOf.lithiumCount);
  if (broken !== null) return { reason: `step ${state.step + 1}: ${broken}` };
  updateDrift(prepared, trial.x, trial.displacement);
  const next = stepped(state, length, trial);
  const { time, step, cycle, index } = next;
  const { lithium, charge, momentum } = measured;
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
    balances: { lithium, charge, momentum },
    particles: particleColumns(prepared, next),
  };
  if (ended !== null) return { state: turned(prepared, next), frame };
  return { state: { ...next, h: nextStep(solved.size, trial.error, trial.order, state.sizes) }, frame };
}

function particleColumns(prepared: PreparedCathode, { lithium, contact }: RunState): ParticleColumns {
  const { points, balances, electrochemistry, spec } = prepared;
  const x = lithium.states[0];
  const mean = (value: (point: number) => number): Float64Array => surfaceMean(points, spec.mesh.particles, value);
  const largest = (value: (point: number) => number): Float64Array =>
    surfaceMaximum(points, spec.mesh.particles, value);
  return {
    meanStoichiometry: balances.meanStoichiometry(x),
    surfaceStoichiometry: mean((p) => x[electrochemistry.unknownsOf.pointLithium[p]]),
    currentDensity: mean((p) => contact.current[p]),
    damage: mean((p) => contact.damage[p]),
    largestDamage: largest((p) => contact.damage[p]),
    meanOpening: mean((p) => contact.normalGap[p]),
    largestOpening: largest((p) => contact.normalGap[p]),
    meanTraction: mean((p) => contact.normalTraction[p]),
    largestTraction: largest((p) => contact.normalTraction[p]),
  };
}
