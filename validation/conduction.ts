import { assemble, cellsWhere, cellUnknowns, spaceOf } from "../src/fem/assembly/assemble.js";
import { diffusion } from "../src/fem/assembly/forms.js";
import { axisymmetric, planeStrain } from "../src/fem/coordinates/coordinates.js";
import { thermalVoltage } from "../src/fem/law/faraday.js";
import { multiply } from "../src/fem/linear/csr.js";
import { directSolver } from "../src/fem/linear/direct.js";
import { elementPattern, scatterMap } from "../src/fem/linear/pattern.js";
import { sideNodes } from "../src/fem/model/electrochemical-unknowns.js";
import { bareCathode, currentThrough, march } from "./bare-cathode.js";
import {
  cylindricalShellResistance,
  inclusionField,
  reactionOverpotential,
  sphericalShellResistance,
} from "./closed-form/conduction.js";
import { type PolarGeometry, polarMesh } from "./mesh/polar.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost, between, observedOrder } from "./verdicts.js";

/** A round body on a mesh of this order and fineness. */
export interface RoundSettings {
  readonly kind: "plane" | "axisymmetric";
  readonly order: 1 | 2;
  readonly segments: number;
}

/**
 * Relative error of the resistance between the outer circle, held at one potential by the collector, and the particle,
 * whose reaction takes the same current everywhere.
 */
export function shellResistanceError({ kind, order, segments }: RoundSettings): number {
  const [radius, outer, conductivity, density, exchange] = [5e-6, 11e-6, 1e-3, 5, 2];
  const sphere = kind === "axisymmetric";
  // A quarter of the cylinder, half of the sphere.
  const share = sphere ? 2 : 4;
  const current = (density * (sphere ? 4 * Math.PI * radius ** 2 : 2 * Math.PI * radius)) / share;
  const spec = bareCathode(polarMesh({ order, radius, outer, segments }), {
    coordinates: kind === "plane" ? planeStrain : axisymmetric,
    collector: "right",
    conductivity: [conductivity, conductivity],
    protocol: currentThrough([1], current),
    currentScale: current,
    time: { sizes: { smallest: 1e-6, largest: 1 } },
  });
  const [{ voltage, particles }] = march(spec);
  const reaction = reactionOverpotential(particles.currentDensity[0], exchange, thermalVoltage(spec.temperature));
  const found = (voltage - spec.openCircuitPotential.value(spec.initialStoichiometry) - reaction) / (current * share);
  const exact = sphere
    ? sphericalShellResistance(radius, outer, conductivity)
    : cylindricalShellResistance(radius, outer, conductivity);
  return found / exact - 1;
}

/** Largest error of the field inside a conducting disk or sphere over Maxwell's, whose potential is imposed outside. */
export function inclusionFieldError({ kind, order, segments }: RoundSettings): number {
  const geometry: PolarGeometry = { order, radius: 1, outer: 3, segments, bonded: true };
  const [inside, outside] = [5, 1];
  const mesh = polarMesh(geometry);
  const space = spaceOf(mesh, kind === "plane" ? planeStrain : axisymmetric);
  const sphere = kind === "axisymmetric";
  const field = inclusionField(sphere ? "sphere" : "disk", inside, outside);
  // Unit far field along y; outside, the dipole that makes the potential continuous is added.
  const exact = (node: number): number => {
    const [x, y] = [mesh.nodes[2 * node], mesh.nodes[2 * node + 1]];
    const r = Math.hypot(x, y);
    return r <= 1 ? field * y : y * (1 + (field - 1) / r ** (sphere ? 3 : 2));
  };
  const count = mesh.nodes.length / 2;
  const all = cellsWhere(mesh, () => true);
  const cells = cellUnknowns(
    mesh,
    all,
    Int32Array.from({ length: count }, (_, node) => node),
  );
  const matrix = elementPattern(count, cells, mesh.nodesPerCell);
  const form = diffusion((cell) => (mesh.region[cell] === 0 ? inside : outside));
  assemble(space, all, form, scatterMap(matrix, cells, mesh.nodesPerCell), matrix.value);
  const potential = new Float64Array(count);
  const held = new Set([...sideNodes(mesh, "right"), ...sideNodes(mesh, "bottom")]);
  for (const node of held) potential[node] = exact(node);
  const rhs = new Float64Array(count);
  multiply(matrix, potential, rhs);
  const value = matrix.value.slice();
  for (let row = 0; row < count; row++) {
    rhs[row] = held.has(row) ? 0 : -rhs[row];
    for (let k = matrix.rowStart[row]; k < matrix.rowStart[row + 1]; k++) {
      if (held.has(row) || held.has(matrix.column[k])) value[k] = matrix.column[k] === row ? 1 : 0;
    }
  }
  const solver = directSolver(matrix, { kind: "ldlt", points: mesh.nodes });
  if (!solver.factor(value).ok)
    throw new Error("Solving for the potential about an inclusion: the matrix is singular.");
  solver.solve(rhs, rhs);
  let worst = 0;
  for (let node = 0; node < count; node++) {
    const [x, y] = [mesh.nodes[2 * node], mesh.nodes[2 * node + 1]];
    if (Math.hypot(x, y) > 1 || y < 0.2) continue;
    worst = Math.max(worst, Math.abs((potential[node] + rhs[node]) / (field * y) - 1));
  }
  return worst;
}

const bodies = { plane: "cylinder", axisymmetric: "sphere" } as const;

/** Edges on a quarter circle: the second of three is that of the shipped scenarios. */
const halvings = { plane: [20, 40, 80], axisymmetric: [25, 50, 100] } as const;

/** Resistance of concentric shells, and the field inside an inclusion. */
export const conduction: ValidationCase = {
  name: "conduction",
  title: "resistance of concentric shells and Maxwell's field in an inclusion",
  slow: false,
  run: async () =>
    (["plane", "axisymmetric"] as const).flatMap((kind) =>
      ([1, 2] as const).flatMap((order): Verdict[] => {
        const name = `${bodies[kind]}, order ${order}`;
        const meshes = order === 1 ? halvings[kind] : [8, 16, 32];
        const shell = meshes.map((segments) => shellResistanceError({ kind, order, segments }));
        const field = meshes.map((segments) => inclusionFieldError({ kind, order, segments }));
        const [low, high] = order === 1 ? [1.75, 2.25] : [2.5, 4.25];
        return [
          ...meshes.map((n, k) =>
            atMost(`${name}, ${n} edges: shell resistance`, shell[k], order === 2 ? 1e-4 : n < 32 ? 5e-3 : 1e-3),
          ),
          ...meshes.map((n, k) =>
            atMost(`${name}, ${n} edges: field in an inclusion`, field[k], order === 2 || n > 32 ? 1e-3 : 5e-3),
          ),
          between(`${name}: order of the resistance`, observedOrder(shell[1], shell[2]), low, high),
          between(`${name}: order of the field`, observedOrder(field[1], field[2]), low - 0.5, high),
        ];
      }),
    ),
};
