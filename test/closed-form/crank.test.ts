import { describe, expect, it } from "vitest";
import { besselJ01 } from "../../validation/closed-form/bessel.js";
import { cylinderRoots, cylinderUnderFlux, sphereRoots, sphereUnderFlux } from "../../validation/closed-form/crank.js";
import { expectDigits, expectNear } from "../law/tolerance.js";

/** τ, then sphere and cylinder at x = 0, 0.5, 1 */
const table = [
  [0.005, 0, 2e-8, 0.08506747, 0, 2e-8, 0.08239316],
  [0.01, 0, 0.0000297, 0.12364335, 0, 0.00002074, 0.1181404],
  [0.02, 0.00000119, 0.00170494, 0.18192306, 0.00000028, 0.00117876, 0.17045952],
  [0.05, 0.00342384, 0.0348865, 0.31216543, 0.00119834, 0.02358942, 0.28104279],
  [0.1, 0.05987817, 0.14613751, 0.48676169, 0.02692186, 0.09661348, 0.41832601],
  [0.2, 0.30803737, 0.42779176, 0.79825342, 0.16793768, 0.27989467, 0.64277038],
  [0.5, 1.20001882, 1.32500653, 1.69999591, 0.75021931, 0.87505978, 1.24991167],
] as const;

const sphere = sphereUnderFlux(400);
const cylinder = cylinderUnderFlux(200);

describe("Bessel functions", () => {
  it("agree with tabled values to 1e-15", () => {
    const rows = [
      [1, 0.7651976865579666, 0.4400505857449335],
      [2.5, -0.048383776468198, 0.4970941024642741],
      [50, 0.0558123276692518, -0.0975118281251751],
    ];
    for (const [x, j0, j1] of rows) {
      expect(Math.abs(besselJ01(x)[0] - j0)).toBeLessThan(2e-15);
      expect(Math.abs(besselJ01(x)[1] - j1)).toBeLessThan(2e-15);
    }
    expect(besselJ01(0)).toEqual([1, 0]);
  });
});

describe("roots", () => {
  it("of tan q = q to double precision", () => {
    const roots = sphereRoots(300);
    const printed = [4.49340946, 7.72525184, 10.90412166, 14.06619391, 17.22075527];
    for (const [k, root] of printed.entries()) expectDigits(roots[k], root, 8);
    for (const q of roots) expect(Math.abs(Math.sin(q) / q - Math.cos(q))).toBeLessThan(2.3e-16 * q);
    expectNear(roots[0], 4.493409457909064, 4e-16);
  });

  it("of J1 to double precision", () => {
    const roots = cylinderRoots(200);
    const printed = [3.83170597, 7.01558667, 10.17346814, 13.32369194];
    for (const [k, root] of printed.entries()) expectDigits(roots[k], root, 8);
    expectNear(roots[0], 3.8317059702075125, 4e-16);
    for (const a of roots) expect(Math.abs(besselJ01(a)[1])).toBeLessThan(2e-14);
  });
});

describe("constant flux", () => {
  it.each(table)("reproduces the table at τ = %d to its eight digits", (tau, ...row) => {
    [0, 0.5, 1].forEach((x, k) => {
      expect(Math.abs(sphere.value(x, tau) - row[k])).toBeLessThan(1e-8);
      expect(Math.abs(cylinder.value(x, tau) - row[k + 3])).toBeLessThan(1e-8);
    });
  });

  it("has the printed gap between surface and mean, tending to 1/5 and 1/4", () => {
    const rows = [
      [0.01, 0.093643],
      [0.05, 0.162165],
      [0.1, 0.186762],
      [0.2, 0.198253],
      [0.5, 0.199996],
    ];
    for (const [tau, gap] of rows) expectDigits(sphere.value(1, tau) - sphere.mean(tau), gap, 6);
    expectNear(sphere.value(1, 3) - sphere.mean(3), sphere.finalGap, 1e-14);
    expectNear(cylinder.value(1, 5) - cylinder.mean(5), cylinder.finalGap, 1e-14);
  });

  it("starts like a half space: Θ → 2√(τ/π)", () => {
    for (const body of [sphereUnderFlux(2000), cylinderUnderFlux(1200)])
      expectNear(body.value(1, 1e-5), 2 * Math.sqrt(1e-5 / Math.PI), 4e-3);
  });

  it("satisfies the diffusion equation inside by central differences", () => {
    const [h, k] = [1e-3, 1e-5];
    for (const [body, dimension] of [
      [sphere, 3],
      [cylinder, 2],
    ] as const)
      for (const x of [0.3, 0.6, 0.9]) {
        const [left, here, right] = [x - h, x, x + h].map((at) => body.value(at, 0.07));
        const laplacian = (left - 2 * here + right) / h ** 2 + ((dimension - 1) / x) * ((right - left) / (2 * h));
        const rate = (body.value(x, 0.07 + k) - body.value(x, 0.07 - k)) / (2 * k);
        expectNear(rate, laplacian, 1e-4);
      }
  });

  it("refuses a time that its terms do not reach", () => {
    expect(() => sphereUnderFlux(20).value(1, 1e-4)).toThrow(/ask for more terms/);
    expect(() => sphere.value(1, 0)).toThrow(RangeError);
  });
});
