import type { IKernelFunctionThis } from "gpu.js";
import type { DeviceArray, DeviceKernel, KernelDevice } from "../../kernel/device.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";

/**
 * The product of a conduction graph's Laplacian, one thread a node, from rows of equal length (ELL), [entry][node]:
 *   (L φ)_i = Σ_e g_ei (φ_i − φ_c(e,i)).
 * Differences are taken before they are weighed, so that a common level costs no digits. The collector touches so many
 * particles that its row would be everyone's length: it takes what the others lose, Σ L φ = 0, in double.
 */
export interface GraphRows {
  readonly nodes: number;
  readonly collector: number;
  /** Entries of a row. */
  readonly width: number;
  /** [entry][node] the node itself where a row has fewer. */
  readonly neighbour: Float32Array;
  /** S, [entry][node] */
  readonly conductance: Float32Array;
}

export interface GraphProduct {
  /** V and A, [node] */
  multiply(potential: Float32Array, out: Float64Array): Promise<void>;
  readonly ran: DeviceKernel["ran"];
}

/** @throws RangeError when nodes cannot be told apart in single precision. */
export function graphRows({ nodes, collector, from, to, conductance }: ConductionGraph): GraphRows {
  if (nodes > 2 ** 24)
    throw new RangeError(`graph kernel: found ${nodes} nodes; gpu.js counts to 2^24. Multiply a smaller graph.`);
  const length = new Int32Array(nodes);
  const ends = [from, to] as const;
  for (const end of ends) for (let e = 0; e < end.length; e++) length[end[e]]++;
  length[collector] = 0;
  const width = length.reduce((most, one) => Math.max(most, one), 1);
  const neighbour = Float32Array.from({ length: width * nodes }, (_, at) => at % nodes);
  const weight = new Float32Array(width * nodes);
  length.fill(0);
  for (const [near, far] of [ends, [to, from] as const]) {
    for (let e = 0; e < near.length; e++) {
      const node = near[e];
      if (node === collector) continue;
      const at = length[node]++ * nodes + node;
      neighbour[at] = far[e];
      weight[at] = conductance[e];
    }
  }
  return { nodes, collector, width, neighbour, conductance: weight };
}

export async function graphProduct(device: KernelDevice, rows: GraphRows): Promise<GraphProduct> {
  const { nodes, width, collector } = rows;
  const kernel = device.kernel(netCurrent, { output: [nodes], constants: { width }, longestLoop: width });
  const held: DeviceArray[] = [
    await device.hold(rows.neighbour, [nodes, width]),
    await device.hold(rows.conductance, [nodes, width]),
  ];
  return {
    ran: kernel.ran,
    multiply: async (potential, out) => {
      await kernel.run([device.array(potential, [nodes]), ...held], out);
      let taken = 0;
      for (let i = 0; i < nodes; i++) taken += i === collector ? 0 : out[i];
      out[collector] = -taken;
    },
  };
}

function netCurrent(
  this: IKernelFunctionThis<{ width: number }>,
  potential: number[],
  neighbour: number[][],
  conductance: number[][],
): number {
  const own = potential[this.thread.x];
  let sum = 0;
  for (let e = 0; e < this.constants.width; e += 1) {
    sum += conductance[e][this.thread.x] * (own - potential[neighbour[e][this.thread.x]]);
  }
  return sum;
}
