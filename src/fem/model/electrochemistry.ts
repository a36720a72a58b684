import { assemble, cellsWhere, cellUnknowns, type Space } from "../assembly/assemble.js";
import type { ContactPoints } from "../assembly/contact-points.js";
import { diffusion, mass } from "../assembly/forms.js";
import { FARADAY } from "../law/faraday.js";
import type { StoichiometryFunction } from "../law/law.js";
import { type Csr, multiply } from "../linear/csr.js";
import { directSolver } from "../linear/direct.js";
import { elementPattern, positionOf, scatterMap, unitePatterns } from "../linear/pattern.js";
import { product } from "../linear/product.js";
import type { Side } from "../mesh/mesh.js";
import { type KeptSystem, renewalCost } from "../nonlinear/kept-newton.js";
import type { Bdf, History } from "../time/bdf.js";
import { type ElectrochemicalUnknowns, electrochemicalUnknowns } from "./electrochemical-unknowns.js";
import { type NonlinearDiffusion, nonlinearDiffusion, type StressDrift } from "./nonlinear-diffusion.js";
import { type Reaction, type ReactionSpec, reaction, reactionCells } from "./reaction.js";

/**
 * Lithium in the particles, potential in the carbon/binder, reaction on the interface, one nonlinear system:
 *   F c_max (ṡ, w) + F c_max (D ∇s, ∇w) + Σ w i = 0,   (σ ∇φ, ∇ψ) + Σ ψ i = I ψ(collector)
 * Every row is a current in A. φ is kept relative to the collector's potential V, so that no digits are lost to it.
 */
export interface ElectrochemistrySpec extends ReactionSpec {
  /** mol/m³ */
  readonly maximumConcentration: number;
  /** m²/s */
  readonly diffusivity: StoichiometryFunction;
  /** S/m, of the high- and the low-conductivity carbon/binder. */
  readonly conductivity: readonly [high: number, low: number];
  /** S/m of the electrolyte in the carbon/binder, or null where its potential is uniform. */
  readonly electrolyteConductivity: number | null;
  readonly collector: Side;
  readonly separator: Side;
  readonly stressDrift: StressDrift | null;
}

/** What the collector imposes: a current in A (positive on charge) or a potential in V. */
export type Control = { readonly current: number } | { readonly voltage: number };

export interface Electrochemistry extends KeptSystem {
  readonly unknownsOf: ElectrochemicalUnknowns;
  readonly reaction: Reaction;
  /** `[unknown of s]` F c_max ∫N dV, C: weights of the lithium content. */
  readonly content: Float64Array;
  /** Set the step to be solved. */
  prepare(step: {
    readonly formula: Bdf;
    readonly history: History;
    readonly control: Control;
    readonly damage: Float64Array;
    /** A, what residuals are measured against. */
    readonly currentScale: number;
    /** `[unknown]` A, sources on the right-hand side; the collector's counts under an imposed current only. */
    readonly load?: Float64Array;
  }): void;
  /** ∫ rate of lithium: F c_max M(a₀s + a₁sⁿ + a₂sⁿ⁻¹) summed with `content`, into `[unknown of s]` A. */
  rate(x: Float64Array, out: Float64Array): void;
  /** A, the current that enters at the collector. */
  collectorCurrent(x: Float64Array): number;
  /** σ_h for the drift of the next steps, `[node]` Pa. */
  readonly drift: NonlinearDiffusion | null;
}

interface Bulk {
  readonly matrix: Csr;
  readonly massValue: Float64Array;
  readonly fixedValue: Float64Array;
}

export function electrochemistry(space: Space, points: ContactPoints, spec: ElectrochemistrySpec): Electrochemistry {
  const unknownsOf = electrochemicalUnknowns(space.mesh, points, {
    collector: spec.collector,
    separator: spec.separator,
    resolveElectrolyte: spec.electrolyteConductivity !== null,
  });
  const n = unknownsOf.count;
  const linear = spec.diffusivity.constant === true && spec.stressDrift === null;
  const bulk = assembleBulk(space, spec, unknownsOf, linear);
  const bending = linear ? null : nonlinearDiffusion(space, spec, unknownsOf, bulk.matrix);
  const charge = reaction(spec, points, unknownsOf, bulk.matrix);
  /** Bulk rows with the present step size, and F c_max M on the rows of lithium. */
  const rows = product(bulk.matrix);
  const storage = product({ ...bulk.matrix, value: bulk.massValue }, unknownsOf.lithiumCount);
  const solver = directSolver(bulk.matrix, { kind: "lu", points: unknownsOf.place, last: [unknownsOf.voltage] });
  const tangent = new Float64Array(bulk.matrix.value.length);
  /** The tangent of the diffusion that bends with s, in the held factor. */
  const bent = bending && new Float64Array(bulk.matrix.value.length);
  const past = new Float64Array(n);
  const scratch = new Float64Array(n);
  const deviation = new Float64Array(n);
  const content = new Float64Array(unknownsOf.lithiumCount);
  storage.multiply(scratch.fill(1), past);
  content.set(past.subarray(0, content.length));

  let formula: Bdf = { order: 1, a0: Number.NaN, a1: 0, a2: 0 };
  let control: Control = { current: 0 };
  let damage = new Float64Array(points.count);
  let currentScale = 1;
  let lithiumScale = 1;
  let load: Float64Array | undefined;
  let kept: { a0: number; held: boolean } | null = null;
  /** 1/s, how fast the stiffest diffusion between nodes is; beside it a step may be idle, too long for digits of s to last. */
  const stiffness = largestRate(bulk, unknownsOf.lithiumCount);
  let idle = false;
  /** Whether what residuals are measured against lets too much lithium go in a step. */
  let strict = false;
  /** C, [particle] */
  const whole = particleSums(unknownsOf.owner, content, space.mesh.particles);
  /** V, what potentials are measured from where G is formed. */
  let reference = 0;
  const byVoltage = (): boolean => "voltage" in control;

  const prepare: Electrochemistry["prepare"] = (step) => {
    control = step.control;
    damage = step.damage as Float64Array<ArrayBuffer>;
    currentScale = step.currentScale;
    load = step.load;
    if (step.formula.a0 !== formula.a0) {
      for (let k = 0; k < tangent.length; k++) {
        bulk.matrix.value[k] = bulk.fixedValue[k] + step.formula.a0 * bulk.massValue[k];
      }
      rows.value.set(bulk.matrix.value);
      idle = step.formula.a0 > 0 && stiffness > ample * step.formula.a0;
      lithiumScale = currentScale + resolvable * lithiumTerms(bulk.matrix, unknownsOf.lithiumCount);
      strict = lithiumScale > loose * step.formula.a0 * whole.reduce((sum, own) => sum + own, 0);
    }
    formula = step.formula;
    const [s0, s1] = step.history.states;
    for (let i = 0; i < n; i++) scratch[i] = formula.a1 * s0[i] + formula.a2 * s1[i];
    storage.multiply(scratch, past);
  };

  /** The same with s measured from its particle's mean, which diffusion does not see: steps so long lose no digits to it. */
  const deviationProduct = (x: Float64Array, out: Float64Array): void => {
    const mean = particleMeans(unknownsOf.owner, content, x, whole);
    deviation.set(x);
    deviation[unknownsOf.voltage] = 0;
    for (let i = 0; i < unknownsOf.lithiumCount; i++) deviation[i] -= mean[unknownsOf.owner[i]];
    rows.multiply(deviation, out);
    for (let i = 0; i < unknownsOf.lithiumCount; i++) out[i] += formula.a0 * mean[unknownsOf.owner[i]] * content[i];
  };

  /** Bulk rows at x, without the collector's potential, which they do not see. */
  const bulkProduct = (x: Float64Array, out: Float64Array): void => {
    if (idle) {
      deviationProduct(x, out);
      return;
    }
    const voltage = x[unknownsOf.voltage];
    x[unknownsOf.voltage] = 0;
    rows.multiply(x, out);
    x[unknownsOf.voltage] = voltage;
  };

  const residual = (x: Float64Array, out: Float64Array): number => {
    reference = x[unknownsOf.voltage];
    bulkProduct(x, out);
    for (let i = 0; i < unknownsOf.lithiumCount; i++) out[i] += past[i];
    bending?.addResidual(x, out);
    charge.addResidual(x, damage, out);
    if (load !== undefined) for (let i = 0; i < n; i++) out[i] -= load[i];
    const v = unknownsOf.voltage;
    if ("voltage" in control) out[v] = x[v] - control.voltage;
    else out[v] -= control.current;
    let stored = 0;
    for (let i = 0; i < unknownsOf.lithiumCount; i++) stored += Math.abs(out[i]);
    let size = 0;
    for (let i = unknownsOf.lithiumCount; i < n - 1; i++) size += Math.abs(out[i]);
    const atCollector = Math.abs(out[v]) / (byVoltage() ? spec.thermalVoltage : currentScale);
    const ordinary = stored / lithiumScale + size / currentScale + atCollector;
    return strict ? Math.max(ordinary, closing * lost(out)) : ordinary;
  };

  /** The largest share of a particle's capacity its rows of lithium leave over in a step, or of all that φ's do. */
  const lost = (out: Float64Array): number => {
    if (formula.a0 === 0) return 0;
    const sums = particleSums(unknownsOf.owner, out, whole.length);
    let astray = byVoltage() ? 0 : out[unknownsOf.voltage];
    if (!byVoltage()) for (let i = unknownsOf.lithiumCount; i < unknownsOf.potentialEnd; i++) astray += out[i];
    const all = whole.reduce((sum, own) => sum + own, 0);
    return sums.reduce((most, sum, k) => Math.max(most, Math.abs(sum) / whole[k]), Math.abs(astray) / all) / formula.a0;
  };

  const nonlinear = activeUnknowns(unknownsOf, spec.thermalVoltage, linear);

  const activeSize = (out: Float64Array): number => {
    let size = 0;
    for (const i of nonlinear.active)
      size += Math.abs(out[i]) / (i < unknownsOf.lithiumCount ? lithiumScale : currentScale);
    return size;
  };

  const linearise = (x: Float64Array): boolean => {
    tangent.fill(0);
    bending?.addTangent(x, tangent);
    bent?.set(tangent);
    for (let k = 0; k < tangent.length; k++) tangent[k] += bulk.matrix.value[k];
    charge.addTangent(tangent);
    if (byVoltage()) imposeVoltage(bulk.matrix, unknownsOf.voltage, tangent);
    const held = solver.factor(tangent).ok;
    kept = held ? { a0: formula.a0, held: byVoltage() } : null;
    return held;
  };

  return {
    unknowns: n,
    renewalCost: renewalCost(solver),
    unknownsOf,
    reaction: charge,
    content,
    drift: bending,
    ...nonlinear,
    prepare,
    residual,
    addRemainder: (x, out, evaluated) => {
      charge.addRemainder(x, damage, out, { evaluated, reference });
      if (!bending || !bent) return;
      bending.addResidual(x, out);
      multiply({ ...bulk.matrix, rows: unknownsOf.lithiumCount, value: bent }, x, out, -1);
    },
    load: (x, out) => {
      const v = unknownsOf.voltage;
      reference = x[v];
      if (load === undefined) out.fill(0);
      else out.set(load);
      for (let i = 0; i < unknownsOf.lithiumCount; i++) out[i] -= past[i];
      if ("voltage" in control) out[v] = control.voltage - reference;
      else out[v] += control.current;
    },
    toPoint: (solution) => {
      solution[unknownsOf.voltage] += reference;
    },
    activeSize,
    linearise,
    linearised: () => kept !== null && kept.a0 === formula.a0 && kept.held === byVoltage(),
    forget: () => {
      kept = null;
    },
    correct: (from, out) => {
      solver.solve(from, out);
      const shift = out[unknownsOf.voltage];
      for (let i = unknownsOf.lithiumCount; i < unknownsOf.potentialEnd; i++) out[i] -= shift;
    },
    rate: (x, out) => {
      storage.multiply(x, scratch);
      for (let i = 0; i < unknownsOf.lithiumCount; i++) out[i] = formula.a0 * scratch[i] + past[i];
    },
    collectorCurrent: (x) => {
      bulkProduct(x, scratch);
      return scratch[unknownsOf.voltage];
    },
  };
}

/**
 * In steps so long that next to no current moves much lithium, as in a rest, the share lost of each particle's is what a
 * residual must answer for: its tolerance of 2e-10 then leaves 5e-13 of a particle, below the limit of its balance.
 */
const closing = 400;
/** The share of all lithium that the scale of a residual may be worth in a step before that is asked for. */
const loose = 0.05;

/** Sums over the unknowns of s of each particle. */
function particleSums(owner: Int32Array, value: Float64Array, particles: number): Float64Array {
  const sum = new Float64Array(particles);
  for (let i = 0; i < owner.length; i++) sum[owner[i]] += value[i];
  return sum;
}

/** [particle] means of s by content. */
function particleMeans(owner: Int32Array, content: Float64Array, s: Float64Array, whole: Float64Array): Float64Array {
  const mean = new Float64Array(whole.length);
  for (let i = 0; i < owner.length; i++) mean[owner[i]] += content[i] * s[i];
  return mean.map((sum, k) => sum / whole[k]);
}

/** How often the stiffest diffusion must fit into a step for it to be idle. */
const ample = 1e4;

/** 1/s, the largest of diffusion over storage on the diagonal of lithium; 0 where diffusion is not linear. */
function largestRate({ matrix, massValue, fixedValue }: Bulk, lithiumCount: number): number {
  let most = 0;
  for (let i = 0; i < lithiumCount; i++) {
    const p = positionOf(matrix, i, i);
    most = Math.max(most, fixedValue[p] / massValue[p]);
  }
  return most;
}

/**
 * What rounding leaves of a row of lithium is some 1e-16 of its terms, which outgrow the current as steps shorten and
 * meshes grow finer. Measured against this share of them, it stays below the tolerances Newton's method is given.
 */
const resolvable = 2e-5;

/** A, the sum of the sizes of all terms in the rows of lithium at s = 1. */
function lithiumTerms(matrix: Csr, lithiumCount: number): number {
  let sum = 0;
  for (let k = 0; k < matrix.rowStart[lithiumCount]; k++) sum += Math.abs(matrix.value[k]);
  return sum;
}

/** Replace the collector's row by V = given. */
function imposeVoltage(matrix: Csr, voltage: number, value: Float64Array): void {
  value.fill(0, matrix.rowStart[voltage], matrix.rowStart[voltage + 1]);
  value[positionOf(matrix, voltage, voltage)] = 1;
}

/** The nonlinearity lives at the interface, and in the particles where D depends on s. */
function activeUnknowns(
  unknowns: ElectrochemicalUnknowns,
  thermalVoltage: number,
  linear: boolean,
): Pick<KeptSystem, "active" | "activeScale"> {
  const lithium = linear ? unknowns.pointLithium : Int32Array.from({ length: unknowns.lithiumCount }, (_, i) => i);
  const potential = unknowns.pointPotential;
  const ionic = unknowns.pointIonic.filter((unknown) => unknown >= 0);
  const active = Int32Array.from([...lithium, ...potential, ...ionic, unknowns.voltage]);
  const activeScale = new Float64Array(active.length).fill(1 / thermalVoltage).fill(1, 0, lithium.length);
  return { active, activeScale };
}

/** The mesh that the electronic potential lives on. */
function conductorSpace(space: Space): Space {
  const { mesh } = space;
  const { conductor } = mesh;
  if (conductor === undefined) return space;
  const { nodes, cells } = conductor;
  return { ...space, mesh: { ...mesh, nodes, cells, region: conductor.binder.map((kind) => mesh.particles + kind) } };
}

function assembleBulk(
  space: Space,
  spec: ElectrochemistrySpec,
  unknowns: ElectrochemicalUnknowns,
  linear: boolean,
): Bulk {
  const { mesh } = space;
  const n = unknowns.count;
  const k = mesh.nodesPerCell;
  const inParticle = cellsWhere(mesh, (region) => region < mesh.particles);
  const inBinder = cellsWhere(mesh, (region) => region >= mesh.particles);
  const lithium = cellUnknowns(mesh, inParticle, unknowns.lithium);
  const conductor = conductorSpace(space);
  const conducting = cellsWhere(conductor.mesh, (region) => region >= mesh.particles);
  const potential = cellUnknowns(conductor.mesh, conducting, unknowns.potential);
  const ionic = cellUnknowns(mesh, inBinder, unknowns.ionic);
  const groups = [lithium, potential, ionic].map((cells) => elementPattern(n, cells, k));
  const matrix = unitePatterns(...groups, elementPattern(n, reactionCells(unknowns), 3));
  const massValue = new Float64Array(matrix.value.length);
  const fixedValue = new Float64Array(matrix.value.length);
  const scale = FARADAY * spec.maximumConcentration;
  const lithiumMap = scatterMap(matrix, lithium, k);
  assemble(
    space,
    inParticle,
    mass(() => scale),
    lithiumMap,
    massValue,
  );
  if (linear) {
    const diffusivity = spec.diffusivity.value(0.5);
    assemble(
      space,
      inParticle,
      diffusion(() => scale * diffusivity),
      lithiumMap,
      fixedValue,
    );
  }
  const conductivity = (cell: number): number => spec.conductivity[conductor.mesh.region[cell] - mesh.particles];
  assemble(conductor, conducting, diffusion(conductivity), scatterMap(matrix, potential, k), fixedValue);
  if (spec.electrolyteConductivity !== null) {
    const kappa = spec.electrolyteConductivity;
    assemble(
      space,
      inBinder,
      diffusion(() => kappa),
      scatterMap(matrix, ionic, k),
      fixedValue,
    );
  }
  return { matrix, massValue, fixedValue };
}
