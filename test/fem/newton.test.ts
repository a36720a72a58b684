import { LuDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  type KeptOperator,
  type NewtonSettings,
  newtonWorkspace,
  solveKept,
} from "../../src/fem/nonlinear/kept-newton.js";

const settings: NewtonSettings = { tolerance: 1e-12, maxIterations: 30, slow: 0.5, depth: 3 };

/** A small dense system with its residual sizes recorded. `fresh` never keeps a factor. */
function denseSystem(
  n: number,
  equations: (x: Float64Array, i: number) => number,
  slope: (x: Float64Array, i: number, j: number) => number,
  { fresh = false, renewalCost = 1e9 } = {},
) {
  const sizes: number[] = [];
  let factor: LuDecomposition | null = null;
  let tangent = Matrix.zeros(n, n);
  const system: KeptOperator & { sizes: number[]; factorAt: (x: ArrayLike<number>) => void } = {
    unknowns: n,
    active: Int32Array.from({ length: n }, (_, i) => i),
    activeScale: new Float64Array(n).fill(1),
    renewalCost,
    sizes,
    residual: (x, out) => {
      for (let i = 0; i < n; i++) out[i] = equations(x, i);
      sizes.push(Math.hypot(...out));
      return sizes[sizes.length - 1];
    },
    addRemainder: (x, out) => {
      const linear = tangent.mmul(Matrix.columnVector(Array.from(x))).to1DArray();
      for (let i = 0; i < n; i++) out[i] += equations(x, i) - linear[i];
    },
    load: (_, out) => {
      out.fill(0);
    },
    activeSize: (residual) => Math.hypot(...residual),
    linearised: () => factor !== null && !fresh,
    linearise: (x) => {
      system.factorAt(x);
      return !factor!.isSingular();
    },
    factorAt: (x) => {
      const at = Float64Array.from(x);
      tangent = Matrix.zeros(n, n).apply(function (this: Matrix, i, j) {
        this.set(i, j, slope(at, i, j));
      });
      factor = new LuDecomposition(tangent);
    },
    correct: (residual, out) => {
      out.set(factor!.solve(Matrix.columnVector(Array.from(residual))).to1DArray());
    },
    forget: () => {
      factor = null;
    },
  };
  return system;
}

/** x_i³ + 3 x_i + Σ_j c_ij x_j = 1 + i */
const n = 6;
const coupling = (i: number, j: number): number => Math.sin(1 + i + 2 * j) / 4;
const cubic = (x: Float64Array, i: number): number =>
  x.reduce((sum, value, j) => sum + coupling(i, j) * value, x[i] ** 3 + 3 * x[i] - 1 - i);
const cubicSlope = (x: Float64Array, i: number, j: number): number =>
  coupling(i, j) + (i === j ? 3 * x[i] ** 2 + 3 : 0);

describe("Newton's method with a kept factor", () => {
  it("converges quadratically when every factor is fresh", () => {
    const system = denseSystem(n, cubic, cubicSlope, { fresh: true });
    const x = new Float64Array(n).fill(2);
    const outcome = solveKept(system, x, { ...settings, depth: 0 }, newtonWorkspace(system, 0));
    expect(outcome).toMatchObject({ ok: true });
    const tail = system.sizes.filter((size) => size < 0.5 && size > 1e-13);
    expect(tail.length).toBeGreaterThanOrEqual(2);
    for (let k = 1; k < tail.length; k++) expect(Math.log(tail[k]) / Math.log(tail[k - 1])).toBeGreaterThan(1.7);
  });

  it("finds the same root with a factor from elsewhere, without a new one, and faster with acceleration", () => {
    const iterations = [0, 3].map((depth) => {
      const system = denseSystem(n, cubic, cubicSlope);
      system.factorAt(new Float64Array(n).fill(1));
      const x = new Float64Array(n).fill(0.7);
      const outcome = solveKept(
        system,
        x,
        { ...settings, slow: 1, maxIterations: 200, depth },
        newtonWorkspace(system, depth),
      );
      expect(outcome).toMatchObject({ ok: true, factorings: 0 });
      const fresh = denseSystem(n, cubic, cubicSlope, { fresh: true });
      const root = new Float64Array(n).fill(1);
      solveKept(fresh, root, settings, newtonWorkspace(fresh, 3));
      x.forEach((value, i) => {
        expect(Math.abs(value - root[i])).toBeLessThan(1e-11);
      });
      return outcome.iterations;
    });
    expect(iterations[1]).toBeLessThan(0.7 * iterations[0]);
  });

  it("renews a factor that points the wrong way", () => {
    const system = denseSystem(n, cubic, cubicSlope);
    system.factorAt(new Float64Array(n).fill(0.5));
    const kept = system.correct;
    let wrong = true;
    const astray: KeptOperator = {
      ...system,
      linearise: (x) => {
        wrong = false;
        return system.linearise(x);
      },
      correct: (residual, out) => {
        kept(residual, out);
        if (wrong) for (let i = 0; i < n; i++) out[i] = -3 * out[i];
      },
    };
    const x = new Float64Array(n).fill(1);
    const outcome = solveKept(astray, x, settings, newtonWorkspace(astray, 3));
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.factorings).toBeGreaterThan(0);
  });

  it("is one step in a linear problem with its own factor", () => {
    const system = denseSystem(
      2,
      (x, i) => 3 * x[i] + x[1 - i] - 1,
      (_, i, j) => (i === j ? 3 : 1),
    );
    const x = Float64Array.of(5, -7);
    expect(solveKept(system, x, settings, newtonWorkspace(system, 3))).toMatchObject({ ok: true, iterations: 1 });
  });

  it("shortens a fresh step that overshoots", () => {
    const system = denseSystem(
      1,
      (x) => Math.atan(4 * x[0]),
      (x) => 4 / (1 + 16 * x[0] ** 2),
      { fresh: true },
    );
    const x = Float64Array.of(2);
    expect(solveKept(system, x, { ...settings, depth: 0 }, newtonWorkspace(system, 0))).toMatchObject({ ok: true });
    expect(Math.abs(x[0])).toBeLessThan(1e-12);
  });

  it("lets remembered directions help where a fresh factor is slow, instead of renewing it at every iteration", () => {
    // A secant for a tangent, as at a softening interface: fresh or not, plain iterations shrink by 0.93 each.
    const system = denseSystem(n, cubic, (x, i, j) => cubicSlope(x, i, j) + (i === j ? 60 : 0));
    const x = new Float64Array(n).fill(0.7);
    const outcome = solveKept(
      system,
      x,
      { ...settings, slow: 0.6, maxIterations: 60, depth: 5 },
      newtonWorkspace(system, 5),
    );
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.factorings).toBeLessThan(10);
  });

  describe("where fluxes may take what their rows lack", () => {
    const kept = (taken: (residual: Float64Array) => void) => {
      const system = denseSystem(n, cubic, cubicSlope);
      system.factorAt(new Float64Array(n).fill(1));
      const settling: KeptOperator = {
        ...system,
        settle: (_, residual) => {
          taken(residual);
          return Math.hypot(...residual);
        },
      };
      const x = new Float64Array(n).fill(0.7);
      const own = { ...settings, slow: 1, laws: 1e-4, maxIterations: 200 };
      const outcome = solveKept(settling, x, own, newtonWorkspace(settling, 3));
      return { outcome, missed: Math.hypot(...x.map((_, i) => cubic(x, i))) };
    };

    it("ends once laws are met to the share allowed", () => {
      const { outcome, missed } = kept((residual) => residual.fill(0));
      expect(outcome).toMatchObject({ ok: true, residual: 0 });
      expect(missed).toBeLessThan(1e-4);
      expect(missed).toBeGreaterThan(1e-12);
    });

    it("meets the laws themselves where that leaves anything", () => {
      const { outcome, missed } = kept((residual) => residual.fill(0, 1));
      expect(outcome).toMatchObject({ ok: true });
      expect(missed).toBeLessThan(1e-12);
    });
  });

  it("drops a factor once it has cost more iterations than a new one would", () => {
    const system = denseSystem(n, cubic, cubicSlope, { renewalCost: 3 });
    system.factorAt(new Float64Array(n).fill(1));
    const work = newtonWorkspace(system, 0);
    solveKept(system, new Float64Array(n).fill(0.7), { ...settings, slow: 1, maxIterations: 200, depth: 0 }, work);
    expect(system.linearised()).toBe(false);
  });

  it.each([
    ["no root", (x: Float64Array) => x[0] ** 2 + 1, (x: Float64Array) => 2 * x[0], 0.3],
    ["a singular tangent", (x: Float64Array) => x[0] ** 2 - 1, () => 0, 0.5],
    ["a residual that is not a number", () => Number.NaN, () => 1, 0.5],
  ])("returns failure as a value, with its reason: %s", (_, equation, slope, start) => {
    const system = denseSystem(1, equation, slope);
    const outcome = solveKept(system, Float64Array.of(start), settings, newtonWorkspace(system, 3));
    expect(outcome.ok).toBe(false);
    expect(!outcome.ok && outcome.reason.length).toBeGreaterThan(5);
    expect(system.linearised()).toBe(false);
  });
});
