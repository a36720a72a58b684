import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bilinear, bilinear, cohesiveOpenings } from "../../src/fem/law/cohesive/bilinear.js";
import { dissipationIncrement, effectiveOpening, interfaceEnergy } from "../../src/fem/law/cohesive/cohesive.js";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import type { CohesiveLaw, TractionPoint } from "../../src/fem/law/law.js";
import { expectNear } from "./tolerance.js";

type BondedAt = Bilinear & { readonly stiffness: number };
const bonded = (bond: BondedAt) => bilinear.law(bond, bond.stiffness);
const bk = { kind: "benzeggagh-kenane", exponent: 2 } as const;
/** The set of the published single-point tests. */
const reference: BondedAt = {
  stiffness: 1000,
  normalStrength: 10,
  shearStrength: 15,
  normalToughness: 1,
  shearToughness: 2,
  mixedMode: bk,
};
/** σ_c 10 MPa, G_c 0.5 J/m², K 1e15 Pa/m: δ_0 10 nm, δ_f 100 nm. */
const polymer: BondedAt = {
  stiffness: 1e15,
  normalStrength: 10e6,
  shearStrength: 10e6,
  normalToughness: 0.5,
  shearToughness: 0.5,
  mixedMode: bk,
};

function at(law: CohesiveLaw, normal: number, shear: number, damage = 0): TractionPoint {
  const out = { normal: 0, shear: 0, normalSecant: 0, shearSecant: 0, damage: 0, softening: 0 };
  law.traction(normal, shear, damage, out);
  return out;
}

/** Path of gaps with the history carried along; returns the points, the work of the tractions and the dissipation. */
function follow(law: CohesiveLaw, stiffness: number, path: readonly (readonly [number, number])[]) {
  let work = 0;
  let dissipated = 0;
  let before = path[0];
  let point = at(law, before[0], before[1]);
  const points = [point];
  for (const gap of path.slice(1)) {
    const next = at(law, gap[0], gap[1], point.damage);
    work += 0.5 * (point.normal + next.normal) * (gap[0] - before[0]);
    work += 0.5 * (point.shear + next.shear) * (gap[1] - before[1]);
    const openings = [effectiveOpening(before[0], before[1]), effectiveOpening(gap[0], gap[1])];
    dissipated += dissipationIncrement(stiffness, openings[0], openings[1], point.damage, next.damage);
    [before, point] = [gap, next];
    points.push(point);
  }
  return { points, work, dissipated, last: before };
}

function ramp(from: readonly [number, number], to: readonly [number, number], steps: number): [number, number][] {
  return Array.from({ length: steps + 1 }, (_, k) => [
    from[0] + ((to[0] - from[0]) * k) / steps,
    from[1] + ((to[1] - from[1]) * k) / steps,
  ]);
}

describe("the bilinear law", () => {
  const law = bonded(reference);

  it("meets the published single-point numbers in mixed mode to 1e-8", () => {
    const rows: readonly (readonly [readonly number[], readonly number[]])[] = [
      [
        [0.01, 0.008, 0.006],
        [8.2220308033, 6.5776246426, 4.933218482],
      ],
      [
        [0.02, 0.016, 0.012],
        [7.635711585, 6.108569268, 4.581426951],
      ],
      [
        [0.05, 0.04, 0.03],
        [5.8767539303, 4.7014031442, 3.5260523582],
      ],
    ];
    for (const [jump, traction] of rows) {
      const point = at(law, jump[0], Math.hypot(jump[1], jump[2]));
      expectNear(point.normal, traction[0], 1e-8);
      expectNear(point.shear, Math.hypot(traction[1], traction[2]), 1e-8);
    }
  });

  it("meets them in pure shear", () => {
    // The jumps are printed to 7 digits.
    expectNear(at(law, 0, 0.0160804).shear, 14.935605178, 1e-6);
    expectNear(at(law, 0, 0.0301507).shear, 14.096974941, 1e-6);
  });

  it("opens at δ_0 = 10 nm and parts at δ_f = 100 nm with the area 0.5 J/m²", () => {
    const [onset, final] = cohesiveOpenings(polymer, polymer.stiffness, 0);
    expectNear(onset, 10e-9, 1e-14);
    expectNear(final, 100e-9, 1e-14);
    const path = [...ramp([0, 0], [10e-9, 0], 10), ...ramp([10e-9, 0], [100e-9, 0], 1000).slice(1)];
    const { work, dissipated, points } = follow(bonded(polymer), polymer.stiffness, path);
    expectNear(work, 0.5, 1e-8);
    expectNear(dissipated, 0.5, 1e-8);
    expectNear(points[points.length - 1].normal, 0, 1, 1e-3);
    expect(points[points.length - 1].damage).toBeGreaterThan(1 - 1e-12);
  });

  it("has dissipated G_c (δ − δ_0)/(δ_f − δ_0) on the way", () => {
    const path = [...ramp([0, 0], [10e-9, 0], 1), ...ramp([10e-9, 0], [55e-9, 0], 7).slice(1)];
    const { dissipated } = follow(bonded(polymer), polymer.stiffness, path);
    expectNear(dissipated, 0.25, 1e-10);
  });

  it.each(["benzeggagh-kenane", "power"] as const)("releases the mixed-mode toughness by the %s criterion", (kind) => {
    for (const exponent of [1, 1.5, 2])
      for (const share of [0, 0.2, 0.5, 0.8, 1]) {
        const p = { ...reference, mixedMode: { kind, exponent } };
        const [onset, final] = cohesiveOpenings(p, p.stiffness, share);
        const direction = [Math.sqrt(1 - share), Math.sqrt(share)];
        const end = (opening: number): [number, number] => [opening * direction[0], opening * direction[1]];
        const path = [...ramp([0, 0], end(onset), 1), ...ramp(end(onset), end(final * 1.001), 400).slice(1)];
        const { work } = follow(bonded(p), p.stiffness, path);
        const power = (((1 - share) / 1) ** exponent + (share / 2) ** exponent) ** (-1 / exponent);
        expectNear(work, kind === "power" ? power : 1 + share ** exponent, 2e-5);
      }
  });

  it("starts to damage on the ellipse of strengths", () => {
    for (const angle of [0, 0.3, 0.8, 1.2, Math.PI / 2]) {
      const gap = [(10 / 1000) * Math.cos(angle), (15 / 1000) * Math.sin(angle)];
      expect(at(law, gap[0] * 0.999999, gap[1] * 0.999999).damage).toBe(0);
      expect(at(law, gap[0] * 1.000001, gap[1] * 1.000001).damage).toBeGreaterThan(0);
    }
  });

  it.each([
    ["I", 1, 0],
    ["II", 0, 1],
    ["mixed", 1, 0.7],
  ])("unloads through the origin and reloads to where it was, mode %s", (_mode, n, s) => {
    const most = 0.05;
    const there = at(law, n * most, s * most);
    for (const share of [0.7, 0.3, 0, 0.5, 1]) {
      const point = at(law, n * most * share, s * most * share, there.damage);
      expectNear(point.normal, there.normal * share, 1e-14);
      expectNear(point.shear, there.shear * share, 1e-14);
      expect(point.damage).toBe(there.damage);
    }
  });

  it("gets no worse by reversed cycling at the same opening", () => {
    let damage = at(law, 0.03, 0.02).damage;
    const first = damage;
    for (let cycle = 0; cycle < 20; cycle++)
      for (const [n, s] of [
        [0.03, -0.02],
        [0, 0],
        [-0.01, 0.01],
        [0.03, 0.02],
      ])
        damage = at(law, n, s, damage).damage;
    expect(damage).toBe(first);
  });

  it("carries compression undamaged and lets only sliding damage there", () => {
    const point = at(law, -0.002, 0.01, 0.6);
    expect(point.normal).toBe(-2);
    expect(point.normalSecant).toBe(1000);
    expectNear(point.shear, 4, 1e-14);
    expect(at(law, -1e3, 0.0149).damage).toBe(0);
    expect(at(law, -1e3, 0.02).damage).toBe(at(law, 0, 0.02).damage);
  });

  it("never heals, never gains energy, stays within 0–1 on any path", () => {
    const gap = fc.tuple(
      fc.double({ min: -0.02, max: 0.3, noNaN: true }),
      fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(gap, { minLength: 2, maxLength: 30 }), (path) => {
        const { points, dissipated } = follow(law, reference.stiffness, path);
        for (let k = 1; k < points.length; k++) {
          expect(points[k].damage).toBeGreaterThanOrEqual(points[k - 1].damage);
          expect(points[k].damage).toBeLessThanOrEqual(1);
        }
        expect(dissipated).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("balances work, stored and dissipated energy in proportional opening, step by step", () => {
    const openings = fc.array(fc.double({ min: 0, max: 0.3, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(openings, (values) => {
        const path = [0, ...values].map((x): [number, number] => [0.8 * x, 0.6 * x]);
        const { work, dissipated, points, last } = follow(law, reference.stiffness, path);
        const stored = interfaceEnergy(reference.stiffness, last[0], last[1], points[points.length - 1].damage);
        expectNear(work, stored + dissipated, 1e-12, 1);
      }),
    );
  });

  it("hands back secants that give the tractions", () => {
    const point = at(law, 0.03, -0.02, 0.1);
    expect(point.normal).toBe(point.normalSecant * 0.03);
    expect(point.shear).toBe(point.shearSecant * -0.02);
  });

  it("refuses a law without a softening branch", () => {
    expect(() => bonded({ ...polymer, normalToughness: 0.05 })).toThrow(
      "allowed: toughness above strength²/(2·stiffness) = 0.05 J/m²: the law must soften",
    );
    expect(() => bonded({ ...polymer, shearToughness: 0.049 })).toThrow("found 0.049 J/m² at 10000000 Pa");
    expect(() => bonded({ ...polymer, stiffness: 0 })).toThrow(/stiffness 0/);
    const mixed = { ...polymer, shearStrength: 30e6, shearToughness: 0.46, normalToughness: 0.051 };
    expect(() => bonded(mixed)).toThrow(/found .* where a share 0\.\d+ of the opening is shear/);
  });
});

describe("elasticInterface", () => {
  const law = elasticInterface(1e16);

  it("keeps the damage it is given and degrades opening and sliding by it, contact not", () => {
    expect(at(law, 1e-6, 1e-6, 0.25)).toEqual({
      normal: 0.75e10,
      shear: 0.75e10,
      normalSecant: 0.75e16,
      shearSecant: 0.75e16,
      damage: 0.25,
      softening: 0,
    });
    expect(at(law, -1e-9, 1e-9, 0.25).normal).toBe(-1e7);
    expectNear(at(law, -1e-9, 1e-9, 0.25).shear, 0.75e7, 1e-15);
  });
});
