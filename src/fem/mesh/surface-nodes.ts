import { cos, sin } from "../../elementary/elementary.js";
import { sections } from "../coordinates/coordinates.js";
import type { Geometry } from "./geometry.js";

/** Nodes on a full circle, a multiple of four: edges no longer than the interface size (same unit as the radius). */
export function surfaceNodesOf(radius: number, interfaceSize: number): number {
  return 4 * Math.ceil((2 * Math.PI * radius) / (4 * interfaceSize) - 1e-9);
}

/**
 * Unit vectors at n equal angles from 0, `[direction][2]`; n a multiple of 4.
 * Bitwise symmetric about both axes and the diagonals.
 */
export function directions(n: number): Float64Array {
  const out = new Float64Array(2 * n);
  const quarter = n / 4;
  for (let k = 0; k < quarter; k++) {
    const low = 2 * k <= quarter;
    const angle = (2 * Math.PI * (low ? k : quarter - k)) / n;
    const half = 2 * k === quarter;
    const a = half ? Math.SQRT1_2 : cos(angle);
    const b = half ? Math.SQRT1_2 : sin(angle);
    const x = low ? a : b;
    const y = low ? b : a;
    out.set([x, y], 2 * k);
    out.set([-y, x], 2 * (k + quarter));
    out.set([-x, -y], 2 * (k + 2 * quarter));
    out.set([y, -x], 2 * (k + 3 * quarter));
  }
  return out.map((v) => v + 0);
}

/** Which of the n nodes of a full circle lie on the body: all, or those from the lower pole (−n/4) to the upper one. */
export interface SurfaceRange {
  /** Place on the full circle of the first node. */
  readonly first: number;
  readonly nodes: number;
  readonly facets: number;
}

export function surfaceRange(kind: Geometry["kind"], n: number): SurfaceRange {
  if (!sections[kind].revolved) return { first: 0, nodes: n, facets: n };
  return { first: -n / 4, nodes: n / 2 + 1, facets: n / 2 };
}

/** Place k of the full circle in the numbering of a range. */
export function inRange(range: SurfaceRange, k: number, n: number): number {
  return (((k - range.first) % n) + n) % n;
}

/** Place k after mirroring in x, in y, or both. */
export function mirroredPlace(k: number, n: number, mirrorX: boolean, mirrorY: boolean): number {
  const swapped = mirrorX ? n / 2 - k : k;
  return (((mirrorY ? -swapped : swapped) % n) + n) % n;
}
