import { lognormalRadiiOf, takeRadii } from "../src/network/packing/radius-distribution.js";
import { packAtRandom } from "../src/network/packing/random-packing.js";
import { scattered } from "../src/network/packing/start.js";
import type { Packing } from "../src/space/packing.js";
import type { Changes } from "./simulated-run.js";

/** Disks between side walls that both models know. */
export interface Disks {
  readonly packing: Packing;
  /** The `geometry` of a scenario file. */
  readonly geometry: Changes;
}

export interface Disk {
  /** m */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A length of a scenario file. */
export const um = (length: number): string => `${length * 1e6} um`;

export function disksAt(places: readonly Disk[], [width, height]: readonly [number, number]): Disks {
  return {
    packing: {
      dimension: 2,
      box: [width, height, 0],
      periodic: false,
      centre: Float64Array.from(places.flatMap(({ x, y }) => [x, y, 0])),
      radius: Float64Array.from(places, ({ radius }) => radius),
    },
    geometry: {
      kind: "plane",
      stressState: "plane-strain",
      box: { width: um(width), height: um(height) },
      particles: places.map(({ x, y, radius }) => ({ x: um(x), y: um(y), radius: um(radius) })),
      collector: "bottom",
      separator: "top",
      mechanics: { bottom: "roller", right: "roller", top: "free", left: "roller" },
    },
  };
}

export interface RandomDisks {
  readonly particles: number;
  readonly solidFraction: number;
  /** m */
  readonly clearance: number;
  readonly deviation: number;
  readonly seed: number;
}

/** Lognormal disks of 5 µm packed at random between walls. Throws when they cannot be packed. */
export function disksAtRandom({ particles, solidFraction, clearance, deviation, seed }: RandomDisks): Disks {
  const packed = packAtRandom({
    dimension: 2,
    solidFraction,
    radius: takeRadii(lognormalRadiiOf(5e-6, deviation), particles, seed),
    periodic: false,
    seed,
    start: scattered,
    aspect: [1.5, 1],
    clearance,
  });
  if (!packed.ok) throw new Error(packed.reason);
  const { centre, radius, box } = packed.packing;
  const places = Array.from(radius, (r, k) => ({ x: centre[3 * k], y: centre[3 * k + 1], radius: r }));
  return disksAt(places, [box[0], box[1]]);
}
