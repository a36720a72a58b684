import { spaceOf } from "../src/fem/assembly/assemble.js";
import { type ContactPoints, contactPoints } from "../src/fem/assembly/contact-points.js";
import { elastic } from "../src/fem/assembly/forms.js";
import { planeStrain } from "../src/fem/coordinates/coordinates.js";
import { type Bilinear, bilinear, cohesiveOpenings } from "../src/fem/law/cohesive/bilinear.js";
import { contactState, reachedContact } from "../src/fem/model/contact-state.js";
import { type Mechanics, mechanics } from "../src/fem/model/mechanics.js";
import {
  type KeptOperator,
  type NewtonSettings,
  newtonWorkspace,
  solveKept,
} from "../src/fem/nonlinear/kept-newton.js";
import { structuredMesh } from "./mesh/structured.js";

/** Two arms of one material on an interface that softens; the crack starts at x = 0. */
export interface CantileverTest {
  readonly order: 1 | 2;
  /** m, of the arms, of the crack, of one arm's height. */
  readonly length: number;
  readonly crack: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly youngModulus: number;
  readonly poissonRatio: number;
  readonly cohesive: Bilinear & { readonly stiffness: number };
  /** m, openings of the load points, ascending. */
  readonly openings: readonly number[];
}

/** P(δ), and how far the crack has run. */
export interface LoadPoint {
  /** m */
  readonly opening: number;
  /** N per m of width */
  readonly force: number;
  /** m, length without a bond, the initial crack included. */
  readonly crack: number;
  /** J per m of width, spent on the interface by its damage. */
  readonly spent: number;
}

/** Pull the arms apart in steps of their opening; damage is kept from step to step. Throws Error when a step fails. */
export function pullApart(test: CantileverTest): LoadPoint[] {
  const beam = looseBeam(test);
  const { points, solid } = beam;
  const target = { opening: 0 };
  const system = pulled(beam, target);
  const work = newtonWorkspace(system, settings.depth);
  const nothing = new Float64Array(beam.nodes).fill(Number.NaN);
  const from = contactState(points);
  const contact = reachedContact(points);
  const x = new Float64Array(system.unknowns);
  const kept = new Float64Array(x.length);

  const solve = (opening: number): string | null => {
    const before = target.opening;
    target.opening = opening;
    kept.set(x);
    if (before > 0) for (let i = 0; i < x.length; i++) x[i] *= opening / before;
    solid.prepare(nothing, from);
    system.forget();
    const outcome = solveKept(system, x, settings, work);
    if (outcome.ok) return null;
    x.set(kept);
    target.opening = before;
    return outcome.reason;
  };
  /** Open to the target, in halved steps where Newton's method fails. */
  const open = (opening: number, halvings: number): void => {
    const before = target.opening;
    const failure = solve(opening);
    if (failure !== null) {
      if (halvings === 0 || before === 0) throw new Error(`Opening the beam to ${opening} m: ${failure}.`);
      open((before + opening) / 2, halvings - 1);
      open(opening, halvings - 1);
      return;
    }
    solid.report(contact);
    from.damage.set(contact.damage);
  };
  return test.openings.map((opening) => {
    open(opening, 6);
    const broken = points.weight.reduce((sum, w, p) => sum + (from.damage[p] >= 1 ? w : 0), 0);
    const spent = points.weight.reduce((sum, w, p) => sum + w * dissipated(test.cohesive, from.damage[p]), 0);
    return { opening, force: x[solid.unknowns], crack: test.crack + broken, spent };
  });
}

interface Beam {
  readonly nodes: number;
  readonly points: ContactPoints;
  readonly solid: Mechanics;
  /** Vertical unknowns of the outer corners at x = 0: lower arm, upper arm. */
  readonly ends: readonly [number, number];
}

/** Two arms clamped at their far end. */
function looseBeam(test: CantileverTest): Beam {
  const arm = { thickness: test.height, rows: test.rows };
  const mesh = structuredMesh({
    order: test.order,
    towards: "up",
    length: test.length,
    columns: test.columns,
    layers: [
      { body: "particle", ...arm },
      { body: "high", ...arm },
    ],
    bonded: (x) => x > test.crack,
  });
  const space = spaceOf(mesh, planeStrain);
  const points = contactPoints(space);
  const cohesive = bilinear.law(test.cohesive, test.cohesive.stiffness);
  const solids = elastic(test.youngModulus, test.poissonRatio);
  const solid = mechanics(space, points, {
    particle: solids,
    binder: solids,
    eigenstrain: { value: () => 0, derivative: () => 0, validity: [0, 1] },
    initialStoichiometry: 0.5,
    cohesive,
    fatigue: null,
    sides: { bottom: "free", right: "fixed", top: "free", left: "free" },
  });
  const ends = loadUnknowns(mesh.nodes, solid.displacement, 2 * test.height);
  return { nodes: mesh.nodes.length / 2, points, solid, ends };
}

/** J/m² that damage D has taken in mode I: G_c (δ_max − δ_0)/(δ_f − δ_0). */
function dissipated(law: CantileverTest["cohesive"], damage: number): number {
  const [onset, final] = cohesiveOpenings(law, law.stiffness, 0);
  const reached = (final * onset) / (final - damage * (final - onset));
  return (law.normalToughness * (reached - onset)) / (final - onset);
}

const settings: NewtonSettings = { tolerance: 1e-7, maxIterations: 100, slow: 0.6, depth: 8 };

/** Vertical unknowns of the outer corners at x = 0: lower arm, upper arm. */
function loadUnknowns(nodes: Float64Array, displacement: Int32Array, top: number): readonly [number, number] {
  const find = (y: number): number => {
    for (let k = 0; k < nodes.length; k += 2) {
      if (nodes[k] === 0 && Math.abs(nodes[k + 1] - y) < 1e-9 * top) return displacement[k + 1];
    }
    throw new RangeError(`Loading the beam: no node at (0, ${y}).`);
  };
  return [find(0), find(top)];
}

/**
 * The mechanics under an unknown pair of forces that opens the load points by the target: unknowns u and P, bordered by
 * the constraint u_top − u_bottom = δ.
 */
function pulled({ solid, ends: [lower, upper] }: Beam, target: { readonly opening: number }): KeptOperator {
  const n = solid.unknowns;
  const unit = new Float64Array(n);
  unit[lower] = -1;
  unit[upper] = 1;
  const byForce = new Float64Array(n);
  const opened = (u: Float64Array): number => u[upper] - u[lower];
  let fresh = false;
  /** N, what the rows are measured against. */
  let pull = 1;
  return {
    unknowns: n + 1,
    active: solid.active,
    activeScale: solid.activeScale,
    renewalCost: solid.renewalCost,
    residual: (x, out) => {
      const rows = out.subarray(0, n);
      const u = x.subarray(0, n);
      solid.residual(u, rows);
      rows[lower] += x[n];
      rows[upper] -= x[n];
      out[n] = opened(u) - target.opening;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += Math.abs(rows[i]);
      pull = Math.abs(x[n]) + 1;
      return sum / pull + Math.abs(out[n]) / target.opening;
    },
    addRemainder: (x, out, evaluated) => solid.addRemainder(x, out, evaluated),
    load: (x, out) => {
      pull = Math.abs(x[n]) + 1;
      solid.load(x.subarray(0, n), out.subarray(0, n));
      out[n] = target.opening;
    },
    activeSize: (out) => solid.active.reduce((sum, i) => sum + Math.abs(out[i]), 0) / pull,
    linearised: () => fresh && solid.linearised(),
    linearise: (x) => {
      fresh = solid.linearise(x.subarray(0, n));
      if (fresh) solid.correct(unit, byForce);
      return fresh;
    },
    correct: (residual, out) => {
      const rows = out.subarray(0, n);
      solid.correct(residual.subarray(0, n), rows);
      // K du − e dP = r, c·du = r_c.
      const force = (residual[n] - opened(rows)) / opened(byForce);
      for (let i = 0; i < n; i++) rows[i] += force * byForce[i];
      out[n] = force;
    },
    forget: () => {
      fresh = false;
      solid.forget();
    },
  };
}
