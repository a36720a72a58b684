import fc from "fast-check";
import { solve as denseSolve, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { type Csr, multiply } from "../../src/fem/linear/csr.js";
import { type DirectOptions, directSolver, type FactorKind } from "../../src/fem/linear/direct.js";
import { elementPattern, positionOf } from "../../src/fem/linear/pattern.js";
import { elasticityMatrix, laplaceMatrix } from "./model-matrices.js";
import { refined } from "./refined.js";

const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (2 * state) / 2 ** 32 - 1;
  };
};

function norm(x: Float64Array): number {
  return Math.hypot(...x);
}

/** Relative residual of the solution for a right-hand side that follows from `seed`. */
function residualOf(a: Csr, options: DirectOptions, seed = 1): number {
  const random = seeded(seed);
  const rhs = Float64Array.from({ length: a.rows }, random);
  const x = new Float64Array(a.rows);
  const solver = directSolver(a, options);
  expect(solver.factor(a.value)).toEqual({ ok: true });
  solver.solve(rhs, x);
  const left = rhs.slice();
  multiply(a, x, left, -1);
  return norm(left) / norm(rhs);
}

/** A random structurally symmetric matrix of `n` unknowns with about `edges` pairs, some of them at shared points. */
function randomMatrix(n: number, edges: number, kind: FactorKind, dominance: number, seed: number) {
  const random = seeded(seed);
  const pick = (): number => Math.min(n - 1, Math.floor(((random() + 1) / 2) * n));
  const a = elementPattern(n, Int32Array.from({ length: 2 * edges }, pick), 2);
  const sum = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let p = a.rowStart[i]; p < a.rowStart[i + 1]; p++) {
      const j = a.column[p];
      a.value[p] = kind === "ldlt" && j < i ? a.value[positionOf(a, j, i)] : random();
      if (i !== j) sum[i] += Math.abs(a.value[p]);
    }
  }
  for (let i = 0; i < n; i++) a.value[positionOf(a, i, i)] = dominance * (sum[i] + 1);
  const points = Float64Array.from({ length: 2 * n }, () => Math.round(4 * random() * Math.sqrt(n)));
  return { a, points };
}

function dense(a: Csr): Matrix {
  const full = Matrix.zeros(a.rows, a.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let p = a.rowStart[i]; p < a.rowStart[i + 1]; p++) full.set(i, a.column[p], a.value[p]);
  }
  return full;
}

const kinds: readonly FactorKind[] = ["ldlt", "lu"];

describe.each(kinds)("direct solver, %s", (kind) => {
  it("solves what a dense solver solves, for any diagonally dominant matrix", () => {
    const sizes = fc.record({ n: fc.integer({ min: 1, max: 60 }), share: fc.double({ min: 0, max: 4, noNaN: true }) });
    fc.assert(
      fc.property(sizes, fc.integer(), ({ n, share }, seed) => {
        const { a, points } = randomMatrix(n, Math.round(share * n), kind, 1.1, seed);
        const rhs = Float64Array.from({ length: n }, seeded(seed ^ 7));
        const x = new Float64Array(n);
        const solver = directSolver(a, { kind, points });
        expect(solver.factor(a.value)).toEqual({ ok: true });
        solver.solve(rhs, x);
        const exact = denseSolve(dense(a), Matrix.columnVector([...rhs])).to1DArray();
        const off = Math.hypot(...exact.map((value, i) => value - x[i]));
        expect(off).toBeLessThanOrEqual(1e-12 * Math.hypot(...exact));
      }),
      { numRuns: 200, seed: 20 },
    );
  });

  it("solves matrices that are not dominant after refinement", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer(), (n, seed) => {
        const { a, points } = randomMatrix(n, 2 * n, kind, 0.3, seed);
        const rhs = Float64Array.from({ length: n }, seeded(seed ^ 7));
        const x = new Float64Array(n);
        const solver = directSolver(a, { kind, points });
        expect(solver.factor(a.value)).toEqual({ ok: true });
        solver.solve(rhs, x);
        expect(refined(a, solver, rhs, x, 3)).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it.each([1, 2, 3, 7, 30])("solves the Laplace equation on %i² nodes", (side) => {
    const { pattern, points } = laplaceMatrix(side, 0.3);
    if (side === 1) pattern.value[0] = 2;
    expect(residualOf(pattern, { kind, points })).toBeLessThanOrEqual(1e-12);
  });

  it.each([2, 5, 33])("solves elasticity on %i² nodes", (side) => {
    const { pattern, points } = elasticityMatrix(side, 0.3);
    expect(residualOf(pattern, { kind, points })).toBeLessThanOrEqual(1e-12);
  });

  it("solves a graph in pieces, of which two share their points", () => {
    const { pattern, points } = laplaceMatrix(9, 0);
    const n = pattern.rows;
    const entries = pattern.rowStart[n];
    const a: Csr = {
      rows: 2 * n + 1,
      columns: 2 * n + 1,
      rowStart: Int32Array.of(
        ...pattern.rowStart,
        ...pattern.rowStart.subarray(1).map((p) => p + entries),
        2 * entries + 1,
      ),
      column: Int32Array.of(...pattern.column, ...pattern.column.map((j) => j + n), 2 * n),
      value: Float64Array.of(...pattern.value, ...pattern.value, 3),
    };
    expect(residualOf(a, { kind, points: Float64Array.of(...points, ...points, 5, 5) })).toBeLessThanOrEqual(1e-12);
  });

  it("eliminates the last unknowns last, which lets them have no diagonal", () => {
    const { a, points } = constrained(12);
    const last = [a.rows - 1, a.rows - 2];
    expect(residualOf(a, { kind, points, last })).toBeLessThanOrEqual(1e-12);
  });

  it("fills little where a dense row comes last", () => {
    const { a, points } = constrained(20);
    const last = [a.rows - 1, a.rows - 2];
    const least = directSolver(laplaceMatrix(20, 0).pattern, { kind, points: points.subarray(0, 800) });
    const found = directSolver(a, { kind, points, last });
    expect(found.factorEntries).toBeLessThan(least.factorEntries + 4.2 * a.rows * (kind === "lu" ? 2 : 1));
  });

  it("gives the same bits on every run and after other values", () => {
    const { pattern, points } = elasticityMatrix(20, 0.2);
    const rhs = Float64Array.from({ length: pattern.rows }, seeded(4));
    const used = directSolver(pattern, { kind, points });
    used.factor(pattern.value.map((value, p) => value * (1 + 0.3 * Math.cos(p))));
    used.solve(rhs, new Float64Array(rhs.length));
    const solutions = [used, directSolver(pattern, { kind, points }), used].map((solver) => {
      expect(solver.factor(pattern.value)).toEqual({ ok: true });
      const x = rhs.slice();
      solver.solve(x, x);
      return x;
    });
    const apart = new Float64Array(rhs.length);
    used.solve(rhs, apart);
    expect(solutions[1]).toEqual(solutions[0]);
    expect(solutions[2]).toEqual(solutions[0]);
    expect(apart).toEqual(solutions[0]);
  });

  it("reports a pivot that cannot be used, and then solves no more until it is factored anew", () => {
    const { pattern, points } = laplaceMatrix(6, 0.1);
    const solver = directSolver(pattern, { kind, points });
    const x = new Float64Array(pattern.rows);
    expect(() => solver.solve(x, x)).toThrow(/no factor/);
    for (const bad of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const value = pattern.value.slice();
      for (let p = pattern.rowStart[8]; p < pattern.rowStart[9]; p++) {
        value[p] = 0;
        value[positionOf(pattern, pattern.column[p], 8)] = 0;
      }
      value[positionOf(pattern, 8, 8)] = bad;
      expect(solver.factor(value)).toEqual({ ok: false, reason: "zero pivot", unknown: 8, pivot: bad });
      expect(() => solver.solve(x, x)).toThrow(/no factor/);
    }
    expect(solver.factor(pattern.value)).toEqual({ ok: true });
  });

  it("reports a singular matrix", () => {
    const { pattern, points } = laplaceMatrix(8, 0.1);
    const value = pattern.value.slice();
    for (let i = 0; i < pattern.rows; i++) {
      let sum = 0;
      for (let p = pattern.rowStart[i]; p < pattern.rowStart[i + 1]; p++) {
        if (pattern.column[p] !== i) value[p] = pattern.value[p] < 0 ? -1 : 0;
        if (pattern.column[p] !== i) sum -= value[p];
      }
      value[positionOf(pattern, i, i)] = sum;
    }
    expect(directSolver(pattern, { kind, points }).factor(value)).toMatchObject({ ok: false, reason: "zero pivot" });
  });
});

/** A Laplace matrix of `side`² nodes with its mean and its first moment prescribed by two multipliers. */
function constrained(side: number): { a: Csr; points: Float64Array } {
  const { pattern, points } = laplaceMatrix(side, 0);
  const n = pattern.rows;
  const pairs: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let p = pattern.rowStart[i]; p < pattern.rowStart[i + 1]; p++) pairs.push(i, pattern.column[p]);
    pairs.push(i, n, i, n + 1);
  }
  const a = elementPattern(n + 2, Int32Array.from(pairs), 2);
  for (let i = 0; i < n; i++) {
    for (let p = pattern.rowStart[i]; p < pattern.rowStart[i + 1]; p++) {
      a.value[positionOf(a, i, pattern.column[p])] = pattern.value[p];
    }
    for (const [multiplier, weight] of [
      [n, 1],
      [n + 1, points[2 * i]],
    ]) {
      a.value[positionOf(a, i, multiplier)] = weight;
      a.value[positionOf(a, multiplier, i)] = weight;
    }
  }
  return { a, points: Float64Array.of(...points, 0.5, 0.5, 0.5, 0.5) };
}

describe("direct solver", () => {
  it("reads only the lower triangle for ldlt", () => {
    const { pattern, points } = laplaceMatrix(7, 0.2);
    const spoilt = pattern.value.slice();
    for (let i = 0; i < pattern.rows; i++) {
      for (let p = pattern.rowStart[i]; p < pattern.rowStart[i + 1]; p++) if (pattern.column[p] > i) spoilt[p] = 1e9;
    }
    const rhs = Float64Array.from({ length: pattern.rows }, seeded(2));
    const solver = directSolver(pattern, { kind: "ldlt", points });
    solver.factor(pattern.value);
    const x = new Float64Array(pattern.rows);
    solver.solve(rhs, x);
    solver.factor(spoilt);
    solver.solve(rhs, rhs);
    expect(rhs).toEqual(x);
  });

  it("fills a grid of 100 × 100 nodes with fewer than 35 entries a column", () => {
    const { pattern, points } = laplaceMatrix(100, 0);
    expect(directSolver(pattern, { kind: "ldlt", points }).factorEntries).toBeLessThan(35 * pattern.rows);
  });

  it("refuses what it cannot analyse", () => {
    const { pattern, points } = laplaceMatrix(3, 0);
    const lopsided: Csr = {
      rows: 2,
      columns: 2,
      rowStart: Int32Array.of(0, 2, 3),
      column: Int32Array.of(0, 1, 1),
      value: new Float64Array(3),
    };
    expect(() => directSolver(lopsided, { kind: "lu", points: new Float64Array(4) })).toThrow(/not \(1, 0\)/);
    expect(() => directSolver({ ...pattern, columns: 8 }, { kind: "lu", points })).toThrow(/square/);
    expect(() => directSolver(pattern, { kind: "lu", points: points.subarray(2) })).toThrow(/16 coordinates/);
    expect(() => directSolver(pattern, { kind: "lu", points: points.map(() => Number.NaN) })).toThrow(/finite/);
    expect(() => directSolver(pattern, { kind: "lu", points, last: [9] })).toThrow(/last names 9/);
    const solver = directSolver(pattern, { kind: "lu", points });
    expect(() => solver.factor(new Float64Array(3))).toThrow(/found 3 values/);
  });
});
