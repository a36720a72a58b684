import { type Csr, multiply } from "../../fem/linear/csr.js";
import type { Probe } from "./probe.js";

const side = 24;

/** The solver's f64x2 kernels: factors and solves a Laplacian with a known solution. */
export const solverKernels: Probe = {
  name: "webasm (solver kernels, f64x2)",
  async run() {
    const { directSolver } = await import("../../fem/linear/direct.js");
    const { matrix, points } = laplacian();
    const solver = directSolver(matrix, { kind: "ldlt", points });
    const outcome = solver.factor(matrix.value);
    if (!outcome.ok) throw new Error(`the factorisation stopped at unknown ${outcome.unknown}: ${outcome.reason}`);
    const exact = Float64Array.from({ length: solver.unknowns }, (_, k) => Math.sin(k + 1));
    const found = new Float64Array(solver.unknowns);
    multiply(matrix, exact, found);
    solver.solve(found, found);
    const error = found.reduce((most, x, k) => Math.max(most, Math.abs(x - exact[k])), 0);
    if (!(error < 1e-10))
      throw new Error(`a Laplacian with ${exact.length} unknowns is solved with an error of ${error}`);
    return `Laplacian with ${exact.length} unknowns solved, largest error ${error.toExponential(1)}`;
  },
};

/** Five-point Laplacian on a square grid. */
function laplacian(): { matrix: Csr; points: Float64Array } {
  const count = side * side;
  const rowStart = new Int32Array(count + 1);
  const columns: number[] = [];
  const values: number[] = [];
  const points = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const [i, j] = [k % side, Math.floor(k / side)];
    points.set([i, j], 2 * k);
    const near = [
      j > 0 ? k - side : -1,
      i > 0 ? k - 1 : -1,
      k,
      i < side - 1 ? k + 1 : -1,
      j < side - 1 ? k + side : -1,
    ];
    for (const other of near) {
      if (other < 0) continue;
      columns.push(other);
      values.push(other === k ? 4.5 : -1);
    }
    rowStart[k + 1] = columns.length;
  }
  const [column, value] = [Int32Array.from(columns), Float64Array.from(values)];
  return { matrix: { rows: count, columns: count, rowStart, column, value }, points };
}
