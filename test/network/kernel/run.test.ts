import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Frame } from "../../../src/fem/model/frame.js";
import { kernelModes } from "../../../src/kernel/device.js";
import { surfaceOf } from "../../../src/network/graph/conduction-graph.js";
import { type RadialKernels, radialKernels } from "../../../src/network/kernel/radial-kernels.js";
import type { ModeSolving } from "../../../src/network/model/mode-solver.js";
import type { NetworkSpec } from "../../../src/network/model/network.js";
import { framesOf, networkSpec, rowOf } from "../network-spec.js";
import { relativeError } from "./device.js";

function frames(changes: Partial<NetworkSpec>): Frame[] {
  const packing = rowOf(3, [0.9, 0.7, 0.5, 0.3, 0.1]);
  const area = packing.radius.reduce((sum, r) => sum + surfaceOf(3, r), 0);
  const steps = [
    { verb: "charge" as const, control: { current: 9 * area }, until: { time: 200 } },
    { verb: "discharge" as const, control: { current: -3 * area }, until: { time: 200 } },
    { verb: "rest" as const, control: { current: 0 }, until: { time: 50 } },
  ];
  return framesOf(networkSpec(packing, { protocol: { repeat: 2, steps }, currentScale: 9 * area, ...changes }));
}

/** Opened here so that a mode this machine lacks is skipped by the name of what is missing. */
function opened(mode: (typeof kernelModes)[number]): { name: string; kernels: RadialKernels | null } {
  try {
    return { name: mode, kernels: radialKernels(mode) };
  } catch (error) {
    return { name: `${mode} (${(error as Error).message})`, kernels: null };
  }
}

describe.each(kernelModes.map(opened))("a network with its radial systems on $name", ({ name, kernels }) => {
  const here = kernels === null ? it.skip : it;
  let plain: Frame[];
  beforeAll(() => {
    plain = frames({});
  });
  afterAll(() => kernels?.close());

  here("meets the balances and repeats the run in double precision", () => {
    expect(kernels!.ran).toEqual({ mode: name });
    const counted = counting(kernels!.solving);
    const own = frames({ modeSolving: counted.solving });
    expect(counted.solves()).toBeGreaterThan(2 * own.length);
    expect(own.length).toBe(plain.length);
    own.forEach(({ time, voltage, balances, particles }, at) => {
      expect(balances.lithium).toBeLessThan(1e-10);
      expect(balances.charge).toBeLessThan(1e-10);
      expect(balances.momentum).toBeLessThan(1e-10);
      const exact = plain[at];
      expect(Math.abs(time - exact.time)).toBeLessThanOrEqual(1e-8 * exact.time);
      // Each step meets the law to 1e-9 of a particle's current, either way; what that leaves adds up over the steps.
      expect(Math.abs(voltage / exact.voltage - 1)).toBeLessThan(1e-8);
      for (const column of ["meanStoichiometry", "surfaceStoichiometry", "damage"] as const)
        expect(relativeError(particles[column], exact.particles[column])).toBeLessThan(1e-9 * own.length);
    });
  });
});

/** The same solving, and how often it was asked. */
function counting(solving: ModeSolving): { readonly solving: ModeSolving; readonly solves: () => number } {
  let solves = 0;
  return {
    solves: () => solves,
    solving: (modes) => {
      const { take, solve } = solving(modes);
      return {
        take,
        solve: (rhs, out) => {
          solves++;
          solve(rhs, out);
        },
      };
    },
  };
}
