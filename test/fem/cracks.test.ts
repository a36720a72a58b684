import { describe, expect, it } from "vitest";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import { cycles } from "../../src/fem/law/crack/cycles.js";
import type { CrackEffectChoice } from "../../src/fem/law/crack/effects.js";
import type { CathodeSpec } from "../../src/fem/model/cathode.js";
import type { CrackedParticles } from "../../src/fem/model/crack-state.js";
import type { Frame } from "../../src/fem/model/frame.js";
import { reactionLaw } from "../../src/fem/model/reaction.js";
import { bentDiffusivity } from "../../validation/manufactured/problems.js";
import { course, halfCycles, stripCathode } from "./strip-cathode.js";

const protocol = halfCycles(2);
const { eigenstrain, particleSolid, ...plain } = stripCathode({ protocol });

function cracked(effect: CrackEffectChoice | null, perLoading = 2): CrackedParticles {
  const law = cycles.law(
    {
      ...{ perLoading, exponent: 2, threshold: 0.1, largestShare: 0.2, hoopWeight: 1, effect },
      strength: { scale: 400e6, modulus: 6, referenceRadius: 5e-6 },
      collapse: { strain: 0.004, knee: 0.7, end: 0.5 },
    },
    { ...particleSolid, eigenstrain },
  );
  return { law, strength: Float64Array.of(400e6) };
}

const run = (cracks: CrackedParticles | null, own: Partial<CathodeSpec> = {}) => {
  const whole = course(stripCathode({ protocol, ...own, cracks }));
  expect(whole.ending).toEqual({ ok: true });
  return whole;
};
const without = ({ particles: { crackShare: _, ...particles }, ...frame }: Frame) => ({ ...frame, particles });
const shares = (frames: readonly Frame[]) => frames.map(({ particles }) => particles.crackShare[0]);

describe("cracks inside the particles of a cathode", () => {
  const sound = run(null);
  const observed = run(cracked(null));
  const wetted = run(cracked({ kind: "wetted", area: 10 }));

  it("grow by the means of each accepted step in closed form, and never heal", () => {
    const { law, strength } = cracked(null);
    let [grown, level] = [0, law.level(0.85, 0.85, strength[0])];
    observed.frames.forEach(({ particles: { meanStoichiometry, surfaceStoichiometry, crackShare } }) => {
      const reached = law.level(meanStoichiometry[0], surfaceStoichiometry[0], strength[0]);
      grown += law.growth(level, reached);
      level = reached;
      expect(crackShare[0]).toBe(law.share(grown));
    });
    expect(shares(observed.frames).at(-1)).toBeGreaterThan(0.05);
  });

  it("change no bit of anything else while they are only observed, or have no area to give", () => {
    expect(observed.frames.map(without)).toEqual(sound.frames.map(without));
    expect(shares(sound.frames).every((share) => share === 0)).toBe(true);
    const nothing = run(cracked({ kind: "wetted", area: 0 }));
    expect(nothing.frames).toEqual(observed.frames);
  });

  it("act as they were when the instruction began: not in the first charge, from the first discharge on", () => {
    const first = observed.frames.findIndex(({ ended }) => ended !== null) + 1;
    expect(shares(observed.frames)[first - 1]).toBeGreaterThan(0.01);
    expect(wetted.frames.slice(0, first)).toEqual(observed.frames.slice(0, first));
    expect(wetted.frames[first].voltage).toBeGreaterThan(observed.frames[first].voltage + 1e-4);
  });

  it("are of second order in time, effect and all", () => {
    const [coarse, middle, fine] = [160, 320, 640].map((leastSteps) => {
      const time = { method: "bdf2", tolerance: 1e6, sizes: { smallest: 1e-4, largest: 1e6 }, leastSteps } as const;
      const own = { time, fatigue: null, cohesive: elasticInterface(1e16) };
      return shares(run(cracked({ kind: "wetted", area: 10 }, 0.02), own).frames).at(-1) ?? Number.NaN;
    });
    expect(Math.abs(Math.log2((coarse - middle) / (middle - fine)) - 2)).toBeLessThan(0.1);
  });

  it.each([
    ["wetted", {}],
    ["wetted, with D(s)", { diffusivity: bentDiffusivity }],
  ] as const)("go on from a checkpoint in the same bits: %s", (_, own) => {
    const cracks = cracked({ kind: "wetted", area: 10 });
    const whole = run(cracks, own);
    for (const checkpoint of whole.checkpoints) {
      const rest = course(stripCathode({ protocol, ...own, cracks }), structuredClone(checkpoint));
      expect(rest.frames).toEqual(whole.frames.slice(checkpoint.numbers.step));
    }
  });
});

describe("a reaction over an area that cracks gained", () => {
  it("has its resistance, film and charge transfer, over 1 + a A", () => {
    const points = { weight: Float64Array.of(2, 2), particle: Int32Array.of(0, 1) };
    const law = reactionLaw({ ...plain, thermalVoltage: 0.0257 }, points);
    law.take(Float64Array.of(0.4, 0.4), Float64Array.of(1, 3));
    const equilibrium = plain.openCircuitPotential.value(0.6);
    const value = Float64Array.of(0.6, equilibrium + 0.05, 0.6, equilibrium + 0.05);
    const [flux, block] = [new Float64Array(2), new Float64Array(4)];
    for (const p of [0, 1]) {
      law.flux(p, value, flux);
      law.block(p, value, block);
    }
    expect(Math.abs(flux[1] / flux[0] / 3 - 1)).toBeLessThan(1e-13);
    expect(Math.abs(block[3] / block[1] / 3 - 1)).toBeLessThan(1e-13);
    expect(Math.abs(block[2] / block[0] / 3 - 1)).toBeLessThan(1e-12);
  });
});
