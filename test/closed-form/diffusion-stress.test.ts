import { describe, expect, it } from "vitest";
import { FARADAY } from "../../src/fem/law/faraday.js";
import { cylinderStress, settledSphereStress, sphereStress } from "../../validation/closed-form/diffusion-stress.js";
import { expectDigits, expectNear } from "../law/tolerance.js";

const body = { radius: 5e-6, partialMolarVolume: 1.9e-6, youngModulus: 140e9, poissonRatio: 0.3 };
const diffusivity = 1e-14;
const flux = -1 / FARADAY;
/** Settled profile for 1 A/m² out of the particle. */
const settled = (r: number) => 2e4 + (flux * r ** 2) / (2 * diffusivity * body.radius);

describe("stress in a free sphere", () => {
  it("is ±131.28 MPa at surface and centre for 1 A/m² out", () => {
    expectDigits(settledSphereStress(body, flux, diffusivity, body.radius).hoop / 1e6, 131.28, 2);
    expectDigits(settledSphereStress(body, flux, diffusivity, 0).hoop / 1e6, -131.28, 2);
    expectNear(settledSphereStress(body, 7.28 * flux, diffusivity, body.radius).hoop / 1e6, 956, 1e-3);
  });

  it("from the profile equals the settled closed form everywhere", () => {
    for (const share of [0, 0.1, 0.5, 0.9, 1]) {
      const r = share * body.radius;
      const closed = settledSphereStress(body, flux, diffusivity, r);
      const integrated = sphereStress(body, settled, r);
      expectNear(integrated.radial, closed.radial, 1e-10, 1e8);
      expectNear(integrated.hoop, closed.hoop, 1e-10, 1e8);
    }
  });

  it("has the printed concentration differences", () => {
    const average = 2e4 + ((flux * body.radius) / (2 * diffusivity)) * (3 / 5);
    expectDigits(average - settled(body.radius), 1036.43, 2);
    expectDigits(settled(0) - settled(body.radius), 2591.07, 2);
  });

  it("is in equilibrium and free at its surface for an uneven profile", () => {
    const uneven = (r: number) => 1e4 * Math.exp(-((r / 3e-6) ** 2)) + 5e3 * Math.cos(r / 2e-6);
    expectNear(sphereStress(body, uneven, body.radius).radial, 0, 1, 1);
    const h = 1e-10;
    for (const r of [1e-6, 2.5e-6, 4e-6]) {
      const slope = (sphereStress(body, uneven, r + h).radial - sphereStress(body, uneven, r - h).radial) / (2 * h);
      const here = sphereStress(body, uneven, r);
      expectNear(slope, (2 * (here.hoop - here.radial)) / r, 1e-6);
    }
  });
});

describe("stress in a free cylinder kept at its length", () => {
  const uneven = (r: number) => 1e4 * Math.exp(-((r / 3e-6) ** 2));

  it("is in equilibrium and free at its surface", () => {
    expectNear(cylinderStress(body, uneven, body.radius).radial, 0, 1, 1);
    const h = 1e-10;
    for (const r of [1e-6, 2.5e-6, 4e-6]) {
      const slope = (cylinderStress(body, uneven, r + h).radial - cylinderStress(body, uneven, r - h).radial) / (2 * h);
      const here = cylinderStress(body, uneven, r);
      expectNear(slope, (here.hoop - here.radial) / r, 1e-6);
    }
  });

  it("keeps its length: E ε_zz = σ_z − ν(σ_r + σ_θ) + E Ω c/3 = 0", () => {
    for (const r of [0, 2e-6, 5e-6]) {
      const { radial, hoop, axial } = cylinderStress(body, uneven, r);
      const free = (body.youngModulus * body.partialMolarVolume * uneven(r)) / 3;
      expect(Math.abs(axial - body.poissonRatio * (radial + hoop) + free)).toBeLessThan(1e-9 * 1e9);
    }
  });

  it("has no stress in the plane under an even profile", () => {
    const { radial, hoop, axial } = cylinderStress(body, () => 1e4, 3e-6);
    expectNear(radial, 0, 1, 1);
    expectNear(hoop, 0, 1, 1);
    expectNear(axial, (-body.youngModulus * body.partialMolarVolume * 1e4) / 3, 1e-10);
  });
});
