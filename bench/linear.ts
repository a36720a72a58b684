/** Times the sparse direct solver on triangulated squares: `npx tsx bench/linear.ts [repeats]`. */
import { multiply } from "../src/fem/linear/csr.js";
import { directSolver, type FactorKind } from "../src/fem/linear/direct.js";
import { elasticityMatrix, laplaceMatrix, type ModelMatrix } from "../test/linear/model-matrices.js";

const repeats = Number(process.argv[2] ?? 40);

interface Case {
  readonly name: string;
  readonly kind: FactorKind;
  readonly matrix: ModelMatrix;
}

const cases: readonly Case[] = [
  { name: "Laplace 77 × 77, LU", kind: "lu", matrix: laplaceMatrix(77, 0.3) },
  { name: "elasticity 77 × 77, LDLᵀ", kind: "ldlt", matrix: elasticityMatrix(77, 0.3) },
  { name: "Poisson 300 × 300, LDLᵀ", kind: "ldlt", matrix: laplaceMatrix(300, 0) },
  { name: "elasticity 220 × 220, LDLᵀ", kind: "ldlt", matrix: elasticityMatrix(220, 0.3) },
];

function median(run: () => void, times: number): number {
  const taken = Float64Array.from({ length: times }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort();
  return taken[times >> 1];
}

function residual({ pattern }: ModelMatrix, x: Float64Array, rhs: Float64Array): number {
  const left = rhs.slice();
  multiply(pattern, x, left, -1);
  return Math.hypot(...left.subarray(0, 50_000)) / Math.hypot(...rhs.subarray(0, 50_000));
}

for (const { name, kind, matrix } of cases) {
  const { pattern, points } = matrix;
  const start = performance.now();
  const solver = directSolver(pattern, { kind, points });
  const analysis = performance.now() - start;
  const rhs = Float64Array.from({ length: pattern.rows }, (_, i) => Math.sin(i));
  const x = new Float64Array(pattern.rows);
  const few = pattern.rows > 20_000 ? Math.ceil(repeats / 8) : repeats;
  const factor = median(() => solver.factor(pattern.value), few);
  const solve = median(() => solver.solve(rhs, x), 10 * few);
  process.stdout.write(
    `${name}: ${pattern.rows} unknowns, ${(solver.factorEntries / 1e3).toFixed(0)}k entries, ` +
      `${(solver.flops / 1e6).toFixed(1)} M operations, analysis ${analysis.toFixed(0)} ms, ` +
      `factor ${factor.toFixed(2)} ms (${(solver.flops / factor / 5e5).toFixed(2)} GFLOP/s), ` +
      `solve ${solve.toFixed(3)} ms, residual ${residual(matrix, x, rhs).toExponential(1)}\n`,
  );
}
