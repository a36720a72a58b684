import type { KernelMode } from "../kernel/device.js";
import { payingMode } from "../network/kernel/break-even.js";
import { radialKernels } from "../network/kernel/radial-kernels.js";
import type { ModeSolving } from "../network/model/mode-solver.js";
import type { Backend } from "../result/manifest.js";
import type { Scenario } from "../scenario/scenario.js";

export const backends = ["auto", "cpu", "webasm", "webgpu"] as const;
export type BackendRequest = (typeof backends)[number];

/** What computes unless gpu.js is asked to: our own kernels and loops in double precision, WebAssembly with f64x2 SIMD. */
const solver = "webasm";

const reasons: Readonly<Record<BackendRequest, string | undefined>> = {
  auto: undefined,
  webasm: undefined,
  cpu: "the sparse solver has its double-precision kernels in WebAssembly only",
  webgpu: "WebGPU has no double precision, which the sparse solver needs",
};

/** Answers a request for a backend with what will really run, and why it is another. */
export function chooseBackend(requested: BackendRequest): Backend {
  const reason = reasons[requested];
  return {
    requested,
    ran: solver,
    ...(reason === undefined ? {} : { reason: `${requested} was asked for: ${reason}` }),
  };
}

/** What a run computes with. */
export interface Computing {
  readonly backend: Backend;
  /** Of a network whose radial systems gpu.js solves. */
  readonly modeSolving?: ModeSolving;
  close(): void;
}

/** Answers a request for a backend for one scenario, and opens what will run. */
export function openBackend(requested: BackendRequest, { network }: Pick<Scenario, "network">): Computing {
  if (network === null) return { backend: chooseBackend(requested), close: () => {} };
  const mode = requested === "auto" ? payingMode(network.packing.radius.length) : requested;
  return mode === null ? { backend: { requested, ran: solver }, close: () => {} } : onKernels(requested, mode);
}

function onKernels(requested: BackendRequest, mode: KernelMode): Computing {
  try {
    const { ran, solving, close } = radialKernels(mode);
    const reason = ran.reason === undefined ? {} : { reason: `${mode} was asked for: ${ran.reason}` };
    return { backend: { requested, ran: `gpu.js ${ran.mode}`, ...reason }, modeSolving: solving, close };
  } catch (error) {
    const reason = `gpu.js on ${mode} was asked for: ${(error as Error).message}`;
    return { backend: { requested, ran: solver, reason }, close: () => {} };
  }
}
