import { describe, expect, it } from "vitest";
import { chargeTransfer } from "../../src/network/model/charge-transfer.js";
import { lawTable } from "../../src/network/model/law-table.js";
import type { FreeResponse } from "../../src/network/model/lithium-response.js";
import { localMode } from "../../src/network/model/local-mode.js";
import { networkParts } from "../../src/network/model/network.js";
import { particleModes } from "../../src/network/model/particle-modes.js";
import { patchShape } from "../../src/network/model/patch-shape.js";
import { pointCurrents } from "../../src/network/model/point-currents.js";
import { radialMesh } from "../../src/network/model/radial.js";
import { networkSpec, rowOf } from "./network-spec.js";

const packing = rowOf(3, [0.8, 0.3, 0.5, 0.1]);
const base = networkSpec(packing);
const { points } = networkParts(base);
const spec = { ...base, diffusivity: 5e-14, thermalVoltage: 0.0257 };

/** The law at four particles whose points differ in damage and in their local stoichiometry. */
function interfaceOf() {
  const [mean, spread] = particleModes(packing, radialMesh(3, 0.04, 1.25, 0.16), points, spec);
  for (const mode of [mean, spread]) mode.factor(0.2);
  const reaction = chargeTransfer(points, spec);
  const damage = Float64Array.from({ length: points.count }, (_, p) => 0.3 + 0.3 * Math.sin(p));
  reaction.take(damage, new Float64Array(points.count));
  const deviation = localMode(3, packing.radius, spec);
  const law = pointCurrents(points, spec, reaction, { mean, spread, deviation, shape: patchShape(points.share) });
  law.take(0.2);
  const free: FreeResponse = {
    mean: Float64Array.of(0.5, 0.6, 0.55, 0.7),
    spread: Float64Array.of(0.02, -0.03, 0.01, 0.05),
    local: Float64Array.from({ length: points.count }, (_, p) => 0.05 * Math.cos(2 * p)),
  };
  /** A, [patch] the currents that obey the law at these potentials. */
  const currents = (potential: Float64Array): Float64Array => {
    for (let pass = 0; pass < 60; pass++) {
      law.evaluate(free, potential, 4);
      if (Math.max(...law.off) < 1e-21) break;
      const still = new Float64Array(potential.length);
      law.move(
        still,
        law.patchCurrent.map((current, a) => current + law.offset[a]),
      );
    }
    law.evaluate(free, potential, 4);
    return law.patchCurrent.slice();
  };
  return { law, currents };
}

describe("the interface's law", () => {
  it("gives patches' currents the slopes that its blocks tell", () => {
    const { law, currents } = interfaceOf();
    const at = Float64Array.from({ length: 8 }, (_, a) => 0.02 * Math.sin(3 * a));
    const now = currents(at);
    const scale = Math.max(...now.map(Math.abs));
    expect(Math.max(...law.off) / scale).toBeLessThan(1e-12);
    const slopes = law.blocks.slice();
    const h = 1e-5;
    for (let a = 0; a < 8; a++) {
      const aside = (by: number): Float64Array => currents(at.map((value, b) => value + (a === b ? by : 0)));
      const [ahead, behind] = [aside(h), aside(-h)];
      const k = a >> 1;
      for (const b of [2 * k, 2 * k + 1]) {
        const slope = slopes[4 * k + 2 * (b & 1) + (a & 1)];
        expect(Math.abs((ahead[b] - behind[b]) / (2 * h) / slope - 1)).toBeLessThan(1e-5);
      }
    }
  });
});

describe("a table of the laws", () => {
  const table = lawTable(spec);
  const out = { potential: 0, potentialSlope: 0, exchange: 0, exchangeSlope: 0 };

  it.each([-0.1, 0, 0.0012, 0.3, 0.51237, 0.949, 0.9993, 1, 1.2])("reads as the laws at %f", (s) => {
    table.at(s, out);
    const { openCircuitPotential: u, exchangeCurrent: i0 } = spec;
    expect(Math.abs(out.potential - u.value(s))).toBeLessThan(1e-12 * Math.max(1, Math.abs(u.value(s))));
    expect(Math.abs(out.exchange / i0.value(s) - 1)).toBeLessThan(1e-11);
    expect(Math.abs(out.potentialSlope / u.derivative(s) - 1)).toBeLessThan(1e-7);
    expect(Math.abs(out.exchangeSlope - i0.derivative(s))).toBeLessThan(1e-7 * Math.max(1, Math.abs(i0.derivative(s))));
  });
});
