import { describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { crackLaw } from "../../src/fem/law/crack/cracks.js";
import { cycles } from "../../src/fem/law/crack/cycles.js";
import { wetted } from "../../src/fem/law/crack/wetted.js";
import { linear } from "../../src/fem/law/eigenstrain/linear.js";
import { expectNear } from "./tolerance.js";

const chosen = {
  perLoading: 0.3,
  exponent: 3,
  threshold: 0.3,
  largestShare: 0.25,
  strength: { scale: 400e6, modulus: 6, referenceRadius: 5e-6 },
  hoopWeight: 0.8,
  collapse: { strain: 0.004, knee: 0.4, end: 0.2 },
  effect: null,
};
const omega = 1.84e-6;
const concentration = 50e3;
const [E, nu] = [140e9, 0.3];
const solid = {
  youngModulus: E,
  poissonRatio: nu,
  eigenstrain: linear.law({ partialMolarVolume: omega }, concentration),
};
const law = cycles.law(chosen, solid);

describe("growth of cracks", () => {
  /** Levels up, held, partly down, up beyond, down. */
  const turns = [0, 0.8, 0.8, 0.45, 1.1, 0];
  const drive = (level: number) => (level <= 0.3 ? 0 : ((level - 0.3) / 0.7) ** 3);
  const exact = 0.25 * (1 - Math.exp(-0.3 * (drive(0.8) + drive(1.1) - drive(0.45))));
  const followed = (parts: number): number => {
    let grown = 0;
    for (let k = 0; k + 1 < turns.length; k++)
      for (let part = 0; part < parts; part++) {
        const at = (share: number): number => turns[k] + ((turns[k + 1] - turns[k]) * share) / parts;
        grown += law.growth(at(part), at(part + 1));
      }
    return law.share(grown);
  };

  it.each([1, 2, 10, 1000])(
    "is its closed form in %i steps a way, however long they take: it is given no time",
    (parts) => {
      expectNear(followed(parts), exact, 1e-14);
    },
  );

  it("is k_A a loading to the strength, none in a hold, none below the threshold, none while unloading", () => {
    expectNear(law.growth(0, 1), 0.3, 1e-15);
    expect(law.growth(0.9, 0.9)).toBe(0);
    expect(law.growth(0, 0.3)).toBe(0);
    expect(law.growth(1, 0.2)).toBe(0);
  });

  it("never passes the largest share", () => {
    expect(law.share(0)).toBe(0);
    expect(law.share(1e3)).toBe(0.25);
    expectNear(law.share(1e-9), 0.25e-9, 1e-8);
  });
});

describe("what drives cracks", () => {
  it("is the hoop tension Ω E c_max (s̄ − s_surf)/(3 (1 − ν)) of a surface that is emptier than the inside", () => {
    const hoop = (omega * E * concentration * 0.1) / (3 * (1 - nu));
    expectNear(law.level(0.7, 0.6, 400e6), (0.8 * hoop) / 400e6, 1e-12);
    expect(law.level(0.6, 0.7, 400e6)).toBe(0);
  });

  it("is the misfit of grains below the knee, in proportion, besides", () => {
    expectNear(law.level(0.2, 0.2, 400e6), (E * 0.004) / 400e6, 1e-14);
    expectNear(law.level(0.3, 0.3, 800e6), (E * 0.002) / 800e6, 1e-14);
    expect(law.level(0.4, 0.4, 400e6)).toBe(0);
    expectNear(law.level(0.3, 0.2, 1), law.level(0.3, 0.3, 1) + law.level(0.7, 0.6, 1), 1e-12);
  });
});

describe("strengths of particles", () => {
  /** Largest difference of the empirical distribution of many seeds' first particles from Weibull's. */
  const apart = (radius: number, dimension: 2 | 3, scale: number): number => {
    const sample = Float64Array.from({ length: 4000 }, (_, seed) =>
      law.strength(radius, dimension, draws(seed, "crack strength").uniform()),
    ).sort();
    return sample.reduce((most, sigma, k) => {
      const below = 1 - Math.exp(-((sigma / scale) ** 6));
      return Math.max(most, Math.abs(below - k / 4000), Math.abs(below - (k + 1) / 4000));
    }, 0);
  };
  /** Kolmogorov's limit at 1 %. */
  const allowed = 1.63 / Math.sqrt(4000);

  it.each([
    [5e-6, 3, 1],
    [10e-6, 3, 2 ** (-3 / 6)],
    [2.5e-6, 2, 2 ** (2 / 6)],
  ] as const)(
    "are Weibull's with the size effect (V/V₀)^{−1/m}: radius %s m, dimension %s",
    (radius, dimension, size) => {
      expect(apart(radius, dimension, 400e6 * size)).toBeLessThan(allowed);
      expect(apart(radius, dimension, 400e6 * size * 1.05)).toBeGreaterThan(allowed);
    },
  );

  it("are finite and above zero at the ends of what is drawn", () => {
    for (const drawn of [0, 1 - 2 ** -53]) {
      const sigma = law.strength(5e-6, 3, drawn);
      expect(sigma > 0 && Number.isFinite(sigma)).toBe(true);
    }
  });
});

describe("a crack law", () => {
  it.each([
    ["strength.modulus 0", { strength: { ...chosen.strength, modulus: 0 } }],
    ["strength.scale -1 Pa", { strength: { ...chosen.strength, scale: -1 } }],
    ["collapse.strain 2", { collapse: { ...chosen.collapse, strain: 2 } }],
    ["knee 0.2, end 0.2", { collapse: { ...chosen.collapse, knee: 0.2 } }],
    ["threshold 1", { threshold: 1 }],
    ["largestShare 1", { largestShare: 1 }],
  ])("refuses %s", (found, changed) => {
    expect(() => cycles.law({ ...chosen, ...changed }, solid)).toThrow(`cycles crack law: found ${found}`);
  });

  it("may be done without, and is only observed unless an effect is chosen", () => {
    expect(crackLaw(null, solid)).toBeNull();
    expect(law.effect.area(0.2)).toBe(1);
    expect(wetted.law({ area: 10 }).area(0.2)).toBe(3);
    expect(cycles.law({ ...chosen, effect: { kind: "wetted", area: 10 } }, solid).effect.area(0.1)).toBe(2);
  });
});
