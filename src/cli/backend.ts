import type { Backend } from "../scenario/result/manifest.js";

export const backends = ["auto", "cpu", "webasm", "webgpu"] as const;
export type BackendRequest = (typeof backends)[number];

/** What computes the finite-element model: double-precision WebAssembly kernels with f64x2 SIMD. */
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
