import { spaceOf } from "../assembly/assemble.js";
import { contactPoints } from "../assembly/contact-points.js";
import { type Elastic, elastic } from "../assembly/forms.js";
import { axisymmetric, plane } from "../coordinates/coordinates.js";
import { GAS_CONSTANT, thermalVoltage } from "../law/faraday.js";
import type { CohesiveLaw, FatigueLaw, FeedbackLaw, StoichiometryFunction } from "../law/law.js";
import type { Mesh, Side } from "../mesh/mesh.js";
import { accepted, history, restarted } from "../time/bdf.js";
import { crossing } from "../time/root.js";
import { firstStep, nextStep, type StepSizes } from "../time/step-size.js";
import { attempts, type Parts, type Trial } from "./attempt.js";
import { balancesOf, violation } from "./balances.js";
import { type ContactState, contactState, surfaceMaximum, surfaceMean } from "./contact-state.js";
import { electrochemistry } from "./electrochemistry.js";
import { cellStress, fieldsOf, nodalMean, onNodes } from "./fields.js";
import type { Checkpoint, Ending, Frame, Simulation } from "./frame.js";
import { mechanics } from "./mechanics.js";
import { type Instruction, knownEnd, overshoot, type Reason } from "./protocol.js";

/** A cathode ready to be simulated: mesh, laws and protocol, all in SI units. */
export interface CathodeSpec {
  readonly mesh: Mesh;
  readonly kind: "plane" | "axisymmetric";
  readonly collector: Side;
  readonly separator: Side;
  readonly sides: Readonly<Record<Side, "roller" | "fixed" | "free">>;
  /** mol/m³ */
  readonly maximumConcentration: number;
  readonly initialStoichiometry: number;
  readonly openCircuitPotential: StoichiometryFunction;
  readonly diffusivity: StoichiometryFunction;
  readonly exchangeCurrent: StoichiometryFunction;
  readonly eigenstrain: StoichiometryFunction;
  /** m³/mol where stress drives diffusion, else null. */
  readonly stressDrift: number | null;
  /** S/m, high and low. */
  readonly conductivity: readonly [number, number];
  readonly electrolyteConductivity: number | null;
  /** Pa and 1 */
  readonly particleSolid: { readonly youngModulus: number; readonly poissonRatio: number };
  readonly binderSolid: { readonly youngModulus: number; readonly poissonRatio: number };
  readonly cohesive: CohesiveLaw;
  readonly fatigue: FatigueLaw | null;
  readonly feedback: FeedbackLaw;
  /** K */
  readonly temperature: number;
  readonly protocol: { readonly repeat: number; readonly steps: readonly Instruction[] };
  readonly time: {
    readonly method: "euler" | "bdf2";
    readonly tolerance: number;
    readonly sizes: StepSizes;
    /** An instruction whose end is known beforehand takes at least this many steps. */
    readonly leastSteps: number;
  };
  /** A, what residuals and balances are measured against: the current of the protocol's first rate. */
  readonly currentScale: number;
}

/** A point may lose this much of its bond by the static law in one step; a jump no smaller step resolves is taken. */
const largestJump = 0.02;

/** Prepare a simulation; with a checkpoint, one that goes on from there in the same bits. */
export function cathode(spec: CathodeSpec, from?: Checkpoint): Simulation {
  const space = spaceOf(spec.mesh, spec.kind === "plane" ? plane : axisymmetric);
  const points = contactPoints(space);
  const count = spec.mesh.particles;
  const solids = {
    particle: elastic(spec.particleSolid.youngModulus, spec.particleSolid.poissonRatio),
    binder: elastic(spec.binderSolid.youngModulus, spec.binderSolid.poissonRatio),
  };
  const material = (cell: number): Elastic => (spec.mesh.region[cell] < count ? solids.particle : solids.binder);
  const vT = thermalVoltage(spec.temperature);
  const electro = electrochemistry(space, points, {
    ...spec,
    thermalVoltage: vT,
    stressDrift: driftOf(spec),
  });
  const solid = mechanics(space, points, { ...spec, ...solids });
  const parts: Parts = {
    points,
    electrochemistry: electro,
    mechanics: solid,
    cohesive: spec.cohesive,
    fatigue: spec.fatigue,
    method: spec.time.method,
    tolerance: spec.time.tolerance,
    currentScale: spec.currentScale,
  };
  const attempt = attempts(parts);
  const balances = balancesOf(spec.mesh, electro, points, spec);

  let contact: ContactState = contactState(points);
  let lithium = restarted(history(electro.unknowns), initialUnknowns(spec, electro));
  let displacement = restarted(history(solid.unknowns), new Float64Array(solid.unknowns));
  let [time, step, cycle, index] = [0, 0, 1, 0];
  let begun = { time: 0, charge: 0 };
  let sizes = sizesOf(spec, 0);
  let h = firstStep(sizes);
  let failed: Ending | null = null;

  const strainOf = (x: Float64Array): Float64Array => {
    const fresh = spec.eigenstrain.value(spec.initialStoichiometry);
    return onNodes(electro.unknownsOf.lithium, x).map((s) => (Number.isNaN(s) ? 0 : spec.eigenstrain.value(s) - fresh));
  };

  const forgetFactors = (): void => {
    electro.forget();
    solid.forget();
  };

  /** Shorten the step until it can be accepted; then stop short at an event inside it. */
  const solve = (
    instruction: Instruction,
  ): { trial: Trial & { ok: true }; h: number; ended: Reason | null } | Ending => {
    const charge = balances.charge(lithium.states[0]);
    const [left, why] = knownEnd(instruction, { elapsed: time - begun.time, moved: charge - begun.charge });
    let length = left <= h * (1 + 1e-9) ? left : left < 2 * h ? left / 2 : h;
    let reason = "";
    for (;;) {
      const trial = attempt({ lithium, displacement, contact }, length, instruction.control);
      const refused = trial.ok ? refusal(trial, length, sizes) : trial.reason;
      if (trial.ok && refused === null) {
        const ended = length === left ? why : null;
        return untilEvent(instruction, trial, length, ended);
      }
      reason = refused ?? "";
      length /= 2;
      if (length < sizes.smallest) {
        return {
          ok: false,
          reason: `no step of ${sizes.smallest} s or more could be taken: ${reason}`,
          time,
          step,
          cycle,
        };
      }
      h = length;
    }
  };

  const untilEvent = (
    instruction: Instruction,
    first: Trial & { ok: true },
    length: number,
    ended: Reason | null,
  ): { trial: Trial & { ok: true }; h: number; ended: Reason | null } | Ending => {
    const past = (trial: Trial & { ok: true }, after: number): [number, Reason] =>
      overshoot(instruction, {
        elapsed: time + after - begun.time,
        moved: balances.charge(trial.x) - begun.charge,
        voltage: trial.x[electro.unknownsOf.voltage],
        current: balances.reactionCurrent(trial.contact),
      });
    const [beyond, reason] = past(first, length);
    if (beyond < 0) return { trial: first, h: length, ended };
    const again = (x: number): Trial => attempt({ lithium, displacement, contact }, x, instruction.control);
    const value = (x: number): number => {
      const trial = again(x);
      return trial.ok ? past(trial, x)[0] : Number.NaN;
    };
    const least = Math.min(sizes.smallest, length / 1024);
    const start = value(least);
    const end = start >= 0 ? least : crossing(value, { a: least, fa: start, b: length, fb: beyond }, 1e-6 * length);
    const last = again(end);
    if (!last.ok) return { ok: false, reason: `locating the ${reason} limit: ${last.reason}`, time, step, cycle };
    return { trial: last, h: end, ended: reason };
  };

  const accept = (trial: Trial & { ok: true }, length: number): void => {
    lithium = accepted(lithium, trial.x, length);
    displacement = accepted(displacement, trial.displacement, length);
    contact = copyOf(trial.contact);
    time += length;
    step += 1;
    if (electro.drift !== null) {
      const nodal = spreadDisplacement(solid.displacement, trial.displacement);
      const stress = cellStress(space, nodal, strainOf(trial.x), material).hydrostatic;
      electro.drift.setStress(
        nodalMean(space, stress, (cell) => spec.mesh.region[cell] < count),
        trial.x,
      );
    }
  };

  const advance = (): Frame | Ending => {
    if (failed !== null) return failed;
    if (cycle > spec.protocol.repeat) return { ok: true };
    const instruction = spec.protocol.steps[index];
    const solved = solve(instruction);
    if ("ok" in solved) {
      failed = solved;
      return solved;
    }
    const before = contact.damage;
    const { trial, ended } = solved;
    const measured = balances.measure(trial, instruction.control, solved.h, before);
    const broken = violation(measured, trial, electro.unknownsOf.lithiumCount);
    if (broken !== null) {
      failed = { ok: false, reason: `step ${step + 1}: ${broken}`, time, step, cycle };
      return failed;
    }
    accept(trial, solved.h);
    const frame = frameOf(instruction, ended, measured);
    if (ended === null) h = nextStep(h, trial.error, trial.order, sizes);
    else turn();
    return frame;
  };

  /** Go to the next instruction: start afresh from the present state, so that a resumed run goes on alike. */
  const turn = (): void => {
    index += 1;
    if (index === spec.protocol.steps.length) {
      index = 0;
      cycle += 1;
    }
    lithium = restarted(lithium, lithium.states[0]);
    displacement = restarted(displacement, displacement.states[0]);
    begun = { time, charge: balances.charge(lithium.states[0]) };
    sizes = sizesOf(spec, index);
    h = firstStep(sizes);
    forgetFactors();
  };

  const frameOf = (instruction: Instruction, ended: Reason | null, measured: Frame["balances"]): Frame => {
    const x = lithium.states[0];
    return {
      time,
      step,
      cycle,
      protocolStep: index,
      verb: instruction.verb,
      ended,
      voltage: x[electro.unknownsOf.voltage],
      current: balances.reactionCurrent(contact),
      charge: balances.charge(x),
      balances: measured,
      particles: {
        meanStoichiometry: balances.meanStoichiometry(x),
        surfaceStoichiometry: surfaceMean(points, count, (p) => x[electro.unknownsOf.pointLithium[p]]),
        currentDensity: surfaceMean(points, count, (p) => contact.current[p]),
        damage: surfaceMean(points, count, (p) => contact.damage[p]),
        largestDamage: surfaceMaximum(points, count, (p) => contact.damage[p]),
        meanOpening: surfaceMean(points, count, (p) => contact.normalGap[p]),
        largestOpening: surfaceMaximum(points, count, (p) => contact.normalGap[p]),
        meanTraction: surfaceMean(points, count, (p) => contact.normalTraction[p]),
        largestTraction: surfaceMaximum(points, count, (p) => contact.normalTraction[p]),
      },
    };
  };

  const simulation: Simulation = {
    mesh: spec.mesh,
    unknowns: {
      lithium: electro.unknownsOf.lithiumCount,
      potential: electro.unknowns - electro.unknownsOf.lithiumCount,
      displacement: solid.unknowns,
    },
    coverage: surfaceMean(points, count, (p) => points.high[p]),
    surface: balances.surface,
    volume: balances.volume,
    advance,
    fields: () =>
      fieldsOf(space, points, electro.unknownsOf, {
        x: lithium.states[0],
        displacement: spreadDisplacement(solid.displacement, displacement.states[0]),
        strain: strainOf(lithium.states[0]),
        contact,
        material,
      }),
    checkpoint: () => ({
      numbers: { time, step, cycle, index, begunTime: begun.time, begunCharge: begun.charge, ...balances.save() },
      arrays: { x: lithium.states[0].slice(), u: displacement.states[0].slice(), ...copyOf(contact) },
    }),
  };
  if (from !== undefined) {
    const { numbers, arrays } = from;
    [time, step, cycle, index] = [numbers.time, numbers.step, numbers.cycle, numbers.index];
    begun = { time: numbers.begunTime, charge: numbers.begunCharge };
    sizes = sizesOf(spec, index);
    h = firstStep(sizes);
    lithium = restarted(lithium, arrays.x);
    displacement = restarted(displacement, arrays.u);
    const { x: _x, u: _u, ...points } = arrays;
    contact = copyOf(points as unknown as ContactState);
    electro.reaction.current.set(contact.current);
    balances.restore(numbers);
  }
  return simulation;
}

/** Step sizes of the instruction at `index`. */
function sizesOf(spec: CathodeSpec, index: number): StepSizes {
  const { sizes, leastSteps } = spec.time;
  const [duration] = knownEnd(spec.protocol.steps[index], { elapsed: 0, moved: 0 });
  return { smallest: sizes.smallest, largest: Math.min(sizes.largest, duration / leastSteps) };
}

/** Why a solved step may not be accepted, or null. */
function refusal(trial: Trial & { ok: true }, h: number, sizes: StepSizes): string | null {
  if (trial.error !== null && trial.error > 1)
    return `the local error is ${trial.error.toPrecision(3)} times the tolerance`;
  const resolvable = h > Math.max(sizes.smallest * 4, sizes.largest / 2048);
  if (trial.jump > largestJump && resolvable) return `damage jumps by ${trial.jump.toPrecision(3)} at a point`;
  return null;
}

function driftOf(spec: CathodeSpec): Parameters<typeof electrochemistry>[2]["stressDrift"] {
  if (spec.stressDrift === null) return null;
  const { youngModulus, poissonRatio } = spec.particleSolid;
  const omega = spec.stressDrift;
  return {
    partialMolarVolume: omega,
    stressPerStoichiometry: (2 * youngModulus * omega * spec.maximumConcentration) / (9 * (1 - poissonRatio)),
    thermalEnergy: GAS_CONSTANT * spec.temperature,
  };
}

/** Uniform lithium at rest: the collector at the open-circuit potential, no drop anywhere. */
function initialUnknowns(spec: CathodeSpec, electro: ReturnType<typeof electrochemistry>): Float64Array {
  const x = new Float64Array(electro.unknowns);
  x.fill(spec.initialStoichiometry, 0, electro.unknownsOf.lithiumCount);
  x[electro.unknownsOf.voltage] = spec.openCircuitPotential.value(spec.initialStoichiometry);
  return x;
}

function spreadDisplacement(unknown: Int32Array, u: Float64Array): Float64Array {
  return onNodes(unknown, u, 0, 0);
}

function copyOf(contact: ContactState): ContactState {
  return Object.fromEntries(
    Object.entries(contact).map(([name, column]) => [name, column.slice()]),
  ) as unknown as ContactState;
}
