import type { Verdict } from "./validation-case.js";

/** |value| ≤ limit. */
export function atMost(name: string, value: number, limit: number, details?: string): Verdict {
  const band = `≤ ${limit}`;
  return { name, value, band, holds: Math.abs(value) <= limit, ...(details !== undefined && { details }) };
}

/** from ≤ value ≤ to */
export function between(name: string, value: number, from: number, to: number): Verdict {
  return { name, value, band: `${from} … ${to}`, holds: value >= from && value <= to };
}

/** Order of convergence seen from a mesh to one with edges `ratio` times shorter. */
export function observedOrder(coarse: number, fine: number, ratio = 2): number {
  return Math.log(Math.abs(coarse / fine)) / Math.log(ratio);
}
