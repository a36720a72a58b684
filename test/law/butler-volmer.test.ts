import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { butlerVolmer } from "../../src/fem/law/butler-volmer.js";
import { thermalVoltage } from "../../src/fem/law/faraday.js";
import type { ReactionPoint } from "../../src/fem/law/law.js";
import { expectNear } from "./tolerance.js";

const V_T = thermalVoltage(298.15);

function solve(drive: number, exchange: number, film: number, guess = Number.NaN): ReactionPoint {
  const out = { current: Number.NaN, conductance: Number.NaN, exchangeSlope: Number.NaN };
  butlerVolmer(drive, exchange, film, V_T, guess, out);
  return out;
}

const drives = fc.double({ min: -5, max: 5, noNaN: true });
const exchanges = fc.double({ min: -8, max: 3, noNaN: true }).map((x) => 10 ** x);
const films = fc.oneof(
  fc.constant(0),
  fc.double({ min: -12, max: 3, noNaN: true }).map((x) => 10 ** x),
);

describe("butlerVolmer", () => {
  it("inverts η = 2 V_T asinh(i/2i0) at the printed overpotentials", () => {
    const rows = [
      [1, 1, 24.7271e-3],
      [2, 5, 53.8307e-3],
      [2, 7.28, 69.8896e-3],
      [0.5, 7.28, 137.8644e-3],
    ];
    for (const [exchange, current, overpotential] of rows)
      expectNear(solve(overpotential, exchange, 0).current, current, 3e-5);
  });

  it("leaves a residual at rounding level over the whole range, with and without film", () => {
    fc.assert(
      fc.property(drives, exchanges, films, (drive, exchange, film) => {
        const { current } = solve(drive, exchange, film);
        const residual = drive - current * film - 2 * V_T * Math.asinh(current / (2 * exchange));
        expect(Math.abs(residual)).toBeLessThanOrEqual(2e-14 * Math.max(Math.abs(drive), 1e-300));
      }),
      { numRuns: 3000 },
    );
  });

  it("gives the same current from any start to 1e-13", () => {
    const guesses = fc.oneof(fc.constantFrom(0, Infinity, 1e-300), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(drives, exchanges, films, guesses, (drive, exchange, film, guess) => {
        const a = solve(drive, exchange, film).current;
        const b = solve(drive, exchange, film, guess).current;
        expectNear(b, a, 1e-13, 1e-300);
      }),
      { numRuns: 2000 },
    );
  });

  it("is odd in the drive and rises with it", () => {
    fc.assert(
      fc.property(drives, drives, exchanges, films, (a, b, exchange, film) => {
        expect(solve(-a, exchange, film).current + solve(a, exchange, film).current).toBe(0);
        if (b > a + 1e-9) expect(solve(b, exchange, film).current).toBeGreaterThan(solve(a, exchange, film).current);
      }),
    );
  });

  it("has the slopes of central differences to 1e-6", () => {
    const settings = { numRuns: 500 };
    fc.assert(
      fc.property(drives, exchanges, films, (drive, exchange, film) => {
        fc.pre(Math.abs(drive) > 1e-3);
        const { conductance, exchangeSlope } = solve(drive, exchange, film);
        const h = 1e-5 * Math.min(1, Math.abs(drive) / 0.1);
        const byDrive = (solve(drive + h, exchange, film).current - solve(drive - h, exchange, film).current) / (2 * h);
        expectNear(conductance, byDrive, 1e-6);
        const k = 1e-4 * exchange;
        const byExchange =
          (solve(drive, exchange + k, film).current - solve(drive, exchange - k, film).current) / (2 * k);
        const scale = Math.abs(solve(drive, exchange, film).current / exchange);
        expect(Math.abs(exchangeSlope - byExchange)).toBeLessThanOrEqual(1e-6 * Math.abs(byExchange) + 1e-10 * scale);
      }),
      settings,
    );
  });

  it("has conductance i0/V_T at equilibrium and 1/R_f where the film rules", () => {
    expectNear(solve(0, 2, 0).conductance, 2 / V_T, 1e-15);
    expectNear(solve(1, 1e3, 1e3).conductance, 1e-3, 1e-6);
    expect(solve(0, 2, 0.05)).toEqual({ current: 0, conductance: 1 / (V_T / 2 + 0.05), exchangeSlope: 0 });
  });

  it("keeps the film implicit: doubling i0 hardly moves a film-bound current", () => {
    const film = 1;
    const [weak, strong] = [solve(0.5, 10, film).current, solve(0.5, 20, film).current];
    expectNear(strong, weak, 2e-3);
  });
});
