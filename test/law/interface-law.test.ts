import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import { accumulate } from "../../src/fem/law/fatigue/fatigue.js";
import { interfaceLaw, interfacePoint } from "../../src/fem/law/interface-law.js";
import { expectNear } from "./tolerance.js";

const load = { exponent: 3, threshold: 0.1, referenceTraction: 35e6, shearWeight: 0.7 };
const laws = {
  cycles: cycles.law({ perLoading: 1.3, ...load }),
  creep: creep.law({ rate: 2e-2, ...load }),
};
const stiffness = 1e16;
const gap = fc.double({ min: -2e-8, max: 2e-8, noNaN: true });
const share = fc.double({ min: 0, max: 0.9, noNaN: true });

describe.each(Object.entries(laws))("an interface that gathers damage by %s", (_, fatigue) => {
  const law = interfaceLaw(elasticInterface(stiffness), fatigue);

  it("ends with tractions, level and damage that belong together", () => {
    fc.assert(
      fc.property(gap, gap, share, share, (normalGap, shearGap, damage, level) => {
        const out = interfacePoint();
        law.traction(normalGap, shearGap, { damage, level }, { h: 15, share: 1 }, out);
        const left = 1 - out.damage;
        expectNear(out.normal, (normalGap < 0 ? 1 : left) * stiffness * normalGap, 1e-12);
        expectNear(out.shear, left * stiffness * shearGap, 1e-12);
        const reached = fatigue.level(out.normal, out.shear);
        expect(Math.abs(out.level - reached)).toBeLessThan(1e-11 * Math.max(1, reached));
        const expected = accumulate(damage, fatigue.growth(level, out.level, 15));
        expect(Math.abs(out.damage - expected)).toBeLessThan(1e-10);
        expect(out.damage).toBeGreaterThanOrEqual(damage);
      }),
      { numRuns: 500 },
    );
  });

  it("pulls harder the more it opens, however much damage that makes", () => {
    const [less, more] = [interfacePoint(), interfacePoint()];
    const memory = { damage: 0.2, level: 0.3 };
    for (let opening = 1e-9; opening < 3e-8; opening *= 1.1) {
      law.traction(opening, 0, memory, { h: 15, share: 1 }, less);
      law.traction(1.05 * opening, 0, memory, { h: 15, share: 1 }, more);
      if (more.damage < 0.999) expect(more.normal).toBeGreaterThanOrEqual(less.normal * (1 - 1e-12));
    }
  });
});

it("is the same in one loading and in a thousand parts of it, by cycles", () => {
  const law = interfaceLaw(elasticInterface(stiffness), laws.cycles);
  const opened = (parts: number): number => {
    const at = interfacePoint();
    let memory = { damage: 0, level: 0 };
    for (let part = 1; part <= parts; part++) {
      law.traction((1.2e-8 * part) / parts, 0, memory, { h: 15 / parts, share: 1 }, at);
      memory = { damage: at.damage, level: at.level };
    }
    return memory.damage;
  };
  expect(opened(1)).toBeGreaterThan(0.1);
  expect(Math.abs(opened(1000) / opened(1) - 1)).toBeLessThan(1e-11);
});

it("leaves a compressed point alone", () => {
  const at = interfacePoint();
  const law = interfaceLaw(elasticInterface(stiffness), laws.cycles);
  law.traction(-1e-8, 0, { damage: 0.3, level: 0 }, { h: 15, share: 1 }, at);
  expect([at.damage, at.normal, at.level]).toEqual([0.3, -1e8, 0]);
});
