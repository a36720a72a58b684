import type { GPU as Gpu, IKernelFunctionThis } from "gpu.js";
import { optionalPackage } from "../../kernel/optional-package.js";
import { giveWebGpu } from "../../kernel/web-gpu.js";
import type { Probe } from "./probe.js";

const size = 64;

/** The backends of gpu.js: each multiplies two matrices in single precision, compared with double precision. */
export const gpuKernels: readonly Probe[] = [
  { name: "gpu.js cpu", run: () => multiplication("cpu") },
  { name: "gpu.js webasm", run: () => multiplication("webasm") },
  { name: "gpu.js webgpu", run: async () => `${await giveWebGpu()}; ${await multiplication("webgpu")}` },
];

async function multiplication(mode: "cpu" | "webasm" | "webgpu"): Promise<string> {
  const module = (await optionalPackage(["gpu.js"], () => import("gpu.js"))) as unknown as {
    default?: { GPU: typeof Gpu };
    GPU?: typeof Gpu;
  };
  const Constructor = (module.GPU ?? module.default?.GPU)!;
  const gpu = new Constructor({ mode: mode as "cpu" });
  try {
    const kernel = gpu
      .createKernel(function (this: IKernelFunctionThis, a: number[][], b: number[][]) {
        let sum = 0;
        for (let k = 0; k < 64; k++) sum += a[this.thread.y][k] * b[k][this.thread.x];
        return sum;
      })
      .setOutput([size, size]);
    const [a, b] = [matrix(1), matrix(2)];
    const found = (await kernel(a, b)) as unknown as ArrayLike<ArrayLike<number>>;
    const ran = (kernel as unknown as { kernel?: { constructor?: { mode?: string } } }).kernel?.constructor?.mode;
    const error = largestError(a, b, found);
    if (!(error < 1e-4)) throw new Error(`a product of ${size} × ${size} matrices is off by ${error}`);
    return `${size} × ${size} product within ${error.toExponential(1)} of double precision${ran ? `, ran as ${ran}` : ""}`;
  } finally {
    await gpu.destroy();
  }
}

function matrix(seed: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => Math.sin(seed * (i * size + j + 1))),
  );
}

function largestError(a: number[][], b: number[][], found: ArrayLike<ArrayLike<number>>): number {
  let most = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let exact = 0;
      for (let k = 0; k < size; k++) exact += a[i][k] * b[k][j];
      const off = Math.abs(found[i][j] - exact);
      most = Math.max(off, most);
    }
  }
  return most;
}
