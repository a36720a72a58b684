import type { Space } from "../assembly/assemble.js";
import type { ContactPoints } from "../assembly/contact-points.js";
import type { Elastic } from "../assembly/forms.js";
import type { CohesiveLaw, StoichiometryFunction, TractionPoint } from "../law/law.js";
import type { Csr } from "../linear/csr.js";
import { directSolver } from "../linear/direct.js";
import { positionOf } from "../linear/pattern.js";
import { product } from "../linear/product.js";
import { type KeptSystem, renewalCost } from "../nonlinear/kept-newton.js";
import type { ContactState } from "./contact-state.js";
import { elasticBody, type Supports, solidUnknowns } from "./elastic-body.js";

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
  readonly sides: Supports;
}

export interface Mechanics extends KeptSystem {
  /** `[node][2]` unknown of each component of displacement, -1 where it is held at zero. */
  readonly displacement: Int32Array;
  /** e₀ in a state: 0 where the depth keeps its length; null where there is no depth, in a body of revolution. */
  axialStrain(x: Float64Array): number | null;
  /**
   * Load by the stoichiometry `[node]` (NaN off the particles) and forces `[unknown]` N; `damage` is what the tractions
   * are computed with, and `share` of the damage that an opening asks for is let through (see `CohesiveLaw`).
   */
  prepare(stoichiometry: Float64Array, damage: Float64Array, forces?: Float64Array, share?: number): void;
  /** Write gaps and tractions of the latest residual into the contact state. */
  report(contact: ContactState): void;
}

export function mechanics(space: Space, points: ContactPoints, spec: MechanicsSpec): Mechanics {
  const unknownsOf = solidUnknowns(space, spec.sides);
  const { displacement, axial, count: n } = unknownsOf;
  const cells = contactCells(points, displacement);
  const { region, particles } = space.mesh;
  const material = (cell: number): Elastic => (region[cell] < particles ? spec.particle : spec.binder);
  const { matrix, load, place } = elasticBody(space, material, unknownsOf, cells);
  const [stiff, swelling] = [product(matrix), product(load)];
  const solver = directSolver(matrix, { kind: "ldlt", points: place, last: axial ? [axial.unknown] : [] });
  const positions = Int32Array.from({ length: 16 * points.count }, (_, k) => {
    const p = k >> 4;
    const row = cells[4 * p + ((k >> 2) & 3)];
    const column = cells[4 * p + (k & 3)];
    return row < 0 || column < 0 ? -1 : positionOf(matrix, row, column);
  });
  const traction = new Float64Array(2 * points.count);
  const gap = new Float64Array(2 * points.count);
  const secant = new Float64Array(2 * points.count);
  const softening = new Float64Array(points.count);
  /** `[point][xx, xy, yy]` N/m, the interface's stiffness in the held factor. */
  const stiffness = new Float64Array(3 * points.count);
  const at: TractionPoint = { normal: 0, shear: 0, normalSecant: 0, shearSecant: 0, damage: 0, softening: 0 };
  const tangent = new Float64Array(matrix.value.length);
  const strain = new Float64Array(load.columns);
  const force = new Float64Array(n);
  const fresh = spec.eigenstrain.value(spec.initialStoichiometry);
  const surface = points.weight.reduce((sum, w) => sum + w, 0);
  const rowSize = rowSizes(matrix);
  let damage = new Float64Array(points.count);
  let share = 1;
  let held = false;
  /** N, what the latest residual was measured against. */
  let balanced = 1;

  /** Jump of the displacement at a point, binder less particle, into `jump`. */
  const jump = new Float64Array(2);
  const jumpAt = (x: Float64Array, p: number): void => {
    for (let k = 0; k < 2; k++) {
      const [inner, outer] = [cells[4 * p + k], cells[4 * p + 2 + k]];
      jump[k] = (outer < 0 ? 0 : x[outer]) - (inner < 0 ? 0 : x[inner]);
    }
  };
  const addForce = (p: number, fx: number, fy: number, out: Float64Array): void => {
    const c = 4 * p;
    if (cells[c] >= 0) out[cells[c]] -= fx;
    if (cells[c + 1] >= 0) out[cells[c + 1]] -= fy;
    if (cells[c + 2] >= 0) out[cells[c + 2]] += fx;
    if (cells[c + 3] >= 0) out[cells[c + 3]] += fy;
  };

  /** Add the interface's forces, less those of the kept stiffness where `remainder`; returns the sum of their sizes. */
  const interfaceForces = (x: Float64Array, out: Float64Array, remainder: boolean): number => {
    let total = 0;
    for (let p = 0; p < points.count; p++) {
      const nx = points.normal[2 * p];
      const ny = points.normal[2 * p + 1];
      jumpAt(x, p);
      const [dx, dy] = jump;
      gap[2 * p] = dx * nx + dy * ny;
      gap[2 * p + 1] = dy * nx - dx * ny;
      spec.cohesive.traction(gap[2 * p], gap[2 * p + 1], damage[p], at, share);
      traction[2 * p] = at.normal;
      traction[2 * p + 1] = at.shear;
      secant[2 * p] = at.normalSecant;
      secant[2 * p + 1] = at.shearSecant;
      softening[p] = at.softening;
      const w = points.weight[p];
      const fx = w * (at.normal * nx - at.shear * ny);
      const fy = w * (at.normal * ny + at.shear * nx);
      total += Math.sqrt(fx * fx + fy * fy);
      if (remainder) {
        const [xx, xy, yy] = [stiffness[3 * p], stiffness[3 * p + 1], stiffness[3 * p + 2]];
        addForce(p, fx - xx * dx - xy * dy, fy - xy * dx - yy * dy, out);
      } else addForce(p, fx, fy, out);
    }
    return total;
  };

  const residual = (x: Float64Array, out: Float64Array): number => {
    stiff.multiply(x, out);
    for (let i = 0; i < n; i++) out[i] -= force[i];
    const total = interfaceForces(x, out, false);
    let sum = 0;
    let terms = 0;
    for (let i = 0; i < n; i++) {
      sum += Math.abs(out[i]);
      terms += rowSize[i] * Math.abs(x[i]);
    }
    // Until tractions reach a thousandth of a megapascal there is nothing to measure against but that.
    balanced = Math.max(total, 1e3 * surface) + resolvable * terms;
    return sum / balanced;
  };

  const linearise = (): boolean => {
    tangent.set(matrix.value);
    for (let p = 0; p < points.count; p++) {
      const nx = points.normal[2 * p];
      const ny = points.normal[2 * p + 1];
      const kn = points.weight[p] * secant[2 * p];
      const kt = points.weight[p] * secant[2 * p + 1];
      const [open, slid] = [Math.max(0, gap[2 * p]), gap[2 * p + 1]];
      const [gx, gy] = [open * nx - slid * ny, open * ny + slid * nx];
      const drop = points.weight[p] * softening[p];
      const block = [
        kn * nx * nx + kt * ny * ny - drop * gx * gx,
        (kn - kt) * nx * ny - drop * gx * gy,
        kn * ny * ny + kt * nx * nx - drop * gy * gy,
      ];
      stiffness.set(block, 3 * p);
      for (let e = 0; e < 16; e++) {
        const position = positions[16 * p + e];
        const sign = e >> 3 === (e >> 1) % 2 ? 1 : -1;
        if (position >= 0) tangent[position] += sign * block[((e >> 2) & 1) + (e & 1)];
      }
    }
    held = solver.factor(tangent).ok;
    return held;
  };

  const active = cells.filter((unknown) => unknown >= 0);
  return {
    unknowns: n,
    renewalCost: renewalCost(solver),
    displacement,
    axialStrain: (x) => (axial ? x[axial.unknown] / axial.length : space.coordinates.revolved ? null : 0),
    active,
    activeScale: new Float64Array(active.length).fill(1),
    addRemainder: (x, out) => {
      interfaceForces(x, out, true);
    },
    load: (_, out) => out.set(force),
    activeSize: (out) => active.reduce((sum, i) => sum + Math.abs(out[i]), 0) / balanced,
    prepare: (stoichiometry, newDamage, forces, newShare = 1) => {
      damage = newDamage as Float64Array<ArrayBuffer>;
      share = newShare;
      for (let node = 0; node < strain.length; node++) {
        const s = stoichiometry[node];
        strain[node] = Number.isNaN(s) ? 0 : spec.eigenstrain.value(s) - fresh;
      }
      swelling.multiply(strain, force);
      if (forces !== undefined) for (let i = 0; i < n; i++) force[i] += forces[i];
    },
    residual,
    linearised: () => held,
    linearise,
    correct: (from, out) => solver.solve(from, out),
    forget: () => {
      held = false;
    },
    report: (contact) => {
      for (let p = 0; p < points.count; p++) {
        contact.normalGap[p] = gap[2 * p];
        contact.shearGap[p] = gap[2 * p + 1];
        contact.normalTraction[p] = traction[2 * p];
        contact.shearTraction[p] = traction[2 * p + 1];
      }
    },
  };
}

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

/** Unknowns at each interface point: particle x, y, binder x, y. */
function contactCells(points: ContactPoints, displacement: Int32Array): Int32Array {
  return Int32Array.from({ length: 4 * points.count }, (_, k) => {
    const node = (k & 2 ? points.binderNode : points.particleNode)[k >> 2];
    return displacement[2 * node + (k & 1)];
  });
}
