import { describe, expect, it } from "vitest";
import { cycles } from "../../src/fem/law/crack/cycles.js";
import type { CrackEffectChoice } from "../../src/fem/law/crack/effects.js";
import type { CrackedParticles } from "../../src/fem/model/crack-state.js";
import type { Frame } from "../../src/fem/model/frame.js";
import { network } from "../../src/network/model/network.js";
import { framesOf, networkSpec, rowOf } from "./network-spec.js";

const packing = rowOf(2, [0.9, 0.1]);
const base = networkSpec(packing);
const [charge, discharge] = [1, -1].map(
  (sign) =>
    ({
      verb: sign > 0 ? "charge" : "discharge",
      control: { current: (sign * base.currentScale) / 3 },
      until: { time: 120 },
    }) as const,
);
const protocol = { repeat: 2, steps: [charge, discharge] };

function cracked(effect: CrackEffectChoice | null): CrackedParticles {
  const law = cycles.law(
    {
      ...{ perLoading: 2, exponent: 2, threshold: 0.05, largestShare: 0.2, hoopWeight: 1, effect },
      strength: { scale: 20e6, modulus: 6, referenceRadius: 5e-6 },
      collapse: { strain: 0.004, knee: 0.4, end: 0.2 },
    },
    { ...base.particleSolid, eigenstrain: base.eigenstrain },
  );
  return { law, strength: Float64Array.of(20e6, 30e6) };
}

const run = (cracks: CrackedParticles | null) => framesOf({ ...base, protocol, cracks });
const without = ({ particles: { crackShare: _, ...particles }, ...frame }: Frame) => ({ ...frame, particles });

describe("cracks inside the particles of a network", () => {
  const [sound, observed, wetted] = [null, cracked(null), cracked({ kind: "wetted", area: 10 })].map(run);

  it("grow by the law of the finite elements, from the means of each accepted step", () => {
    const { law, strength } = cracked(null);
    for (const k of [0, 1]) {
      let [grown, level] = [0, law.level(base.initialStoichiometry, base.initialStoichiometry, strength[k])];
      for (const { particles } of observed) {
        const reached = law.level(particles.meanStoichiometry[k], particles.surfaceStoichiometry[k], strength[k]);
        grown += law.growth(level, reached);
        level = reached;
        expect(particles.crackShare[k]).toBe(law.share(grown));
      }
      expect(grown).toBeGreaterThan(0.001);
    }
  });

  it("change no bit while they are only observed, and act from the second instruction on where wetted", () => {
    expect(observed.map(without)).toEqual(sound.map(without));
    const first = observed.findIndex(({ ended }) => ended !== null) + 1;
    expect(wetted.slice(0, first)).toEqual(observed.slice(0, first));
    expect(wetted[first].voltage).not.toBe(observed[first].voltage);
  });

  it("go on from a checkpoint in the same bits", () => {
    const spec = { ...base, protocol, cracks: cracked({ kind: "wetted", area: 10 }) };
    const simulation = network(spec);
    for (let step = 0; step < wetted.length; step++) {
      const frame = simulation.advance();
      if (!("verb" in frame) || frame.ended === null) continue;
      const rest = network(spec, structuredClone(simulation.checkpoint()));
      for (const due of wetted.slice(step + 1)) expect(rest.advance()).toEqual(due);
    }
  });
});
