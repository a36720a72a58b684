import { type KernelMode, kernelModes } from "../../kernel/device.js";

/**
 * Particles from which on gpu.js solves the radial systems in less time than loops in double precision: nowhere up to 10⁶ on
 * a processor (`bench/kernels.ts`; bench/README.md, "Kernels of gpu.js"). A graphics card has not been measured: until it
 * is, it is taken when it is asked for.
 */
export const breakEven: Readonly<Record<KernelMode, number>> = {
  cpu: Number.POSITIVE_INFINITY,
  webasm: Number.POSITIVE_INFINITY,
  webgpu: Number.POSITIVE_INFINITY,
};

/** The mode of gpu.js that pays for so many particles, the one that pays earliest; null where loops are faster. */
export function payingMode(
  particles: number,
  from: Readonly<Record<KernelMode, number>> = breakEven,
): KernelMode | null {
  const paying = kernelModes.filter((mode) => particles >= from[mode]);
  return paying.length === 0 ? null : paying.reduce((best, mode) => (from[mode] < from[best] ? mode : best));
}
