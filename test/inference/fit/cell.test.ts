import { describe, expect, it } from "vitest";
import { FARADAY } from "../../../src/fem/law/faraday.js";
import { limitedVoltage } from "../../../src/inference/fit/cell/cut-off.js";
import { diffusivityShapes } from "../../../src/inference/fit/cell/diffusivity-shape.js";
import { cellVoltage } from "../../../src/inference/fit/cell/discharge.js";
import { saltProfile } from "../../../src/inference/fit/cell/electrolyte.js";
import { graphitePotential, lgm50 } from "../../../src/inference/fit/cell/parameter-set.js";
import { roundParticle } from "../../../src/inference/fit/cell/round-particle.js";
import { sphereUnderFlux } from "../../../validation/closed-form/crank.js";

const [radius, diffusivity] = [5e-6, 1e-14];

describe("a round particle", () => {
  it("follows Crank's series under a constant current", () => {
    const exact = sphereUnderFlux();
    const gradient = 0.3;
    const particle = roundParticle(radius, 0.5, () => diffusivity);
    for (let k = 1; k <= 40; k++) {
      particle.step(50, (gradient * diffusivity) / radius, 1);
      const tau = (diffusivity * 50 * k) / radius ** 2;
      expect(Math.abs(particle.mean - 0.5 - gradient * exact.mean(tau))).toBeLessThan(1e-12);
      if (k > 4) expect(Math.abs(particle.surface - 0.5 - gradient * exact.value(1, tau))).toBeLessThan(1e-4);
    }
  });

  it("is of second order in time, also where diffusivity varies", () => {
    const shape = diffusivityShapes.ORegan2022.positive;
    const surface = (steps: number) => {
      const particle = roundParticle(radius, 0.4, (s) => diffusivity * shape(s));
      for (let k = 0; k < steps; k++) particle.step(2000 / steps, 2e-10, 1);
      return particle.surface;
    };
    const [a, b, c] = [surface(200), surface(400), surface(800)];
    expect(Math.abs(b - c)).toBeLessThan(0.6 * Math.abs(a - b));
    expect(Math.abs(b - c)).toBeLessThan(1e-4);
  });

  it("keeps its lithium without current and comes to rest", () => {
    const particle = roundParticle(radius, 0.4, () => diffusivity);
    particle.step(200, 1e-9, 1);
    const { mean } = particle;
    for (let k = 0; k < 50; k++) particle.step(500, 0, 1);
    expect(Math.abs(particle.mean / mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(particle.surface / mean - 1)).toBeLessThan(1e-6);
  });
});

describe("salt across a cell", () => {
  const cell = { ...lgm50, electrolyte: { ...lgm50.electrolyte, diffusivity: () => 2e-10 } };

  it("settles to the gradient that its current needs", () => {
    const salt = saltProfile(cell);
    for (let k = 0; k < 400; k++) salt.step(20, 5, 1);
    // (1 − t₊) I/(F A) = D ε^b ∂c/∂x in the separator; an electrode's mean is a third of its thickness from the edge
    const flux = ((1 - cell.electrolyte.transference) * 5) / (FARADAY * cell.area);
    const drop = (part: { thickness: number; porosity: number }, share: number) =>
      (flux * share * part.thickness) / (2e-10 * part.porosity ** 1.5);
    const whole = drop(cell.negative, 1 / 3) + drop(cell.separator, 1) + drop(cell.positive, 1 / 3);
    expect(Math.abs((salt.negative - salt.positive) / whole - 1)).toBeLessThan(0.005);
  });

  it("is neither made nor lost: it evens out to what there was", () => {
    const salt = saltProfile(lgm50);
    for (let k = 0; k < 50; k++) salt.step(20, 5, 1);
    expect(salt.negative).toBeGreaterThan(1100);
    for (let k = 0; k < 400; k++) salt.step(100, 0, 1);
    for (const side of [salt.negative, salt.positive]) expect(Math.abs(side / 1000 - 1)).toBeLessThan(1e-9);
  });
});

describe("a cell of two particles", () => {
  const history = (time: readonly number[], amperes: number, kelvin = 298.15) => ({
    time: Float64Array.from(time),
    current: new Float64Array(time.length).fill(amperes),
    temperature: new Float64Array(time.length).fill(kelvin),
  });

  it("has its open-circuit voltage at rest", () => {
    const { positive, negative } = lgm50;
    const open =
      positive.potential.value(positive.initialStoichiometry) - graphitePotential.value(negative.initialStoichiometry);
    for (const voltage of cellVoltage(lgm50, history([0, 100, 1000], 0)))
      expect(Math.abs(voltage / open - 1)).toBeLessThan(1e-9);
  });

  it("falls on discharge, more at a higher rate and in the cold", () => {
    const times = [0, 60, 300, 900];
    const [slow, fast, cold] = [
      cellVoltage(lgm50, history(times, -0.5)),
      cellVoltage(lgm50, history(times, -5)),
      cellVoltage(lgm50, history(times, -5, 273.15)),
    ];
    times.forEach((_, k) => {
      expect(fast[k]).toBeLessThan(slow[k]);
      expect(cold[k]).toBeLessThan(fast[k]);
      if (k > 0) expect(fast[k]).toBeLessThan(fast[k - 1]);
    });
  });

  it("moves the electrodes by the charge that passed", () => {
    const { negative, area } = lgm50;
    const capacity = FARADAY * area * negative.thickness * negative.activeFraction * negative.maximumConcentration;
    const slow = {
      ...lgm50,
      negative: { ...negative, diffusivity: 1e-9 },
      positive: { ...lgm50.positive, diffusivity: 1e-9 },
    };
    const voltage = cellVoltage(slow, history([0, 36000], -0.01))[1];
    const after = negative.initialStoichiometry - 360 / capacity;
    const { positive } = lgm50;
    const full = FARADAY * area * positive.thickness * positive.activeFraction * positive.maximumConcentration;
    const open = positive.potential.value(positive.initialStoichiometry + 360 / full) - negative.potential.value(after);
    expect(Math.abs(voltage - open)).toBeLessThan(1e-3);
  });
});

describe("the window of a cell", () => {
  const { window } = lgm50;
  const tenTimes = Float64Array.from({ length: 10 }, (_, k) => k);
  const discharging = { current: tenTimes.map(() => -1) };

  it("leaves a voltage inside it as it is", () => {
    const voltage = tenTimes.map((k) => 4.1 - 0.1 * k);
    expect(limitedVoltage(lgm50, discharging, voltage)).toEqual({ voltage, end: 10, limit: null });
  });

  it("ends a discharge below and a charge above, never far outside", () => {
    const falling = tenTimes.map((k) => 4 - 0.3 * k ** 2);
    const low = limitedVoltage(lgm50, discharging, falling);
    expect([low.end, low.limit]).toEqual([3, window[0]]);
    expect(Math.min(...low.voltage)).toBeGreaterThan(window[0] - 0.4);
    // still downhill for a fit, with the slope of the curve at the limit
    for (let k = 1; k < 10; k++) expect(low.voltage[k]).toBeLessThan(low.voltage[k - 1]);
    const near = limitedVoltage(lgm50, discharging, Float64Array.of(2.6, window[0] - 1e-6)).voltage[1];
    expect(Math.abs((window[0] - near) / 1e-6 - 1)).toBeLessThan(1e-4);
    const high = limitedVoltage(
      lgm50,
      { current: tenTimes.map(() => 1) },
      tenTimes.map((k) => 4 + 0.09 * k),
    );
    expect([high.end, high.limit]).toEqual([3, window[1]]);
    expect(Math.max(...high.voltage)).toBeLessThan(window[1] + 0.4);
  });

  it("ends where the electrolyte runs out of salt", () => {
    const voltage = Float64Array.of(3.5, 3.4, Number.NaN, Number.NaN);
    const { end, voltage: limited } = limitedVoltage(lgm50, { current: Float64Array.of(-1, -1, -1, -1) }, voltage);
    expect(end).toBe(2);
    expect(limited.every(Number.isFinite)).toBe(true);
  });
});
