import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activeMaterials } from "../../src/fem/material/library.js";
import { measuredFile } from "../../validation/measured-data.js";
import { expectDigits, expectNear } from "../law/tolerance.js";

const { Chen2020, ORegan2022, Mohtat2020, Xu2019, OKane2022 } = activeMaterials;

/** s, U_Chen, U_Mohtat, i0_Chen, i0_ORegan, D_ORegan · 1e15 with its printed decimals */
const printed = [
  [0.27, 4.273, 3.992, 3.03, 2.393, 12.5, 1],
  [0.3, 4.2054, 3.9625, 3.127, 2.445, 4.27, 2],
  [0.4, 4.1047, 3.878, 3.343, 2.534, 10.2, 1],
  [0.5, 3.972, 3.8148, 3.412, 2.514, 7.26, 2],
  [0.6, 3.8245, 3.7711, 3.343, 2.394, 6.8, 2],
  [0.7, 3.7304, 3.7404, 3.127, 2.171, 3.91, 2],
  [0.8, 3.6491, 3.7082, 2.73, 1.825, 3.02, 2],
  [0.9, 3.5682, 3.6504, 2.047, 1.293, 3.6, 2],
  [0.95, 3.5278, 3.5978, 1.487, 0.892, 4.54, 2],
] as const;

describe("published active materials", () => {
  it.each(printed)("at s = %d give the printed potentials, exchange currents and diffusivity", (s, ...row) => {
    expectDigits(Chen2020.openCircuitPotential.value(s), row[0], 4);
    expectDigits(Mohtat2020.openCircuitPotential.value(s), row[1], 4);
    expectDigits(Chen2020.exchangeCurrent.value(s), row[2], 3);
    expectDigits(ORegan2022.exchangeCurrent.value(s), row[3], 3);
    expectDigits(ORegan2022.diffusivity.value(s) * 1e15, row[4], row[5]);
  });

  it("have the printed slopes of Chen's potential", () => {
    const rows = [
      [0.3, -1.31],
      [0.4, -1.62],
      [0.5, -1.26],
      [0.6, -1.23],
      [0.7, -0.82],
      [0.8, -0.81],
      [0.9, -0.81],
    ];
    for (const [s, slope] of rows) expectDigits(Chen2020.openCircuitPotential.derivative(s), slope, 2);
  });

  it("share potentials where their sources do", () => {
    expect(ORegan2022.openCircuitPotential).toBe(Chen2020.openCircuitPotential);
    expect(OKane2022.exchangeCurrent).toBe(Chen2020.exchangeCurrent);
    expect(Xu2019.openCircuitPotential).toBe(Mohtat2020.openCircuitPotential);
  });

  it("have the mass-action exchange currents of their rate constants", () => {
    const massAction = (m: number, c: number, s: number) =>
      m * Math.sqrt(1000) * Math.sqrt(s * c) * Math.sqrt(c - s * c);
    expectNear(Mohtat2020.exchangeCurrent.value(0.3), massAction(4.824e-6, 35380, 0.3), 1e-13);
    expectNear(Xu2019.exchangeCurrent.value(0.3), massAction(5.76e-11 * 96485.33212, 48230, 0.3), 1e-13);
  });
});

describe.each(Object.values(activeMaterials))("$name", (material) => {
  const functions = {
    openCircuitPotential: material.openCircuitPotential,
    diffusivity: material.diffusivity,
    exchangeCurrent: material.exchangeCurrent,
  };

  it.each(Object.entries(functions))("%s has the derivative of its value at any s from −0.2 to 1.2", (_name, f) => {
    const scale = Math.abs(f.value(0.5));
    fc.assert(
      fc.property(fc.double({ min: -0.2, max: 1.2, noNaN: true }), (s) => {
        // Corners of the continuation; near its poles at 0 and 1 the difference itself is off by (h/distance)²/3.
        for (const corner of [0.005, 0.995]) fc.pre(Math.abs(s - corner) > 2e-5);
        for (const pole of [0, 1]) fc.pre(Math.abs(s - pole) > 1e-4);
        const h = 1e-7;
        const difference = (f.value(s + h) - f.value(s - h)) / (2 * h);
        expectNear(f.derivative(s), difference, 5e-6, scale);
      }),
      { numRuns: 400 },
    );
  });

  it("has a strictly falling potential and positive, finite kinetics for every s", () => {
    const anywhere = fc.oneof(
      fc.double({ min: -0.1, max: 1.1, noNaN: true }),
      fc.double({ min: -50, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(anywhere, (s) => {
        expect(material.openCircuitPotential.derivative(s)).toBeLessThan(0);
        expect(Number.isFinite(material.openCircuitPotential.value(s))).toBe(true);
        expect(material.exchangeCurrent.value(s)).toBeGreaterThan(0);
        expect(Number.isFinite(material.exchangeCurrent.derivative(s))).toBe(true);
        expect(material.diffusivity.value(s)).toBeGreaterThan(1e-17);
      }),
      { numRuns: 1000 },
    );
    expect(material.openCircuitPotential.value(-1)).toBeGreaterThan(50);
    expect(material.openCircuitPotential.value(2)).toBeLessThan(-50);
  });

  it("says where it comes from", () => {
    expect(activeMaterials[material.name]).toBe(material);
    expect(material.doi).toMatch(/^10\.\d{4,5}\//);
    expect(material.citation.length).toBeGreaterThan(40);
    expect(material.notes.length).toBeGreaterThan(0);
    expect(material.maximumConcentration).toBeGreaterThan(3e4);
    expect(material.particleRadius).toBeGreaterThan(1e-6);
  });
});

const measured = measuredFile("nmc811_ocp_lgm50_chen2020", "nmc_LGM50_ocp_Chen2020.csv");

describe("measured potential of LG M50 NMC811", () => {
  it.skipIf(measured === null)("agrees with Chen2020 within 4 mV root mean square", () => {
    const points = readFileSync(measured!, "utf8")
      .split("\n")
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split(",").map(Number))
      .filter(([s]) => s > 0.25 && s < 1);
    const errors = points.map(([s, u]) => Chen2020.openCircuitPotential.value(s) - u);
    const rmse = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    expect(points.length).toBeGreaterThan(200);
    expect(rmse, `root mean square error ${(rmse * 1e3).toFixed(2)} mV`).toBeLessThan(0.004);
    const [low, high] = Chen2020.openCircuitPotential.validity;
    expectNear(points[0][0], low, 1e-3);
    expectNear(points[points.length - 1][0], high, 1e-3);
  });
});
