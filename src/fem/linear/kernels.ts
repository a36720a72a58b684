import { kernelBytes } from "./kernels.generated.js";

/** The compiled kernels over their own memory; addresses are bytes in `memory`. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** Returns -1, or the slot whose pivot is unusable. */
  factor(header: number): number;
  solve(header: number): void;
  product(rows: number, row: number, place: number, value: number, out: number): void;
}

const PAGE = 65536;

const compiled = new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0)));

/** An instance whose memory has at least `bytes`. Throws `RangeError` when that much cannot be had. */
export function kernels(bytes: number): Kernels {
  const found = new WebAssembly.Instance(compiled, {}).exports as unknown as Kernels;
  const missing = Math.ceil((bytes - found.memory.buffer.byteLength) / PAGE);
  if (missing > 0) found.memory.grow(missing);
  return found;
}
