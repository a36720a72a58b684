import { freemem } from "node:os";

/** Bytes that this machine, or the container around it, has to give. */
export function machineMemory(): number {
  const within = process.constrainedMemory?.() ?? 0;
  return within > 0 ? Math.min(within, freemem()) : freemem();
}
