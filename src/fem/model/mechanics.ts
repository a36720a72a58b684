import type { Space } from "../assembly/assemble.js";
import type { ContactPoints } from "../assembly/contact-points.js";
import { type ContactTerm, contactCells, contactTerm } from "../assembly/contact-term.js";
import type { Elastic } from "../assembly/forms.js";
import { interfaceLaw, type Span } from "../law/interface-law.js";
import type { CohesiveLaw, FatigueLaw, StoichiometryFunction } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import { product } from "../linear/product.js";
import type { KeptOperator } from "../nonlinear/kept-newton.js";
import { type KeptStep, keptOperator } from "../nonlinear/kept-system.js";
import type { ReachedContact } from "./contact-state.js";
import { elasticBody, type Supports, solidUnknowns } from "./elastic-body.js";
import { atRest, type Remembered, tractionCoupling, tractionLaw } from "./traction.js";

/**
 * Displacement of particles and carbon/binder, held together by the interface law:
 *   ∫ε(v):C:(ε(u) − β I) + Σ w t·[[v]] = 0,   [[v]] = v(binder) − v(particle).
 * Where the depth lengthens, e₀ is one more unknown and ∫σ₃₃ dA = 0 one more row, eliminated last because it is long.
 * Each row is a force in N (per m of depth). The bulk is linear and constant; only the interface's stiffness moves.
 */
export interface MechanicsSpec {
  readonly particle: Elastic;
  readonly binder: Elastic;
  /** Linear strain against s; only its difference to the start is felt. */
  readonly eigenstrain: StoichiometryFunction;
  readonly initialStoichiometry: number;
  readonly cohesive: CohesiveLaw;
  readonly fatigue: FatigueLaw | null;
  readonly sides: Supports;
}

export interface Mechanics extends KeptOperator {
  /** `[node][2]` unknown of each component of displacement, -1 where it is held at zero. */
  readonly displacement: Int32Array;
  /** e₀ in a state: 0 where the depth keeps its length; null where there is no depth, in a body of revolution. */
  axialStrain(x: Float64Array): number | null;
  /**
   * Load by the stoichiometry `[node]` (NaN off the particles) and forces `[unknown]` N; `from` is what the interface remembers of
   * before the step `over`, in which its damage grows with the tractions.
   */
  prepare(stoichiometry: Float64Array, from: Remembered, forces?: Float64Array, over?: Span): void;
  /** Write gaps, tractions, their level and damage of the latest residual into the contact state. */
  report(contact: ReachedContact): void;
}

export function mechanics(space: Space, points: ContactPoints, spec: MechanicsSpec): Mechanics {
  const unknownsOf = solidUnknowns(space, spec.sides);
  const { displacement, axial, count } = unknownsOf;
  const coupling = tractionCoupling(points, displacement);
  const cells = contactCells(coupling);
  const { region, particles } = space.mesh;
  const material = (cell: number): Elastic => (region[cell] < particles ? spec.particle : spec.binder);
  const { matrix, load, place } = elasticBody(space, material, unknownsOf, cells);
  const law = tractionLaw(interfaceLaw(spec.cohesive, spec.fatigue), points);
  const interfaceTerm = contactTerm(matrix, coupling, law);
  const active = cells.filter((unknown) => unknown >= 0);
  const operator = keptOperator({
    bulk: { matrix, multiply: product(matrix).multiply },
    terms: [interfaceTerm],
    active,
    activeScale: new Float64Array(active.length).fill(1),
    level: null,
    elimination: { kind: "ldlt", points: place, last: axial ? [axial.unknown] : [] },
  });
  const swelling = product(load);
  const strain = new Float64Array(load.columns);
  const force = new Float64Array(count);
  const fresh = spec.eigenstrain.value(spec.initialStoichiometry);
  const sizes = sizesByForce(matrix, interfaceTerm, active, points);
  operator.take({ version: 0, load: force, held: null, ...sizes });
  return {
    ...operator,
    displacement,
    axialStrain: (x) => (axial ? x[axial.unknown] / axial.length : space.coordinates.revolved ? null : 0),
    prepare: (stoichiometry, from, forces, over = atRest) => {
      law.take(from, over);
      for (let node = 0; node < strain.length; node++) {
        const s = stoichiometry[node];
        strain[node] = Number.isNaN(s) ? 0 : spec.eigenstrain.value(s) - fresh;
      }
      swelling.multiply(strain, force);
      if (forces !== undefined) for (let i = 0; i < count; i++) force[i] += forces[i];
    },
    report: (contact) => law.report(contact, interfaceTerm.flux),
  };
}

/** Sizes of residuals over the interface's forces, those of the latest residual. */
function sizesByForce(
  matrix: Csr,
  { flux }: ContactTerm,
  active: Int32Array,
  points: ContactPoints,
): Pick<KeptStep, "size" | "activeSize"> {
  const surface = points.weight.reduce((sum, w) => sum + w, 0);
  const rowSize = rowSizes(matrix);
  /** N */
  let balanced = 1;
  return {
    size: (x, out) => {
      let total = 0;
      for (let k = 0; k < flux.length; k += 2) total += Math.sqrt(flux[k] * flux[k] + flux[k + 1] * flux[k + 1]);
      let sum = 0;
      let terms = 0;
      for (let i = 0; i < rowSize.length; i++) {
        sum += Math.abs(out[i]);
        terms += rowSize[i] * Math.abs(x[i]);
      }
      balanced = Math.max(total, leastTraction * surface) + resolvable * terms;
      return sum / balanced;
    },
    activeSize: (out) => active.reduce((sum, i) => sum + Math.abs(out[i]), 0) / balanced,
  };
}

/** Pa: until tractions reach it there is nothing to measure against but this on all surface. */
export const leastTraction = 1e3;

/**
 * What rounding leaves of a row is some 1e-16 of its terms, which outgrow the interface's forces as meshes grow finer or
 * the interface lets go. Measured against this share of them, it stays below the tolerances Newton's method is given.
 */
const resolvable = 7e-6;

/** `[row]` sum of the sizes of its entries. */
function rowSizes({ rows, rowStart, value }: Csr): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let k = rowStart[row]; k < rowStart[row + 1]; k++) sum += Math.abs(value[k]);
    return sum;
  });
}
