import { constant } from "../src/fem/law/stoichiometry-function.js";
import { elasticErrors } from "./manufactured/elasticity.js";
import { type CoupledError, steadyErrors, transientErrors } from "./manufactured/electrochemistry.js";
import type { FieldError } from "./manufactured/error.js";
import { orderVerdict } from "./manufactured/order.js";
import {
  bentConductivity,
  bentDiffusivity,
  bentProblem,
  type CoupledChoice,
  straightDiffusivity,
  swingingProblem,
} from "./manufactured/problems.js";
import { variants } from "./patch.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { onEach } from "./verdicts.js";

const distortion = 0.15;

/** Problems whose orders in space are observed. */
export const coupledVariants = [
  { name: "diffusion, conduction and reaction", diffusivity: straightDiffusivity, electrolyte: false, drift: false },
  { name: "D(s)", diffusivity: bentDiffusivity, electrolyte: false, drift: false },
  { name: "D(s), drift and electrolyte", diffusivity: bentDiffusivity, electrolyte: true, drift: true },
  {
    name: "contacts, σ_p",
    diffusivity: straightDiffusivity,
    electrolyte: false,
    drift: false,
    conduction: constant(2e-3),
  },
  {
    name: "contacts, σ_p(s), D(s), drift and electrolyte",
    diffusivity: bentDiffusivity,
    electrolyte: true,
    drift: true,
    conduction: bentConductivity,
  },
] as const;

type Shape = Pick<CoupledChoice, "order" | "kind">;

/** Orders of one field in L2 and H1: k + 1 and k for elements of order k. */
function fieldOrders(name: string, order: 1 | 2, sizes: readonly number[], errors: readonly FieldError[]): Verdict[] {
  return [
    orderVerdict(
      `${name} in L2`,
      sizes,
      errors.map(({ l2 }) => l2),
      order + 1,
    ),
    orderVerdict(
      `${name} in H1`,
      sizes,
      errors.map(({ h1 }) => h1),
      order,
    ),
  ];
}

function coupledOrders(
  name: string,
  order: 1 | 2,
  cells: readonly number[],
  errors: readonly CoupledError[],
  { ionic, inside }: { readonly ionic: boolean; readonly inside: boolean },
) {
  const sizes = cells.map((n) => 1 / n);
  return [
    ...fieldOrders(
      `${name}: lithium`,
      order,
      sizes,
      errors.map((e) => e.stoichiometry),
    ),
    ...fieldOrders(
      `${name}: potential`,
      order,
      sizes,
      errors.map((e) => e.potential),
    ),
    ...(inside
      ? fieldOrders(
          `${name}: potential in the particle`,
          order,
          sizes,
          errors.map((e) => e.inside),
        )
      : []),
    ...(ionic
      ? fieldOrders(
          `${name}: ionic potential`,
          order,
          sizes,
          errors.map((e) => e.ionic),
        )
      : []),
  ];
}

/** Steady lithium and potentials on meshes with these many cells across each body. */
export function steadyOrders(
  shape: Shape,
  variant: (typeof coupledVariants)[number],
  cells: readonly number[],
): Verdict[] {
  const errors = cells.map((n) => steadyErrors(bentProblem({ ...shape, ...variant, cells: n, distortion, period: 0 })));
  return coupledOrders(`P${shape.order} ${shape.kind}, steady ${variant.name}`, shape.order, cells, errors, {
    ionic: variant.electrolyte,
    inside: "conduction" in variant,
  });
}

/** Half a swing by the second-order formula, with steps that shrink so that time and space err alike. */
export function transientOrders(shape: Shape, cells: readonly number[]): Verdict[] {
  const period = 40;
  const variant = coupledVariants[1];
  const errors = cells.map((n) => {
    const steps = shape.order === 1 ? 4 * n : Math.round(4 * n ** 1.5);
    const each = new Array(steps).fill(period / 2 / steps);
    return transientErrors(bentProblem({ ...shape, ...variant, cells: n, distortion, period }), "bdf2", each);
  });
  return coupledOrders(`P${shape.order} ${shape.kind}, transient ${variant.name}`, shape.order, cells, errors, {
    ionic: false,
    inside: false,
  });
}

/** Displacement of two bodies through an elastic interface. */
export function elasticOrders(shape: Shape, cells: readonly number[]): Verdict[] {
  const errors = cells.map((n) => elasticErrors({ ...shape, cells: n, distortion }));
  return fieldOrders(
    `P${shape.order} ${shape.kind}, elasticity`,
    shape.order,
    cells.map((n) => 1 / n),
    errors,
  );
}

/** Steps of one length, or alternating 2 : 1, that add up to `total` s. */
function stepsOf(pattern: "constant" | "alternating", count: number, total: number): number[] {
  const share = (k: number): number => (pattern === "constant" ? 1 : k % 2 === 0 ? 4 / 3 : 2 / 3);
  return Array.from({ length: count }, (_, k) => (share(k) * total) / count);
}

/** Orders in time of a problem that the mesh represents exactly. */
export function timeOrders(
  method: "euler" | "bdf2",
  pattern: "constant" | "alternating",
  counts: readonly number[],
): Verdict[] {
  const theory = method === "euler" ? 1 : 2;
  const errors = counts.map((count) => transientErrors(swingingProblem(2, 100), method, stepsOf(pattern, count, 30)));
  const sizes = counts.map((count) => 1 / count);
  const name = `${method === "euler" ? "implicit Euler" : "BDF2"}, ${pattern} steps`;
  return [
    orderVerdict(
      `${name}: lithium`,
      sizes,
      errors.map((e) => e.stoichiometry.l2),
      theory,
    ),
    orderVerdict(
      `${name}: collector's potential`,
      sizes,
      errors.map((e) => e.voltage),
      theory,
    ),
  ];
}

/** Chosen lithium and potentials, coupled through Butler–Volmer kinetics with a film. */
export const electrochemicalOrders: ValidationCase = {
  name: "orders-electrochemistry",
  title: "Observed orders in space of lithium and potentials, steady and transient, coupled through the reaction",
  slow: true,
  run: onEach(variants, (shape, report) => {
    const steady = coupledVariants.flatMap((variant) => {
      report(`${shape.name}, ${variant.name}`);
      return steadyOrders(shape, variant, [8, 16, 32, 64]);
    });
    report(`${shape.name}, transient`);
    return [...steady, ...transientOrders(shape, [8, 16, 32])];
  }),
};

/** Chosen displacements of a swelling particle and a carbon/binder with a jump between them. */
export const mechanicalOrders: ValidationCase = {
  name: "orders-elasticity",
  title: "Observed orders in space of the displacement, plane and axisymmetric, through an elastic interface",
  slow: true,
  run: onEach(variants, (shape, report) => {
    report(shape.name);
    return elasticOrders(shape, [8, 16, 32, 64]);
  }),
};

/** Lithium and the collector's potential under a swinging current. */
export const temporalOrders: ValidationCase = {
  name: "orders-time",
  title: "Observed orders in time of implicit Euler and BDF2, with constant and alternating steps",
  slow: false,
  run: onEach(["euler", "bdf2"] as const, (method) =>
    (["constant", "alternating"] as const).flatMap((pattern) => timeOrders(method, pattern, [20, 40, 80, 160])),
  ),
};
