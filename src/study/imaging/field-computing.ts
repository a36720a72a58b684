import { imagingBreakEven } from "../../imaging/kernel/break-even.js";
import { kernelWork } from "../../imaging/kernel/kernel-work.js";
import { type LineKernels, lineKernels } from "../../imaging/kernel/line-kernels.js";
import { type FieldWork, loops } from "../../imaging/morphology/field-work.js";
import { type KernelDevice, type KernelMode, openDevice } from "../../kernel/device.js";
import { payingMode } from "../../network/kernel/break-even.js";
import type { Backend } from "../../result/manifest.js";
import type { BackendRequest } from "../backend.js";

/** How distances are computed, and what really ran. */
export interface FieldComputing {
  readonly work: FieldWork;
  /** After the work: what gpu.js says that it ran. */
  backend(): Backend;
  close(): Promise<void>;
}

const byLoops = (requested: BackendRequest, reason?: string): FieldComputing => ({
  work: loops,
  backend: () => ({ requested, ran: "loops", ...(reason === undefined ? {} : { reason }) }),
  close: async () => {},
});

/** Answers a request for a backend for so many voxels; a mode that does not open leaves the loops, with the reason. */
export async function openFields(requested: BackendRequest, voxels: number): Promise<FieldComputing> {
  const mode = requested === "auto" ? payingMode(voxels, imagingBreakEven) : requested;
  if (mode === null) return byLoops(requested);
  try {
    const device = await openDevice(mode);
    return onDevice(requested, mode, device, lineKernels(device));
  } catch (error) {
    return byLoops(requested, `gpu.js on ${mode} was asked for: ${(error as Error).message}`);
  }
}

function onDevice(
  requested: BackendRequest,
  mode: KernelMode,
  device: KernelDevice,
  kernels: LineKernels,
): FieldComputing {
  return {
    work: kernelWork(kernels),
    backend: () => {
      const ran = kernels.ran();
      const reason = ran?.reason === undefined ? {} : { reason: `${mode} was asked for: ${ran.reason}` };
      return { requested, ran: `gpu.js ${ran?.mode ?? mode}`, ...reason };
    },
    close: () => device.close(),
  };
}
