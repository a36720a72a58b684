import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as elementary from "../../src/elementary/elementary.js";

const of = (low: number, high: number) =>
  Array.from({ length: 4000 }, (_, k) => low + ((high - low) * (k + 0.5)) / 4000);

/** Arguments over which each is compared. */
const ranges = {
  exp: of(-40, 40),
  expm1: of(-3, 3),
  log: of(1e-6, 40),
  log1p: of(-0.99, 5),
  log2: of(1e-6, 40),
  log10: of(1e-6, 40),
  sin: of(-30, 30),
  cos: of(-30, 30),
  tan: of(-1.5, 1.5),
  asin: of(-1, 1),
  acos: of(-1, 1),
  sinh: of(-20, 20),
  cosh: of(-20, 20),
  tanh: of(-20, 20),
  asinh: of(-1e3, 1e3),
} as const;
const functions = { ...elementary };
const names = Object.keys(ranges) as (keyof typeof ranges)[];
const pairs = of(0.01, 8).map((x, k) => [x, 6 * Math.sqrt(k / 4000) - 3] as const);

/** In units of the last place of the larger. */
const apart = (a: number, b: number) => Math.abs(a - b) / (Number.EPSILON * Math.max(Math.abs(a), Math.abs(b), 1e-300));

describe("elementary functions", () => {
  it.each(names)("%s is that of the engine but for the last bits", (name) => {
    for (const x of ranges[name]) expect(apart(functions[name](x), Math[name](x))).toBeLessThan(3);
  });

  it("pow and atan2 are those of the engine but for the last bits", () => {
    for (const [x, y] of pairs) {
      expect(apart(elementary.pow(x, y), x ** y)).toBeLessThan(3);
      expect(apart(elementary.atan2(y, x), Math.atan2(y, x))).toBeLessThan(3);
    }
    expect(elementary.pow(2, 10)).toBe(1024);
    expect(elementary.square(-3)).toBe(9);
    expect(elementary.cube(-2)).toBe(-8);
  });

  it("have these very bits in every engine", () => {
    const values = [
      ...names.flatMap((name) => ranges[name].map((x) => functions[name](x))),
      ...pairs.flatMap(([x, y]) => [elementary.pow(x, y), elementary.atan2(y, x)]),
    ];
    const bits = createHash("sha256")
      .update(new Uint8Array(Float64Array.from(values).buffer))
      .digest("hex");
    expect(bits).toBe("243d0aa6dc584e28b9673209a5b61ae3776eedb47d6cde8c8bcb4a036dddf7cc");
  });
});
