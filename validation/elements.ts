import type { Element, FacetElement } from "../src/fem/element/element.js";
import { lineP1, lineP2 } from "../src/fem/element/line.js";
import { triangleQuadrature } from "../src/fem/element/quadrature.js";
import { triangleP1 } from "../src/fem/element/triangle-p1.js";
import { triangleP2 } from "../src/fem/element/triangle-p2.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

export const triangles: readonly Element[] = [triangleP1, triangleP2];
export const lines: readonly FacetElement[] = [lineP1, lineP2];

/** Points inside and on the edge of the reference triangle, `[point][2]`. */
const probes = [
  [0.2, 0.3],
  [0.6, 0.1],
  [0.05, 0.9],
  [0.5, 0.5],
  [1 / 3, 1 / 3],
];

/** Largest departures of a triangle from what a Lagrange element is. */
export interface ElementDefects {
  /** |Σ N − 1| and |Σ ∇N| */
  readonly unity: number;
  /** |N_a(x_b) − δ_ab| */
  readonly kronecker: number;
  /** ∇N against central differences, exact for quadratic N. */
  readonly gradient: number;
  /** Monomials up to the element's order, interpolated. */
  readonly completeness: number;
}

export function elementDefects(element: Element): ElementDefects {
  const n = element.nodes;
  const at = (x: number, y: number) => {
    const value = new Float64Array(n);
    const gradient = new Float64Array(2 * n);
    element.shape([x, y], value, gradient);
    return { value, gradient };
  };
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const nodes = Array.from({ length: n }, (_, k) => [element.reference[2 * k], element.reference[2 * k + 1]]);
  let [unity, kronecker, gradient, completeness] = [0, 0, 0, 0];
  nodes.forEach(([x, y], b) => {
    at(x, y).value.forEach((value, a) => {
      kronecker = Math.max(kronecker, Math.abs(value - (a === b ? 1 : 0)));
    });
  });
  const h = 0.125;
  for (const [x, y] of probes) {
    const here = at(x, y);
    unity = Math.max(unity, Math.abs(sum(here.value) - 1));
    for (const c of [0, 1]) unity = Math.max(unity, Math.abs(sum(here.gradient.filter((_, k) => k % 2 === c))));
    for (let a = 0; a < n; a++) {
      const byX = (at(x + h, y).value[a] - at(x - h, y).value[a]) / (2 * h);
      const byY = (at(x, y + h).value[a] - at(x, y - h).value[a]) / (2 * h);
      gradient = Math.max(gradient, Math.abs(here.gradient[2 * a] - byX), Math.abs(here.gradient[2 * a + 1] - byY));
    }
    for (const [i, j] of monomials(element.order)) {
      const interpolated = sum(here.value.map((value, a) => value * nodes[a][0] ** i * nodes[a][1] ** j));
      completeness = Math.max(completeness, Math.abs(interpolated - x ** i * y ** j));
    }
  }
  return { unity, kronecker, gradient, completeness };
}

/** Exponents with i + j ≤ degree. */
function monomials(degree: number): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i <= degree; i++) for (let j = 0; i + j <= degree; j++) out.push([i, j]);
  return out;
}

/** Largest relative error of the rule for degree `degree` over all monomials up to degree `upTo`. */
export function quadratureDefect(degree: number, upTo: number): number {
  const { points, weights } = triangleQuadrature(degree);
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  return Math.max(
    ...monomials(upTo).map(([i, j]) => {
      const exact = (factorial(i) * factorial(j)) / factorial(i + j + 2);
      const found = weights.reduce((sum, w, q) => sum + w * points[2 * q] ** i * points[2 * q + 1] ** j, 0);
      return Math.abs(found / exact - 1);
    }),
  );
}

/** Largest departure of a line element: unity, Gauss's rule to degree 5, ∫N, derivatives of monomials at the nodes. */
export function lineDefect(line: FacetElement): number {
  const n = line.nodes;
  const nodes = [0, 1, 0.5].slice(0, n);
  const shares = n === 2 ? [1 / 2, 1 / 2] : [1 / 6, 1 / 6, 2 / 3];
  const found: number[] = [];
  line.points.forEach((x, q) => {
    const row = [...nodes.keys()].map((k) => line.value[q * n + k]);
    const slope = [...nodes.keys()].map((k) => line.gradient[q * n + k]);
    for (let i = 0; i < n; i++) {
      found.push(row.reduce((sum, v, k) => sum + v * nodes[k] ** i, 0) - x ** i);
      found.push(slope.reduce((sum, v, k) => sum + v * nodes[k] ** i, 0) - i * (i === 0 ? 0 : x ** (i - 1)));
    }
  });
  nodes.forEach((x, at) => {
    for (let i = 0; i < n; i++) {
      const slope = nodes.reduce((sum, z, k) => sum + line.nodalGradient[at * n + k] * z ** i, 0);
      found.push(slope - i * (i === 0 ? 0 : x ** (i - 1)));
    }
  });
  const integral = (f: (x: number, q: number) => number): number =>
    line.weights.reduce((sum, w, q) => sum + w * f(line.points[q], q), 0);
  for (let i = 0; i <= 5; i++) found.push(integral((x) => x ** i) - 1 / (i + 1));
  nodes.forEach((_, k) => {
    found.push(integral((_x, q) => line.value[q * n + k]) - shares[k]);
  });
  return Math.max(...found.map(Math.abs));
}

/** Shape functions and quadrature against what defines them, to the last digits. */
export const elements: ValidationCase = {
  name: "elements",
  title: "Shape functions, their gradients and quadrature rules against their definitions",
  slow: false,
  run: async () => [
    ...triangles.flatMap((element): Verdict[] => {
      const { unity, kronecker, gradient, completeness } = elementDefects(element);
      return [
        atMost(`${element.name}: partition of unity`, unity, 1e-12),
        atMost(`${element.name}: one at its node, zero at the others`, kronecker, 1e-12),
        atMost(`${element.name}: gradients against differences`, gradient, 1e-12),
        atMost(`${element.name}: monomials up to degree ${element.order}`, completeness, 1e-12),
      ];
    }),
    ...[1, 2, 3, 4, 5].map((degree) =>
      atMost(`triangle quadrature: monomials up to degree ${degree}`, quadratureDefect(degree, degree), 1e-12),
    ),
    ...lines.map((line) => atMost(`${line.name}: values, slopes and integrals`, lineDefect(line), 1e-12)),
  ],
};
