import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { assemble, cellsWhere, cellUnknowns, spaceOf } from "../src/fem/assembly/assemble.js";
import { contactPoints } from "../src/fem/assembly/contact-points.js";
import { elastic, elasticity } from "../src/fem/assembly/forms.js";
import {
  axisymmetric,
  type Coordinates,
  generalisedPlaneStrain,
  planeStrain,
} from "../src/fem/coordinates/coordinates.js";
import { elasticInterface } from "../src/fem/law/cohesive/elastic.js";
import { type Csr, multiply } from "../src/fem/linear/csr.js";
import { directSolver } from "../src/fem/linear/direct.js";
import { elementPattern, scatterMap } from "../src/fem/linear/pattern.js";
import type { Mesh } from "../src/fem/mesh/mesh.js";
import { contactState, reachedContact } from "../src/fem/model/contact-state.js";
import { mechanics } from "../src/fem/model/mechanics.js";
import { addSide } from "./manufactured/load.js";
import { structuredMesh } from "./mesh/structured.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

type Kind = "plane" | "axisymmetric";
type Order = 1 | 2;

const solid = { youngModulus: 3e9, poissonRatio: 0.3 };
const material = elastic(solid.youngModulus, solid.poissonRatio);

/** One body, distorted: 3 µm by 2 µm. */
function block(order: Order, cells: number): Mesh {
  const layers = [{ body: "high", thickness: 2e-6, rows: cells }] as const;
  return structuredMesh({ order, towards: "up", length: 3e-6, columns: cells, layers, distortion: 0.25 });
}

/** ∫ε:C:ε over a mesh, unknowns by `unknown` `[node][2]`. */
function stiffness(mesh: Mesh, kind: Kind, unknown: Int32Array, count: number): Csr {
  const space = spaceOf(mesh, kind === "plane" ? planeStrain : axisymmetric);
  const all = cellsWhere(mesh, () => true);
  const cells = cellUnknowns(mesh, all, unknown, 2);
  const width = 2 * mesh.nodesPerCell;
  const matrix = elementPattern(count, cells, width);
  assemble(
    space,
    all,
    elasticity(() => material),
    scatterMap(matrix, cells, width),
    matrix.value,
  );
  return matrix;
}

/** Uniform strain: u = (1e-3 x + 4e-4 y, −6e-4 x + 2e-3 y) in the plane, (1e-3 r, 2e-3 z) about the axis. */
function uniform(kind: Kind, x: number, y: number): readonly [number, number] {
  return kind === "plane" ? [1e-3 * x + 4e-4 * y, -6e-4 * x + 2e-3 * y] : [1e-3 * x, 2e-3 * y];
}

/**
 * Largest departure from uniform strain inside a distorted mesh whose boundary is displaced so, over the largest
 * displacement. About the axis, uniform strain bears no force inside either.
 */
export function uniformStrainDefect(order: Order, kind: Kind): number {
  const mesh = block(order, 5);
  const count = mesh.nodes.length;
  const all = Int32Array.from({ length: count }, (_, k) => k);
  const exact = Float64Array.from(all, (k) => uniform(kind, mesh.nodes[k & ~1], mesh.nodes[k | 1])[k & 1]);
  const held = new Set(mesh.boundary.nodes);
  let free = 0;
  const unknown = all.map((k) => (held.has(k >> 1) ? -1 : free++));
  const inner = stiffness(mesh, kind, unknown, free);
  const force = new Float64Array(count);
  multiply(
    stiffness(mesh, kind, all, count),
    exact.map((value, k) => (unknown[k] < 0 ? value : 0)),
    force,
  );
  const place = new Float64Array(2 * free);
  const x = new Float64Array(free);
  unknown.forEach((u, k) => {
    if (u < 0) return;
    x[u] = -force[k];
    place.set(mesh.nodes.subarray(k & ~1, (k & ~1) + 2), 2 * u);
  });
  const solver = directSolver(inner, { kind: "ldlt", points: place });
  solver.factor(inner.value);
  solver.solve(x, x);
  const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return unknown.reduce((worst, u, k) => (u < 0 ? worst : Math.max(worst, Math.abs(x[u] - exact[k]))), 0) / largest;
}

/** Zero-energy modes of a free body: eigenvalues below 1e-9 of the largest, and the least that is not. */
export function rigidModes(order: Order, kind: Kind): { readonly modes: number; readonly next: number } {
  const mesh = block(order, 2);
  const count = mesh.nodes.length;
  const matrix = stiffness(
    mesh,
    kind,
    Int32Array.from({ length: count }, (_, k) => k),
    count,
  );
  const dense = Matrix.zeros(count, count);
  for (let row = 0; row < count; row++) {
    for (let p = matrix.rowStart[row]; p < matrix.rowStart[row + 1]; p++)
      dense.set(row, matrix.column[p], matrix.value[p]);
  }
  const found = new EigenvalueDecomposition(dense, { assumeSymmetric: true }).realEigenvalues.map(Math.abs);
  const largest = Math.max(...found);
  const stiff = found.filter((value) => value > 1e-9 * largest);
  return { modes: found.length - stiff.length, next: Math.min(...stiff) / largest };
}

/**
 * A particle and a carbon/binder of equal moduli, stacked and pulled upwards with 10 MPa: departures of the interface's
 * tractions from the stress, of the displacement from the bar's, over the largest, and of the uniform axial strain, over
 * the strain of a bar.
 */
export function pulledStackDefect(
  order: Order,
  coordinates: Coordinates,
): { readonly traction: number; readonly displacement: number; readonly axialStrain: number } {
  const stress = 1e7;
  const interfaceStiffness = 1e18;
  const half = 1e-6;
  const mesh = structuredMesh({
    order,
    towards: "up",
    length: 3e-6,
    columns: 6,
    layers: [
      { body: "particle", thickness: half, rows: 3 },
      { body: "high", thickness: half, rows: 3 },
    ],
    distortion: 0.25,
  });
  const space = spaceOf(mesh, coordinates);
  const points = contactPoints(space);
  const system = mechanics(space, points, {
    particle: material,
    binder: material,
    eigenstrain: { value: () => 0, derivative: () => 0, validity: [0, 1] },
    initialStoichiometry: 0.5,
    cohesive: elasticInterface(interfaceStiffness),
    fatigue: null,
    sides: { bottom: "roller", right: "free", top: "free", left: "roller" },
  });
  const forces = new Float64Array(system.unknowns);
  addSide(
    space,
    "top",
    () => stress,
    (node) => system.displacement[2 * node + 1],
    forces,
  );
  system.prepare(new Float64Array(mesh.nodes.length / 2).fill(Number.NaN), contactState(points), forces);
  const u = new Float64Array(system.unknowns);
  const residual = new Float64Array(system.unknowns);
  for (let round = 0; round < 3; round++) {
    system.residual(u, residual);
    if (round === 0) system.linearise(u);
    system.correct(residual, residual);
    for (let i = 0; i < u.length; i++) u[i] -= residual[i];
  }
  system.residual(u, residual);
  const contact = reachedContact(points);
  system.report(contact);
  const traction = contact.normalTraction.reduce((worst, t) => Math.max(worst, Math.abs(t / stress - 1)), 0);
  const slip = contact.shearTraction.reduce((worst, t) => Math.max(worst, Math.abs(t / stress)), 0);
  const nu = solid.poissonRatio;
  const pulledAlone = coordinates.lengthens || coordinates.revolved;
  const [along, across] = pulledAlone ? [1, -nu] : [1 - nu * nu, -nu * (1 + nu)];
  const binder = bodyNodes(mesh);
  let worst = 0;
  system.displacement.forEach((at, k) => {
    if (at < 0) return;
    const jump = binder.has(k >> 1) ? stress / interfaceStiffness : 0;
    const strain = stress / solid.youngModulus;
    const exact = (k & 1) === 1 ? along * strain * mesh.nodes[k] + jump : across * strain * mesh.nodes[k];
    worst = Math.max(worst, Math.abs(u[at] - exact));
  });
  const largest = (stress / solid.youngModulus) * 2 * half;
  const axial = coordinates.lengthens ? (-nu * stress) / solid.youngModulus : 0;
  return {
    traction: Math.max(traction, slip),
    displacement: worst / largest,
    axialStrain: Math.abs((system.axialStrain(u) ?? 0) - axial) / (stress / solid.youngModulus),
  };
}

/** Nodes of the carbon/binder. */
function bodyNodes(mesh: Mesh): Set<number> {
  const n = mesh.nodesPerCell;
  return new Set(mesh.cells.filter((_, k) => mesh.region[Math.floor(k / n)] >= mesh.particles));
}

export const variants = ([1, 2] as const).flatMap((order) =>
  (["plane", "axisymmetric"] as const).map((kind) => ({ order, kind, name: `P${order} ${kind}` })),
);

/** Uniform states on distorted meshes, and the motions that cost nothing. */
export const patch: ValidationCase = {
  name: "patch",
  title: "Patch tests: uniform strain, a pulled stack through a stiff interface, rigid motions",
  slow: false,
  run: async () => [
    ...([1, 2] as const).flatMap((order) => {
      const found = pulledStackDefect(order, generalisedPlaneStrain);
      const name = `P${order} generalised plane strain: pulled stack`;
      return Object.entries(found).map(([what, value]) => atMost(`${name}, ${what}`, value, 1e-10));
    }),
    ...variants.flatMap(({ order, kind, name }) => {
      const { modes, next } = rigidModes(order, kind);
      const stack = pulledStackDefect(order, kind === "plane" ? planeStrain : axisymmetric);
      const expected = kind === "plane" ? 3 : 1;
      return [
        atMost(`${name}: uniform strain, displacement`, uniformStrainDefect(order, kind), 1e-12),
        atMost(`${name}: pulled stack, traction`, stack.traction, 1e-10),
        atMost(`${name}: pulled stack, displacement`, stack.displacement, 1e-10),
        {
          name: `${name}: motions without energy`,
          value: modes,
          band: `= ${expected}`,
          holds: modes === expected,
          details: `the next stiffness is ${next.toExponential(2)} of the largest`,
        },
      ];
    }),
  ],
};
