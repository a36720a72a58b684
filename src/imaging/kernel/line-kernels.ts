import type { IKernelFunctionThis } from "gpu.js";
import type { DeviceKernel, KernelDevice } from "../../kernel/device.js";
import type { Shape } from "../volume/volume.js";

/**
 * What gpu.js does with the lines of a block of voxels `[z][y][x]`, a thread a voxel: it gives one number and keeps no
 * arrays, so that each looks at its whole line where a loop sweeps it once. All in single precision.
 */
export interface LineKernels {
  /** min over v of value(v) + ratio·(q − v)² along an axis (0 z, 1 y, 2 x), in place. */
  least(data: Float32Array, shape: Shape, axis: 0 | 1 | 2, ratio: number): Promise<void>;
  /** Σ weight(|d|)·value(q + d) along an axis, the picture mirrored at its faces, in place. */
  weighted(data: Float32Array, shape: Shape, axis: 0 | 1 | 2, weight: Float32Array): Promise<void>;
  /** What computed the latest run, as gpu.js says. */
  ran(): ReturnType<DeviceKernel["ran"]> | null;
}

/** Kernels by what they do, axis and shape: gpu.js compiles each once. */
export function lineKernels(device: KernelDevice): LineKernels {
  const made = new Map<string, DeviceKernel>();
  let latest: DeviceKernel | null = null;
  const kernelFor = (name: "least" | "weighted", { shape, axis, reach }: Lines): DeviceKernel => {
    const key = [name, axis, reach, ...shape].join(" ");
    const source = sources[name][axis];
    const kernel =
      made.get(key) ??
      device.kernel(source, {
        output: [shape[2], shape[1], shape[0]],
        constants: { count: shape[axis], reach },
        longestLoop: Math.max(shape[axis], reach + 1),
      });
    made.set(key, kernel);
    latest = kernel;
    return kernel;
  };
  const given = (data: Float32Array, [nz, ny, nx]: Shape) => device.array(data, [nx, ny, nz]);
  return {
    least: (data, shape, axis, ratio) => {
      checkCount(shape);
      return kernelFor("least", { shape, axis, reach: 0 }).run([given(data, shape), ratio], data);
    },
    weighted: (data, shape, axis, weight) => {
      checkCount(shape);
      const kernel = kernelFor("weighted", { shape, axis, reach: weight.length - 1 });
      return kernel.run([given(data, shape), device.array(weight, [weight.length])], data);
    },
    ran: () => latest?.ran() ?? null,
  };
}

interface Lines {
  readonly shape: Shape;
  readonly axis: 0 | 1 | 2;
  /** Voxels on either side that a weight reaches. */
  readonly reach: number;
}

/** @throws RangeError where squares of steps cannot be told apart in single precision */
function checkCount(shape: Shape): void {
  if (shape.every((edge) => edge < 4096)) return;
  throw new RangeError(
    `Kernels on lines: found ${shape.join(" × ")} voxels; edges below 4,096 are exact in single precision. Use --backend cpu without kernels, or crop.`,
  );
}

type Line = IKernelFunctionThis<{ count: number; reach: number }>;

function leastZ(this: Line, value: number[][][], ratio: number): number {
  let least = value[0][this.thread.y][this.thread.x] + ratio * this.thread.z * this.thread.z;
  for (let v = 1; v < this.constants.count; v += 1) {
    const far = this.thread.z - v;
    least = Math.min(least, value[v][this.thread.y][this.thread.x] + ratio * far * far);
  }
  return least;
}

function leastY(this: Line, value: number[][][], ratio: number): number {
  let least = value[this.thread.z][0][this.thread.x] + ratio * this.thread.y * this.thread.y;
  for (let v = 1; v < this.constants.count; v += 1) {
    const far = this.thread.y - v;
    least = Math.min(least, value[this.thread.z][v][this.thread.x] + ratio * far * far);
  }
  return least;
}

function leastX(this: Line, value: number[][][], ratio: number): number {
  let least = value[this.thread.z][this.thread.y][0] + ratio * this.thread.x * this.thread.x;
  for (let v = 1; v < this.constants.count; v += 1) {
    const far = this.thread.x - v;
    least = Math.min(least, value[this.thread.z][this.thread.y][v] + ratio * far * far);
  }
  return least;
}

function weightedZ(this: Line, value: number[][][], weight: number[]): number {
  let sum = weight[0] * value[this.thread.z][this.thread.y][this.thread.x];
  for (let d = 1; d <= this.constants.reach; d += 1) {
    let low = this.thread.z - d;
    let high = this.thread.z + d;
    if (low < 0) low = -1 - low;
    if (high >= this.constants.count) high = 2 * this.constants.count - 1 - high;
    sum += weight[d] * (value[low][this.thread.y][this.thread.x] + value[high][this.thread.y][this.thread.x]);
  }
  return sum;
}

function weightedY(this: Line, value: number[][][], weight: number[]): number {
  let sum = weight[0] * value[this.thread.z][this.thread.y][this.thread.x];
  for (let d = 1; d <= this.constants.reach; d += 1) {
    let low = this.thread.y - d;
    let high = this.thread.y + d;
    if (low < 0) low = -1 - low;
    if (high >= this.constants.count) high = 2 * this.constants.count - 1 - high;
    sum += weight[d] * (value[this.thread.z][low][this.thread.x] + value[this.thread.z][high][this.thread.x]);
  }
  return sum;
}

function weightedX(this: Line, value: number[][][], weight: number[]): number {
  let sum = weight[0] * value[this.thread.z][this.thread.y][this.thread.x];
  for (let d = 1; d <= this.constants.reach; d += 1) {
    let low = this.thread.x - d;
    let high = this.thread.x + d;
    if (low < 0) low = -1 - low;
    if (high >= this.constants.count) high = 2 * this.constants.count - 1 - high;
    sum += weight[d] * (value[this.thread.z][this.thread.y][low] + value[this.thread.z][this.thread.y][high]);
  }
  return sum;
}

const sources = {
  least: [leastZ, leastY, leastX],
  weighted: [weightedZ, weightedY, weightedX],
} as const;
