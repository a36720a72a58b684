import { type Space, spaceOf } from "../src/fem/assembly/assemble.js";
import { type ContactPoints, contactPoints } from "../src/fem/assembly/contact-points.js";
import { elastic } from "../src/fem/assembly/forms.js";
import { coordinatesOf, type StressState } from "../src/fem/coordinates/coordinates.js";
import { elasticInterface } from "../src/fem/law/cohesive/elastic.js";
import type { StoichiometryFunction } from "../src/fem/law/law.js";
import { type ContactState, contactState, reachedContact } from "../src/fem/model/contact-state.js";
import { onNodes, type Strains } from "../src/fem/model/fields.js";
import { mechanics } from "../src/fem/model/mechanics.js";
import { newtonWorkspace, solveKept } from "../src/fem/nonlinear/kept-newton.js";
import { polarMesh } from "./mesh/polar.js";

/** A round particle in a concentric shell of carbon/binder, quarter or half by symmetry. Lengths in m, moduli in Pa. */
export interface RoundBody {
  readonly kind: "plane" | "axisymmetric";
  /** Of a plane body; plane strain unless given. */
  readonly stressState?: StressState;
  readonly order: 1 | 2;
  readonly radius: number;
  /** Outer radius of the shell. */
  readonly outer: number;
  /** Edges on a quarter circle. */
  readonly segments: number;
  /** Condition at the outer radius. */
  readonly condition: "free" | "fixed";
  readonly particle: { readonly youngModulus: number; readonly poissonRatio: number };
  readonly binder: { readonly youngModulus: number; readonly poissonRatio: number };
  /** Pa/m of the interface. */
  readonly stiffness: number;
}

/** A loaded body at rest. */
export interface Deformed {
  readonly space: Space;
  readonly points: ContactPoints;
  readonly contact: ContactState;
  readonly strains: Strains;
}

/** Displacements and tractions under the linear strain `strain(r)` of the particle. Throws when the model gives up. */
export function deform(body: RoundBody, strain: (r: number) => number): Deformed {
  const mesh = polarMesh(body);
  const space = spaceOf(mesh, coordinatesOf(body.kind === "plane" ? (body.stressState ?? "plane-strain") : null));
  const points = contactPoints(space);
  const { youngModulus, poissonRatio } = body.particle;
  const solid = mechanics(space, points, {
    particle: elastic(youngModulus, poissonRatio),
    binder: elastic(body.binder.youngModulus, body.binder.poissonRatio),
    eigenstrain: identity,
    initialStoichiometry: 0,
    cohesive: elasticInterface(body.stiffness),
    fatigue: null,
    sides: { bottom: "roller", right: body.condition, top: "free", left: "roller" },
  });
  const own = new Uint8Array(mesh.nodes.length / 2);
  mesh.region.forEach((region, cell) => {
    if (region === 0)
      for (const node of mesh.cells.subarray(cell * mesh.nodesPerCell).subarray(0, mesh.nodesPerCell)) own[node] = 1;
  });
  const load = Float64Array.from(own, (inside, node) =>
    inside ? strain(Math.hypot(mesh.nodes[2 * node], mesh.nodes[2 * node + 1])) : Number.NaN,
  );
  solid.prepare(load, contactState(points));
  const u = new Float64Array(solid.unknowns);
  const settings = { tolerance: 1e-10, maxIterations: 20, slow: 0.5, depth: 3 };
  const outcome = solveKept(solid, u, settings, newtonWorkspace(solid, settings.depth));
  if (!outcome.ok) throw new Error(`Deforming a round body: ${outcome.reason}; the residual is ${outcome.residual}.`);
  const contact = reachedContact(points);
  solid.report(contact);
  return {
    space,
    points,
    contact,
    strains: {
      displacement: onNodes(solid.displacement, u, 0, 0),
      eigen: load.map((e) => e || 0),
      axial: solid.axialStrain(u) ?? 0,
    },
  };
}

/** The strain is handed in as the stoichiometry. */
const identity: StoichiometryFunction = { value: (s) => s, derivative: () => 1, validity: [-1, 1] };
