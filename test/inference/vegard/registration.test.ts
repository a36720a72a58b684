import { describe, expect, it } from "vitest";
import { placed, register, resampled } from "../../../src/inference/vegard/registration.js";
import { expectNear } from "../../law/tolerance.js";

/** A blot without symmetry, as seen through x ↦ A x + t about the first picture's middle. */
function picture(pixels: number, edge: number, seen: (x: number, y: number) => readonly [number, number]) {
  const value = Float64Array.from({ length: pixels * pixels }, (_, k) => {
    const [x, y] = seen(((k % pixels) + 0.5) * edge, (Math.floor(k / pixels) + 0.5) * edge);
    return blot(x, y);
  });
  return { grid: { width: pixels, height: pixels, pixel: [edge, edge] as const }, value };
}

function blot(x: number, y: number): number {
  return (
    Math.exp(-(((x - 17) / 6) ** 2) - ((y - 20) / 4) ** 2) +
    0.6 * Math.exp(-(((x - 23) / 3) ** 2) - ((y - 16) / 5) ** 2)
  );
}

/** Inverse of x ↦ centre + A (x − centre) + t. */
function undone([a, b, c, d]: readonly number[], [tx, ty]: readonly number[]) {
  return (x: number, y: number): [number, number] => {
    const [u, v] = [x - 20 - tx, y - 20 - ty];
    const determinant = a * d - b * c;
    return [20 + (d * u - b * v) / determinant, 20 + (a * v - c * u) / determinant];
  };
}

const fixed = picture(40, 1, (x, y) => [x, y]);
const rotation = (angle: number) => [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)];

describe("registration", () => {
  it.each([
    ["rigid", rotation(0.15), [2.3, -1.7]],
    ["affine", [1.06, -0.08, 0.12, 0.95], [-1.4, 2.2]],
  ] as const)("finds a planted %s displacement, on pixels of another size and brightness", (kind, linear, shift) => {
    const moving = picture(70, 0.7, undone(linear, shift));
    const found = register(fixed, { ...moving, value: moving.value.map((v) => 3 - 2 * v).map((v) => -v) }, kind);
    expect(found.ok).toBe(true);
    if (!found.ok) return;
    expect(found.correlation).toBeGreaterThan(0.999);
    for (const [x, y] of [
      [12, 18],
      [25, 14],
      [20, 26],
    ] as const) {
      const [u, v] = placed(found.placement, x, y);
      const wanted = [
        20 + linear[0] * (x - 20) + linear[1] * (y - 20) + shift[0],
        20 + linear[2] * (x - 20) + linear[3] * (y - 20) + shift[1],
      ];
      expectNear(u, wanted[0], 0.05, 1);
      expectNear(v, wanted[1], 0.05, 1);
    }
    const laid = resampled(moving.value, moving.grid, fixed.grid, found.placement);
    for (const k of [20 * 40 + 17, 16 * 40 + 23, 25 * 40 + 20]) expectNear(laid[k], fixed.value[k], 0.02, 1);
  });

  it("finds no turn where a rigid one is asked and only shifts", () => {
    const found = register(
      fixed,
      picture(40, 1, (x, y) => [x - 1.5, y + 0.5]),
      "rigid",
    );
    expect(found.ok && found.placement.linear).toBeTruthy();
    if (found.ok)
      for (const [k, wanted] of [1, 0, 0, 1].entries()) expectNear(found.placement.linear[k], wanted, 1e-4, 1);
  });

  it("says when the pictures do not show the same thing", () => {
    const noise = picture(40, 1, (x, y) => [
      40 * Math.abs(Math.sin(37 * x + 11 * y)),
      40 * Math.abs(Math.cos(53 * x * y)),
    ]);
    const found = register(fixed, noise, "rigid");
    expect(found.ok).toBe(false);
    if (!found.ok) expect(found.reason).toMatch(/correlation of 0\.\d+ at best/);
  });

  it("leaves gaps as gaps and reaches no further than the picture", () => {
    const gap = fixed.value.slice();
    gap[20 * 40 + 20] = Number.NaN;
    const same = { linear: [1, 0, 0, 1], shift: [0.3, 0], centre: [0, 0] } as const;
    const laid = resampled(gap, fixed.grid, fixed.grid, same);
    expect(laid[20 * 40 + 20]).toBeNaN();
    expect(laid[20 * 40 + 39]).toBeNaN();
    expect(Number.isFinite(laid[20 * 40 + 10])).toBe(true);
  });
});
