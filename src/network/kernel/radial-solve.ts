import type { IKernelFunctionThis } from "gpu.js";
import type { Tridiagonals } from "../../fem/linear/tridiagonal.js";
import type { DeviceArray, DeviceKernel, KernelDevice } from "../../kernel/device.js";

/**
 * The radial systems of all particles and both modes at once. A kernel of gpu.js gives one number a thread and keeps no
 * arrays, so that one thread cannot sweep along a radius and leave its answers behind. Each thread therefore gives one node
 * of one particle, by the factorisation twisted at that node: eliminating from the centre up to it and from the surface
 * down to it,
 *   l ← m_j (b_j − l), j = 0 … i − 1,   r ← w_j (b_j − r), j = n − 1 … i + 1,   s_i = (b_i − l − r)/γ_i,
 *   m_j = e_j/p_j,  w_j = e_{j−1}/q_j,  γ_i = d_i − e_{i−1} m_{i−1} − e_i w_{i+1},
 * with d, e the diagonal and the off-diagonal and p, q the pivots from the centre and from the surface. That is n
 * multiplications a node where a sweep takes three: what a graphics card has to spare and a processor has not.
 *
 * Source of the factorisation: Parlett & Dhillon, Linear Algebra Appl. 267 (1997) 247–279.
 */
export interface RadialShape {
  readonly nodes: number;
  readonly particles: number;
  readonly modes: number;
}

/** [mode][node][particle] m, w and 1/γ. */
export interface TwistedFactors {
  readonly outward: Float32Array;
  readonly inward: Float32Array;
  readonly inverse: Float32Array;
}

export interface RadialSolve {
  /** Take new factors. */
  take(factors: TwistedFactors): Promise<void>;
  /** `rhs` and `out` are [mode][node][particle]; they may be the same. */
  solve(rhs: Float32Array, out: Float32Array): Promise<void>;
  readonly ran: DeviceKernel["ran"];
}

export function twistedFactors({ nodes, particles, modes }: RadialShape): TwistedFactors {
  const column = (): Float32Array => new Float32Array(modes * nodes * particles);
  return { outward: column(), inward: column(), inverse: column() };
}

/** Factors a mode's matrices, in double, into its share of `out`. */
export function factorTwisted(
  { nodes, particles: n }: RadialShape,
  mode: number,
  { diagonal, next }: Tridiagonals,
  out: TwistedFactors,
): void {
  const first = mode * nodes * n;
  const pivot = new Float64Array(nodes);
  for (let k = 0; k < n; k++) {
    for (let j = 0, m = 0; j < nodes; j++) {
      const at = j * n + k;
      pivot[j] = diagonal[at] - (j === 0 ? 0 : m * next[at - n]);
      m = j + 1 < nodes ? next[at] / pivot[j] : 0;
      out.outward[first + at] = m;
    }
    for (let j = nodes - 1, w = 0; j >= 0; j--) {
      const at = j * n + k;
      const beyond = j + 1 < nodes ? w * next[at] : 0;
      out.inverse[first + at] = 1 / (pivot[j] - beyond);
      w = j === 0 ? 0 : next[at - n] / (diagonal[at] - beyond);
      out.inward[first + at] = w;
    }
  }
}

/** @throws RangeError where an index would not survive single precision. */
export function radialSolve(device: KernelDevice, { nodes, particles, modes }: RadialShape): RadialSolve {
  if (particles > 2 ** 24)
    throw new RangeError(`radial kernel: found ${particles} particles; gpu.js counts to 2^24. Solve fewer at once.`);
  const size = [particles, nodes, modes];
  const kernel = device.kernel(solveNode, { output: size, constants: { last: nodes - 1 }, longestLoop: nodes });
  let held: DeviceArray[] = [];
  return {
    ran: kernel.ran,
    take: async ({ outward, inward, inverse }) => {
      for (const array of held) device.release(array);
      held = await Promise.all([outward, inward, inverse].map((values) => device.hold(values, size)));
    },
    solve: (rhs, out) => kernel.run([device.array(rhs, size), ...held], out),
  };
}

function solveNode(
  this: IKernelFunctionThis<{ last: number }>,
  rhs: number[][][],
  outward: number[][][],
  inward: number[][][],
  inverse: number[][][],
): number {
  const i = this.thread.y;
  let left = 0;
  let right = 0;
  for (let j = 0; j < i; j += 1) {
    left = outward[this.thread.z][j][this.thread.x] * (rhs[this.thread.z][j][this.thread.x] - left);
  }
  for (let j = this.constants.last; j > i; j -= 1) {
    right = inward[this.thread.z][j][this.thread.x] * (rhs[this.thread.z][j][this.thread.x] - right);
  }
  return inverse[this.thread.z][i][this.thread.x] * (rhs[this.thread.z][i][this.thread.x] - left - right);
}
