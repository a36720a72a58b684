import { describe, expect, it } from "vitest";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import type { FatigueLaw } from "../../src/fem/law/law.js";
import type { CathodeSpec } from "../../src/fem/model/cathode.js";
import { capacity, course, fullCurrent, stripCathode } from "./strip-cathode.js";

const load = { exponent: 2, threshold: 0.3, referenceTraction: 6e7, shearWeight: 1 };
const byCycles = cycles.law({ perLoading: 0.5, ...load });
const byTime = creep.law({ rate: 2 / 720, ...load });

/** Damage of the strip that grows in each verb, over three cycles. */
function grown(fatigue: FatigueLaw, steps: CathodeSpec["protocol"]["steps"]): Record<string, number> {
  const { frames, ending } = course(
    stripCathode({ protocol: { repeat: 3, steps }, fatigue, cohesive: elasticInterface(1e16) }),
  );
  expect(ending).toEqual({ ok: true });
  const sums: Record<string, number> = { charge: 0, rest: 0, discharge: 0 };
  frames.forEach(({ verb, particles }, k) => {
    sums[verb] += particles.damage[0] - (frames[k - 1]?.particles.damage[0] ?? 0);
  });
  return sums;
}

const until = { throughput: capacity / 2 };
const charge = (share: number) => ({ verb: "charge", control: { current: share * fullCurrent }, until }) as const;
const discharge = (share: number) =>
  ({ verb: "discharge", control: { current: -share * fullCurrent }, until }) as const;
const rest = { verb: "rest", control: { current: 0 }, until: { time: 3600 } } as const;

describe("damage by cycles in a cathode", () => {
  it("grows while charging, not in a rest under load nor in a slow discharge, where damage by time does", () => {
    const steps = [charge(1), rest, discharge(0.25)];
    const [own, time] = [grown(byCycles, steps), grown(byTime, steps)];
    const whole = own.charge + own.rest + own.discharge;
    expect(own.charge).toBeGreaterThan(0.02);
    expect(own.charge / whole).toBeGreaterThan(0.95);
    expect(time.rest + time.discharge).toBeGreaterThan(0.5 * time.charge);
  });

  it("depends on how slowly it is charged by the fields alone: by time, half the rate doubles it", () => {
    const [fast, slow] = [1, 0.5].map((rate) => grown(byCycles, [charge(rate), discharge(1)]).charge);
    const [fastTime, slowTime] = [1, 0.5].map((rate) => grown(byTime, [charge(rate), discharge(1)]).charge);
    expect(Math.abs(slow / fast - 1)).toBeLessThan(0.25);
    expect(slowTime / fastTime).toBeGreaterThan(1.5);
  });
});
