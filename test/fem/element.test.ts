import { describe, expect, it } from "vitest";
import { triangleQuadrature } from "../../src/fem/element/quadrature.js";
import { elementDefects, lineDefect, lines, quadratureDefect, triangles } from "../../validation/elements.js";

describe.each(triangles)("$name", (element) => {
  it("is a Lagrange element: unity, Kronecker, gradients and complete polynomials to 1e-12", () => {
    const { unity, kronecker, gradient, completeness } = elementDefects(element);
    expect(Math.max(unity, kronecker, gradient, completeness)).toBeLessThan(1e-12);
  });

  it("has facets whose nodes are those of its edges", () => {
    expect(element.facet.nodes).toBe(element.order + 1);
  });
});

describe("triangle quadrature", () => {
  it.each([1, 2, 3, 4, 5])("integrates every monomial up to degree %i to 1e-12", (degree) => {
    expect(quadratureDefect(degree, degree)).toBeLessThan(1e-12);
  });

  it("is no better than it says: degree + 1 is not exact", () => {
    for (const degree of [1, 2, 4, 5]) expect(quadratureDefect(degree, degree + 1)).toBeGreaterThan(1e-4);
  });

  it("refuses degrees that it has no rule for", () => {
    expect(() => triangleQuadrature(6)).toThrow(RangeError);
  });
});

describe.each(lines)("$name", (line) => {
  it("has exact values, slopes and integrals to 1e-12", () => {
    expect(lineDefect(line)).toBeLessThan(1e-12);
  });
});
