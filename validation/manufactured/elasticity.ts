import { cellsWhere, type Space, spaceOf } from "../../src/fem/assembly/assemble.js";
import { contactPoints } from "../../src/fem/assembly/contact-points.js";
import { type Elastic, elastic } from "../../src/fem/assembly/forms.js";
import { axisymmetric, planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import { contactState } from "../../src/fem/model/contact-state.js";
import { mechanics } from "../../src/fem/model/mechanics.js";
import { structuredMesh } from "../mesh/structured.js";
import { type FieldError, fieldError, joined } from "./error.js";
import { cosine, type Field, type Jet, type Profile, product, sine } from "./field.js";
import { addInterface, addVolume } from "./load.js";

/** m */
const size = 2e-6;
const height = 2.4e-6;
const wave = Math.PI / size;

export interface ElasticChoice {
  readonly order: 1 | 2;
  readonly cells: number;
  readonly kind: "plane" | "axisymmetric";
  readonly distortion: number;
}

type Vector = readonly [Field, Field];

/**
 * Displacements in a swelling particle (left) and a softer carbon/binder, zero on the box, with a jump that the elastic
 * interface does not carry by itself: what is missing enters as a load, from the strong form in the coordinates chosen.
 */
export function elasticErrors(choice: ElasticChoice): FieldError {
  const coordinates = choice.kind === "plane" ? planeStrain : axisymmetric;
  const mesh = structuredMesh({
    order: choice.order,
    towards: "right",
    length: height,
    columns: choice.cells,
    layers: [
      { body: "particle", thickness: size, rows: choice.cells },
      { body: "high", thickness: size, rows: choice.cells },
    ],
    distortion: choice.distortion,
  });
  const space = spaceOf(mesh, coordinates);
  const points = contactPoints(space);
  const held = { bottom: "fixed", right: "fixed", top: "fixed", left: "fixed" } as const;
  const solid = mechanics(space, points, { ...problem, sides: held });
  const inside = insideOf(choice.kind);
  const forces = forcesOf(space, inside, solid.displacement, solid.unknowns);
  const { nodes } = mesh;
  const lithium = Float64Array.from(
    { length: nodes.length / 2 },
    (_, k) => problem.stoichiometry(nodes[2 * k], nodes[2 * k + 1]).v,
  );
  solid.prepare(lithium, contactState(points), forces);
  const u = new Float64Array(solid.unknowns);
  const residual = new Float64Array(solid.unknowns);
  solid.residual(u, residual);
  solid.linearise(u);
  solid.correct(residual, u);
  const nodal = (component: number) => (node: number) => {
    const at = solid.displacement[2 * node + component];
    return at < 0 ? 0 : -u[at];
  };
  const errors = [inside, outside].map((field, body) => {
    const cells = cellsWhere(mesh, (region) => region < mesh.particles === (body === 0));
    return joined(...field.map((exact, c) => fieldError(space, cells, nodal(c), exact)));
  });
  return joined(...errors);
}

const sway: Profile = sine(wave / 2);
/** Zero at x = 0, but free to slide along an axis of symmetry. */
const insideOf = (kind: ElasticChoice["kind"]): Vector => [
  product(0, 1e-8, sway, sine(Math.PI / height)),
  product(0, -6e-9, kind === "plane" ? sine(0.35 * wave) : cosine(0.35 * wave), sine((2 * Math.PI) / height)),
];
const outside: Vector = [
  product(0, 1.4e-8, sway, sine(Math.PI / height)),
  product(0, 7e-9, sway, sine((2 * Math.PI) / height)),
];

const problem = {
  particle: elastic(140e9, 0.3),
  binder: elastic(20e9, 0.25),
  stiffness: 5e15,
  cohesive: elasticInterface(5e15),
  fatigue: null,
  eigenstrain: { value: (s: number) => 0.03 * s, derivative: () => 0.03, validity: [0, 1] as const },
  initialStoichiometry: 0.6,
  stoichiometry: product(0.6, 0.2, cosine(0.8 * wave), cosine(wave)),
};

function forcesOf(space: Space, inside: Vector, displacement: Int32Array, unknowns: number): Float64Array {
  const { mesh, coordinates } = space;
  const forces = new Float64Array(unknowns);
  const particle = cellsWhere(mesh, (region) => region < mesh.particles);
  const binder = cellsWhere(mesh, (region) => region >= mesh.particles);
  const swelling = (x: number, y: number): Jet => {
    const s = problem.stoichiometry(x, y);
    return { ...s, v: 0.03 * (s.v - problem.initialStoichiometry), x: 0.03 * s.x, y: 0.03 * s.y };
  };
  const [swollen, around] = [{ field: inside, swelling }, { field: outside }];
  const traction = (x: number, y: number, c: number): number =>
    problem.stiffness * (outside[c](x, y).v - inside[c](x, y).v);
  for (const c of [0, 1]) {
    const unknown = (node: number): number => displacement[2 * node + c];
    addVolume(
      space,
      particle,
      (x, y) => bodyForce(problem.particle, swollen, coordinates.hoop(x), x, y)[c],
      unknown,
      forces,
    );
    addVolume(
      space,
      binder,
      (x, y) => bodyForce(problem.binder, around, coordinates.hoop(x), x, y)[c],
      unknown,
      forces,
    );
    // The normal out of the particle is +x. σ n of either side against the interface's own traction.
    const inner = (x: number, y: number): number =>
      normalStress(problem.particle, swollen, coordinates.hoop(x), x, y)[c] - traction(x, y, c);
    const outer = (x: number, y: number): number =>
      traction(x, y, c) - normalStress(problem.binder, around, coordinates.hoop(x), x, y)[c];
    addInterface(space, "particle", inner, unknown, forces);
    addInterface(space, "binder", outer, unknown, forces);
  }
  return forces;
}

type Pair = readonly [number, number];

/** A displacement, and the eigenstrain beside it. */
interface Deformed {
  readonly field: Vector;
  readonly swelling?: (x: number, y: number) => Jet;
}

/** −∇·σ for σ = C:(ε(u) − β I); `h` is 0 or 1/r. N/m³ */
function bodyForce({ lambda, mu }: Elastic, { field, swelling }: Deformed, h: number, x: number, y: number): Pair {
  const [u, v] = [field[0](x, y), field[1](x, y)];
  const byX = u.xx + v.xy + h * u.x - h * h * u.v;
  const byY = u.xy + v.yy + h * u.y;
  const beta = swelling?.(x, y);
  const k = 3 * lambda + 2 * mu;
  return [
    -(lambda * byX + 2 * mu * u.xx + mu * (u.yy + v.xy) + 2 * mu * h * (u.x - h * u.v)) + k * (beta?.x ?? 0),
    -(lambda * byY + 2 * mu * v.yy + mu * (u.xy + v.xx) + mu * h * (u.y + v.x)) + k * (beta?.y ?? 0),
  ];
}

/** σ e_x, Pa */
function normalStress({ lambda, mu }: Elastic, { field, swelling }: Deformed, h: number, x: number, y: number): Pair {
  const [u, v] = [field[0](x, y), field[1](x, y)];
  const beta = swelling?.(x, y).v ?? 0;
  return [lambda * (u.x + v.y + h * u.v) + 2 * mu * u.x - (3 * lambda + 2 * mu) * beta, mu * (u.y + v.x)];
}
