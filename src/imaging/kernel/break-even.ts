import type { KernelMode } from "../../kernel/device.js";

/**
 * Voxels from which on gpu.js computes distances in less time than the loops: nowhere on a processor, since it looks along
 * whole lines where a loop sweeps them once (`bench/imaging-kernels.ts`; bench/README.md, "Imaging"). A graphics card has
 * not been measured: until it is, it is taken when it is asked for.
 */
export const imagingBreakEven: Readonly<Record<KernelMode, number>> = {
  cpu: Number.POSITIVE_INFINITY,
  webasm: Number.POSITIVE_INFINITY,
  webgpu: Number.POSITIVE_INFINITY,
};
