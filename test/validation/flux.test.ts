import { describe, expect, it } from "vitest";
import { constantFluxError, fluxOrders } from "../../validation/constant-flux.js";
import { references, sphereErrors } from "../../validation/single-particle.js";

const time = { step: 2e-3, tolerance: 1e-5 };
/** The meshes of the shipped scenarios. */
const shipped = {
  plane: { interfaceSize: 0.2e-6, growth: 0.2, largestSize: 0.8e-6, ...time },
  axisymmetric: { interfaceSize: 0.158e-6, growth: 0.2, largestSize: 0.64e-6, ...time },
};

describe.each(["plane", "axisymmetric"] as const)("constant flux, %s", (kind) => {
  it("follows Crank at the surface and in the centre on the shipped mesh", () => {
    const error = constantFluxError({ kind, order: 1, ...shipped[kind] });
    expect(error.surface).toBeLessThan(1e-3);
    expect(error.centre).toBeLessThan(1e-3);
  });

  it("follows it closer on cells of second order", () => {
    const fine = constantFluxError({ kind, order: 2, ...shipped[kind], interfaceSize: 0.25e-6, times: [0.1] });
    expect(fine.surface).toBeLessThan(1e-4);
    expect(fine.centre).toBeLessThan(1e-3);
  });

  it("converges with the square of the edges", () => {
    for (const order of fluxOrders(kind, 1, 1e-6, time).orders) expect(Math.abs(order - 2)).toBeLessThan(0.25);
  });
});

describe("one fully covered sphere", () => {
  it.each(references)("has the voltage of the closed form: $name", (reference) => {
    const found = sphereErrors(reference, { order: 1, interfaceSize: 0.25e-6, growth: 0.25, step: 5, tolerance: 1e-3 });
    expect(found.voltage).toBeLessThan(1e-3);
    expect(found.surface).toBeLessThan(1e-3);
    expect(found.mean).toBeLessThan(1e-3);
  });

  it("has it to 0.05 mV when refined", () => {
    const refined = { order: 2, interfaceSize: 0.25e-6, growth: 0.25, step: 1, tolerance: 1e-5 } as const;
    const found = sphereErrors(references[1], refined);
    expect(found.voltage).toBeLessThan(5e-5);
    expect(found.surface).toBeLessThan(1e-4);
  });

  it("takes steps of a tenth of a millisecond on cells of second order", () => {
    const short = { ...references[1], times: [0.002] };
    const settings = { order: 2, interfaceSize: 0.25e-6, growth: 0.25, step: 1e-4, tolerance: 1e-6 } as const;
    expect(() => sphereErrors(short, settings)).not.toThrow(/gave up/);
  });
});
