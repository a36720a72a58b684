import { afterAll } from "vitest";
import { type KernelDevice, type KernelMode, kernelModes, openDevice } from "../../../src/kernel/device.js";

/** The devices of this machine; what is missing is told by its reason. */
export interface Found {
  readonly mode: KernelMode;
  readonly device: KernelDevice | null;
  readonly name: string;
}

/** Opens every mode of gpu.js; closes them after the tests of the file. */
export async function devices(): Promise<readonly Found[]> {
  const found = await Promise.all(kernelModes.map(opened));
  afterAll(async () => {
    for (const { device } of found) await device?.close();
  });
  return found;
}

async function opened(mode: KernelMode): Promise<Found> {
  try {
    return { mode, device: await openDevice(mode), name: mode };
  } catch (error) {
    return { mode, device: null, name: `${mode} (${(error as Error).message})` };
  }
}

/** Largest error over the largest exact value. */
export function relativeError(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  let [error, size] = [0, 0];
  for (let i = 0; i < exact.length; i++) {
    error = Math.max(error, Number.isFinite(found[i]) ? Math.abs(found[i] - exact[i]) : Number.POSITIVE_INFINITY);
    size = Math.max(size, Math.abs(exact[i]));
  }
  return error === 0 ? 0 : error / size;
}

/** Largest error over the exact value at the same place. */
export function pointwiseError(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  let error = 0;
  for (let i = 0; i < exact.length; i++) {
    const off = Math.abs(found[i] - exact[i]);
    error = Math.max(error, off === 0 ? 0 : Number.isFinite(off) ? off / Math.abs(exact[i]) : Number.POSITIVE_INFINITY);
  }
  return error;
}
