import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { lineFourier, pictureFourier } from "../../../src/inference/vegard/fourier.js";
import { freeBody, freeParticle } from "../../../src/inference/vegard/free-particle.js";
import { periodicPatch, waveStrain } from "../../../src/inference/vegard/periodic-patch.js";
import { levelsOf, maskLevels, pixelMesh } from "../../../src/inference/vegard/pixel-mesh.js";
import { crystals, isotropicCrystal, planeStiffness, unitStrain } from "../../../src/inference/vegard/stiffness.js";
import { isotropicWave } from "../../../validation/vegard/waves.js";
import { expectNear } from "../../law/tolerance.js";

const random = draws(3, "mechanics");
const noise = (count: number) => Float64Array.from({ length: count }, () => random.normal());

describe("Fourier transforms", () => {
  it.each([1, 2, 7, 12, 64, 96])("of %i numbers are the sums of the definition", (n) => {
    const line = noise(2 * n);
    const wanted = Array.from({ length: n }, (_, k) => {
      let [re, im] = [0, 0];
      for (let j = 0; j < n; j++) {
        const angle = (-2 * Math.PI * j * k) / n;
        re += line[2 * j] * Math.cos(angle) - line[2 * j + 1] * Math.sin(angle);
        im += line[2 * j] * Math.sin(angle) + line[2 * j + 1] * Math.cos(angle);
      }
      return [re, im];
    }).flat();
    lineFourier(n)(line);
    for (const [k, value] of wanted.entries()) expect(Math.abs(line[k] - value)).toBeLessThan(1e-12 * n);
  });

  it("come back on pictures of any shape", () => {
    const picture = noise(2 * 6 * 10);
    const copy = picture.slice();
    const transform = pictureFourier(6, 10);
    transform(copy, false);
    transform(copy, true);
    for (const [k, value] of picture.entries()) expect(Math.abs(copy[k] - value)).toBeLessThan(1e-13);
  });
});

describe("stiffness in a plane", () => {
  it("is Hooke's law in plane stress, whichever way an isotropic material is turned", () => {
    const [youngModulus, nu] = [100, 0.3];
    const along = youngModulus / (1 - nu * nu);
    for (const angle of [0, 0.7, 2]) {
      const found = planeStiffness(isotropicCrystal(youngModulus, nu), ["a", "c"], "planeStress", angle);
      for (const [k, wanted] of [along, nu * along, 0, along, 0, youngModulus / 2 / (1 + nu)].entries())
        expect(Math.abs(found[k] - wanted)).toBeLessThan(1e-12 * along);
    }
  });

  it("stores the same energy in turned axes", () => {
    const angle = 0.6;
    const own = planeStiffness(crystals.LiFePO4, ["a", "c"], "planeStrain", 0);
    const turned = planeStiffness(crystals.LiFePO4, ["a", "c"], "planeStrain", angle);
    const energy = (c: typeof own, [xx, yy, xy]: readonly [number, number, number]) =>
      c[0] * xx * xx + 2 * c[1] * xx * yy + c[3] * yy * yy + 4 * (c[2] * xx + c[4] * yy) * xy + 4 * c[5] * xy * xy;
    for (const component of [0, 1, 2] as const)
      expectNear(energy(turned, unitStrain(component, angle)), energy(own, unitStrain(component, 0)), 1e-12);
    const plus = ([0, 1, 2] as const).map((k) => unitStrain(0, angle)[k] - 2 * unitStrain(2, angle)[k]);
    expectNear(energy(turned, [plus[0], plus[1], plus[2]]), energy(own, [1, 0, -2]), 1e-12);
  });

  it("refuses a crystal that would fall apart, and the same axis twice", () => {
    expect(() => planeStiffness({ ...crystals.FePO4, c13: 400 }, ["a", "c"], "planeStress", 0)).toThrow(/stable/);
    expect(() => planeStiffness(crystals.FePO4, ["a", "a"], "planeStress", 0)).toThrow(/two of a, b, c/);
  });
});

describe("a wave of eigenstrain", () => {
  it("answers as Papkovich's form says in an isotropic material", () => {
    const stiffness = planeStiffness(isotropicCrystal(70, 0.3), ["a", "c"], "planeStrain", 0);
    const found = new Float64Array(3);
    for (const angle of [0, 0.3, 1, 2.5]) {
      waveStrain(stiffness, [0.05, -0.02, 0], Math.cos(angle), Math.sin(angle), found);
      for (const [k, wanted] of isotropicWave(angle, [0.05, -0.02]).entries())
        expect(Math.abs(found[k] - wanted)).toBeLessThan(1e-15);
    }
  });

  it("leaves no force in a turned orthorhombic crystal, and strain that belongs to displacements", () => {
    const c = planeStiffness(crystals.LiFePO4, ["a", "c"], "planeStress", 0.4);
    const found = new Float64Array(3);
    const [x, y] = [Math.cos(1.1), Math.sin(1.1)];
    waveStrain(c, [0.05, -0.02, 0.01], x, y, found);
    const [xx, yy, xy] = [found[0] - 0.05, found[1] + 0.02, found[2] - 0.01];
    const s = [
      c[0] * xx + c[1] * yy + 2 * c[2] * xy,
      c[1] * xx + c[3] * yy + 2 * c[4] * xy,
      c[2] * xx + c[4] * yy + 2 * c[5] * xy,
    ];
    expect(Math.abs(s[0] * x + s[2] * y)).toBeLessThan(1e-13);
    expect(Math.abs(s[2] * x + s[1] * y)).toBeLessThan(1e-13);
    expect(Math.abs(found[0] * y * y + found[1] * x * x - 2 * found[2] * x * y)).toBeLessThan(1e-16);
  });

  it("is what a periodic patch gives for a wave in its pixels, on oblong pixels too", () => {
    const grid = { width: 12, height: 9, pixel: [2, 1] } as const;
    const c = planeStiffness(crystals.FePO4, ["a", "c"], "planeStress", 0.2);
    const patch = periodicPatch(grid, c);
    const [i, j] = [2, 1];
    const field = Float64Array.from(
      { length: 108 },
      (_, k) => 1 + Math.cos(2 * Math.PI * ((i * (k % 12)) / 12 + (j * Math.floor(k / 12)) / 9)),
    );
    const [strain, wave] = [new Float64Array(3 * 108), new Float64Array(3)];
    patch.respond([0.3, -0.1, 0.2], field, strain);
    waveStrain(c, [0.3, -0.1, 0.2], i / 12, j / 18, wave);
    for (let k = 0; k < 3 * 108; k++) {
      const component = Math.floor(k / 108);
      const wanted = [0.3, -0.1, 0.2][component] + wave[component] * (field[k % 108] - 1);
      expect(Math.abs(strain[k] - wanted)).toBeLessThan(1e-14);
    }
  });
});

const disk = (pixels: number, radius: number) => {
  const grid = { width: pixels, height: pixels, pixel: [1, 1] } as const;
  return { grid, inside: (x: number, y: number) => radius - Math.hypot(x - pixels / 2 - 0.2, y - pixels / 2 + 0.1) };
};

const area = ({ nodes, cells }: ReturnType<typeof pixelMesh>) => {
  let [sum, least] = [0, Infinity];
  for (let k = 0; k < cells.length; k += 3) {
    const [a, b, c] = cells.slice(k, k + 3);
    const [ux, uy] = [nodes[2 * b] - nodes[2 * a], nodes[2 * b + 1] - nodes[2 * a + 1]];
    const [vx, vy] = [nodes[2 * c] - nodes[2 * a], nodes[2 * c + 1] - nodes[2 * a + 1]];
    const twice = ux * vy - uy * vx;
    least = Math.min(least, twice);
    sum += twice / 2;
  }
  return { sum, least };
};

describe("the mesh of an outline", () => {
  it("fills it, with triangles that all have area and lie in their pixel", () => {
    const { grid, inside } = disk(30, 11);
    const mesh = pixelMesh(grid, levelsOf(grid, inside));
    const { sum, least } = area(mesh);
    expectNear(sum, Math.PI * 121, 2e-3);
    expect(least).toBeGreaterThan(0.01);
    for (const [cell, pixel] of mesh.pixel.entries()) {
      const corners = mesh.cells.slice(3 * cell, 3 * cell + 3);
      const x = corners.reduce((total, node) => total + mesh.nodes[2 * node], 0) / 3;
      const y = corners.reduce((total, node) => total + mesh.nodes[2 * node + 1], 0) / 3;
      expect(Math.abs(x - (pixel % 30) - 0.5)).toBeLessThan(0.75);
      expect(Math.abs(y - Math.floor(pixel / 30) - 0.5)).toBeLessThan(0.75);
    }
  });

  it("follows the smooth outline behind a mask's steps, up to the picture's edge", () => {
    const { grid, inside } = disk(30, 11);
    const mask = Float64Array.from({ length: 900 }, (_, k) =>
      inside((k % 30) + 0.5, Math.floor(k / 30) + 0.5) > 0 ? 1 : 0,
    );
    expectNear(area(pixelMesh(grid, maskLevels(grid, mask))).sum, Math.PI * 121, 0.02);
    const whole = new Float64Array(900).fill(1);
    expectNear(area(pixelMesh(grid, maskLevels(grid, whole))).sum, 900, 0.02);
  });

  it("keeps the largest of several pieces, and says when there is none", () => {
    const grid = { width: 40, height: 20, pixel: [1, 1] } as const;
    const two = levelsOf(grid, (x, y) => Math.max(6 - Math.hypot(x - 10, y - 10), 3 - Math.hypot(x - 30, y - 10)));
    expectNear(area(pixelMesh(grid, two)).sum, Math.PI * 36, 0.01);
    expect(() => pixelMesh(grid, maskLevels(grid, new Float64Array(800)))).toThrow(/no pixel inside its mask/);
  });
});

describe("a particle with a free surface", () => {
  const { grid, inside } = disk(24, 9);
  const stiffness = planeStiffness(crystals.LiFePO4, ["a", "c"], "planeStress", 0.3);
  const tensor = [0.05, -0.02, 0.01] as const;
  const linear = (x: number, y: number) => 0.5 + 0.02 * x - 0.01 * y;

  it("takes a strain that varies linearly without stress: the patch test", () => {
    const mesh = pixelMesh(grid, levelsOf(grid, inside));
    const body = freeBody(grid, mesh, () => stiffness, 2);
    const amount = Float64Array.from({ length: body.areas.length }, (_, k) =>
      linear(body.places[2 * k], body.places[2 * k + 1]),
    );
    const strain = new Float64Array(3 * 576);
    body.respond(tensor, amount, strain);
    const [sum, area] = [new Float64Array(576), new Float64Array(576)];
    for (const [k, each] of body.areas.entries()) {
      sum[mesh.pixel[Math.floor(k / body.points)]] += each * amount[k];
      area[mesh.pixel[Math.floor(k / body.points)]] += each;
    }
    for (let k = 0; k < 3 * 576; k++) {
      if (area[k % 576] === 0) expect(strain[k]).toBeNaN();
      else
        expect(Math.abs(strain[k] - (tensor[Math.floor(k / 576)] * sum[k % 576]) / area[k % 576])).toBeLessThan(1e-13);
    }
  });

  it.each([1, 2] as const)("does so by its pixels too, away from its edge, order %i", (order) => {
    const mask = Float64Array.from({ length: 576 }, (_, k) =>
      inside((k % 24) + 0.5, Math.floor(k / 24) + 0.5) > 0 ? 1 : 0,
    );
    const particle = freeParticle(grid, mask, () => stiffness, order);
    const field = Float64Array.from({ length: 576 }, (_, k) => linear((k % 24) + 0.5, Math.floor(k / 24) + 0.5));
    const strain = new Float64Array(3 * 576);
    particle.respond(tensor, field, strain);
    for (let k = 0; k < 3 * 576; k++) {
      if (inside((k % 24) + 0.5, Math.floor((k % 576) / 24) + 0.5) < 1.5) continue;
      expectNear(strain[k], tensor[Math.floor(k / 576)] * field[k % 576], 0.005, 0.03);
    }
  });
});
