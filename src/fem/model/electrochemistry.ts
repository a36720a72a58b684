import type { Space } from "../assembly/assemble.js";
import type { ContactPoints } from "../assembly/contact-points.js";
import { contactTerm } from "../assembly/contact-term.js";
import type { Side } from "../mesh/mesh.js";
import type { KeptOperator } from "../nonlinear/kept-newton.js";
import { type KeptStep, type KeptSystem, keptOperator } from "../nonlinear/kept-system.js";
import type { Bdf, History } from "../time/bdf.js";
import { type CurrentScale, currentScale, sizesBy } from "./current-scale.js";
import {
  type BulkSpec,
  contactCouplings,
  type ElectrochemicalBulk,
  electrochemicalBulk,
  resolvedConduction,
} from "./electrochemical-bulk.js";
import { type ElectrochemicalUnknowns, electrochemicalUnknowns } from "./electrochemical-unknowns.js";
import { nonlinearDiffusion, type StressDrift } from "./nonlinear-diffusion.js";
import { particleConduction } from "./particle-conduction.js";
import { contactPassage } from "./particle-contact.js";
import { type ReactionSpec, reactionLaw } from "./reaction.js";

/**
 * Lithium in the particles, potential in the carbon/binder, reaction on the interface, one nonlinear system:
 *   F c_max (ṡ, w) + F c_max (D ∇s, ∇w) + Σ w i = 0,   (σ ∇φ, ∇ψ) + Σ ψ i = I ψ(collector)
 * Every row is a current in A. φ is kept relative to the collector's potential V, so that no digits are lost to it. Where
 * electrons pass contacts into particles, these have a potential of their own: see `particle-contact.ts`.
 */
export interface ElectrochemistrySpec extends BulkSpec, ReactionSpec {
  readonly collector: Side;
  readonly separator: Side;
  readonly stressDrift: StressDrift | null;
}

/** What the collector imposes: a current in A (positive on charge) or a potential in V. */
export type Control = { readonly current: number } | { readonly voltage: number };

/** What a step of the electrochemistry is given. */
export interface ElectrochemicalStep {
  readonly formula: Bdf;
  readonly history: History;
  readonly control: Control;
  /** `[point]` D */
  readonly damage: Float64Array;
  /** `[particle]` reacting area over that of sound particles; one everywhere unless given. */
  readonly area?: Float64Array | null;
  /** A, what residuals are measured against. */
  readonly currentScale: number;
  /** `[point]` A/m², a first guess of the reaction. */
  readonly current: Float64Array;
  /** `[node]` Pa, σ̃ that drives diffusion; none unless given. */
  readonly stress?: Float64Array | null;
  /** `[unknown]` A, sources on the right-hand side; the collector's counts under an imposed current only. */
  readonly load?: Float64Array;
}

export interface Electrochemistry extends KeptOperator {
  readonly unknownsOf: ElectrochemicalUnknowns;
  readonly reaction: { readonly current: Float64Array };
  /** `[unknown of s]` F c_max ∫N dV, C: weights of the lithium content. */
  readonly content: Float64Array;
  /** Set the step to be solved. */
  prepare(step: ElectrochemicalStep): void;
  /** ∫ rate of lithium: F c_max M(a₀s + a₁sⁿ + a₂sⁿ⁻¹) summed with `content`, into `[unknown of s]` A. */
  rate(x: Float64Array, out: Float64Array): void;
  /** A, the current that enters at the collector. */
  collectorCurrent(x: Float64Array): number;
}

export function electrochemistry(space: Space, points: ContactPoints, spec: ElectrochemistrySpec): Electrochemistry {
  const unknownsOf = electrochemicalUnknowns(space.mesh, points, {
    collector: spec.collector,
    separator: spec.separator,
    resolveElectrolyte: spec.electrolyteConductivity !== null,
    conduction: spec.contact?.conduction ?? null,
  });
  const linear = spec.diffusivity.constant === true && spec.stressDrift === null;
  const bulk = electrochemicalBulk(space, spec, unknownsOf, linear);
  const drift = linear ? null : nonlinearDiffusion(space, spec, unknownsOf, bulk.matrix);
  const law = reactionLaw(spec, points);
  const { reacting, passing } = contactCouplings(spec.contact, unknownsOf);
  const reaction = contactTerm(bulk.matrix, reacting, law);
  const passage = spec.contact === null ? null : contactPassage(spec.contact, points);
  const entry = passage === null ? [] : passing.map((coupling) => contactTerm(bulk.matrix, coupling, passage));
  const conduction = resolvedConduction(spec.contact);
  const bent = typeof conduction === "number" ? null : conduction;
  const spread = bent === null ? [] : [particleConduction(space, bent, unknownsOf, bulk.matrix)];
  const { place, voltage, lithiumCount, potentialEnd, count, shared } = unknownsOf;
  const system: KeptSystem = {
    bulk,
    terms: [...(drift === null ? [] : [drift]), ...spread, ...entry, reaction],
    ...activeUnknowns(unknownsOf, spec.thermalVoltage, { lithium: !linear || bent !== null, inside: bent !== null }),
    level: { unknown: voltage, from: lithiumCount, end: potentialEnd },
    elimination: { kind: "lu", points: place, last: shared },
  };
  const operator = keptOperator(system);
  const stepOf = stepping(bulk, unknownsOf, system.active, spec.thermalVoltage);
  const scratch = new Float64Array(count);
  let step: PreparedStep;
  return {
    ...operator,
    ...settlingCurrents(operator, law.current, reaction.flux, points.weight),
    unknownsOf,
    reaction: law,
    content: bulk.lithium.content,
    prepare: (given) => {
      law.take(given.damage, given.area);
      passage?.take(given.damage);
      law.current.set(given.current);
      drift?.take(given.stress ?? null);
      step = stepOf(given);
      operator.take(step);
    },
    rate: (x, out) => {
      bulk.store(x, scratch);
      for (let i = 0; i < lithiumCount; i++) out[i] = step.version * scratch[i] + step.past[i];
    },
    collectorCurrent: (x) => {
      bulk.multiply(x, scratch);
      return scratch[voltage];
    },
  };
}

/** The currents follow the fluxes that take what rows lack. */
function settlingCurrents(
  { settle }: KeptOperator,
  current: Float64Array,
  flux: Float64Array,
  weight: Float64Array,
): Pick<KeptOperator, "settle"> {
  if (settle === undefined) return {};
  return {
    settle: (x, residual) => {
      const size = settle(x, residual);
      for (let p = 0; p < current.length; p++) if (weight[p] > 0) current[p] = flux[p] / weight[p];
      return size;
    },
  };
}

interface PreparedStep extends KeptStep {
  /** `[unknown of s]` A, M(a₁sⁿ + a₂sⁿ⁻¹). */
  readonly past: Float64Array;
}

/** f and scales of each step, A being told by its a₀. */
function stepping(
  bulk: ElectrochemicalBulk,
  unknowns: ElectrochemicalUnknowns,
  active: Int32Array,
  thermalVoltage: number,
): (step: ElectrochemicalStep) => PreparedStep {
  const { count, lithiumCount, voltage } = unknowns;
  const [past, load, before] = [new Float64Array(lithiumCount), new Float64Array(count), new Float64Array(count)];
  let scale: CurrentScale | null = null;
  return ({ formula, history, control, currentScale: current, load: sources }) => {
    if (scale === null || scale.a0 !== formula.a0) {
      bulk.take(formula.a0);
      const { total } = bulk.lithium;
      scale = currentScale({ a0: formula.a0, current, potential: thermalVoltage }, bulk.lithiumTerms(), total);
    }
    const [s0, s1] = history.states;
    for (let i = 0; i < count; i++) before[i] = formula.a1 * s0[i] + formula.a2 * s1[i];
    bulk.store(before, past);
    if (sources === undefined) load.fill(0);
    else load.set(sources);
    for (let i = 0; i < lithiumCount; i++) load[i] -= past[i];
    if ("current" in control) load[voltage] += control.current;
    const held = "voltage" in control ? control.voltage : null;
    return { version: formula.a0, load, held, past, ...sizesBy(scale, held !== null, unknowns, bulk.lithium, active) };
  };
}

/** The nonlinearity lives at the interface, and on all of the particles in the unknowns told. */
function activeUnknowns(
  unknowns: ElectrochemicalUnknowns,
  thermalVoltage: number,
  everywhere: { readonly lithium: boolean; readonly inside: boolean },
): Pick<KeptSystem, "active" | "activeScale"> {
  const lithium = everywhere.lithium
    ? Int32Array.from({ length: unknowns.lithiumCount }, (_, i) => i)
    : unknowns.pointLithium;
  const inside = new Set(
    [...unknowns.pointParticle, ...(everywhere.inside ? [unknowns.inside] : [])].flatMap((all) => [...all]),
  );
  const there = [...inside, ...unknowns.pointIonic].filter((unknown) => unknown >= 0);
  const active = Int32Array.from([...lithium, ...unknowns.pointPotential, ...there, unknowns.voltage]);
  const activeScale = new Float64Array(active.length).fill(1 / thermalVoltage).fill(1, 0, lithium.length);
  return { active, activeScale };
}
