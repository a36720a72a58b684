import type { KernelMode } from "../../kernel/device.js";
import type { RadialShape, TwistedFactors } from "./radial-solve.js";

/** What the thread of gpu.js is asked to do. */
export type RadialTask =
  | { readonly kind: "open"; readonly mode: KernelMode }
  | { readonly kind: "shape"; readonly shape: RadialShape; readonly shared: Shared }
  | { readonly kind: "take" | "solve" | "close" };

/** Arrays both threads see: factors, and right-hand sides that become solutions, [mode][node][particle]. */
export interface Shared extends TwistedFactors {
  readonly values: Float32Array;
}
