import { expect } from "vitest";

/** |found − expected| ≤ tolerance · max(|expected|, floor) */
export function expectNear(found: number, expected: number, tolerance: number, floor = 0): void {
  const allowed = tolerance * Math.max(Math.abs(expected), floor);
  if (!(Math.abs(found - expected) <= allowed))
    expect.fail(`found ${found}, expected ${expected} within ${allowed} (off by ${found - expected})`);
}

/** Agrees with a printed number to its last digit: |found − printed| ≤ 0.5000001 · 10^−digits. */
export function expectDigits(found: number, printed: number, digits: number): void {
  if (!(Math.abs(found - printed) <= 0.5000001 * 10 ** -digits))
    expect.fail(`found ${found}, printed ${printed} to ${digits} decimals (off by ${found - printed})`);
}
