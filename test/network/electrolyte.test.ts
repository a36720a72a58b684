import { describe, expect, it } from "vitest";
import { electrolyteProfile, solidShares } from "../../src/network/model/electrolyte-profile.js";
import { network, networkParts } from "../../src/network/model/network.js";
import { weakened } from "../../src/network/model/weakening.js";
import { solidMeasure } from "../../src/space/packing.js";
import { endsOf, spread } from "../../validation/network-electrolyte.js";
import { columnOf, framesOf, networkSpec, rowOf } from "./network-spec.js";

describe("the particles' share of slabs", () => {
  it.each([2, 3] as const)("adds up to all of them in %i-D", (dimension) => {
    const packing = rowOf(dimension, [0.5, 0.5, 0.5]);
    const shares = solidShares(packing, 7);
    const whole = packing.box[0] * packing.box[1] * (dimension === 3 ? packing.box[2] : 1);
    const sum = shares.reduce((total, share) => total + (share * whole) / 7, 0);
    expect(Math.abs(sum / solidMeasure(dimension, packing.radius) - 1)).toBeLessThan(1e-13);
    // Symmetric about the middle, where the row lies.
    for (let j = 0; j < 7; j++) expect(Math.abs(shares[j] - shares[6 - j])).toBeLessThan(1e-12);
    expect(shares[3]).toBeGreaterThan(shares[1]);
  });
});

describe("the electrolyte's potential", () => {
  /** Thin disks in a column, on nodes of the profile: the medium is nearly that of the electrolyte alone. */
  const depth = 100e-6;
  const heights = [0.1, 0.3, 0.6, 0.9];
  const column = {
    dimension: 2 as const,
    box: [20e-6, depth, 0] as const,
    periodic: false,
    centre: Float64Array.from(heights.flatMap((z) => [10e-6, z * depth, 0])),
    radius: new Float64Array(4).fill(1.001e-6),
    coverage: new Float64Array(4).fill(0.5),
    patch: Float64Array.from(heights.flatMap(() => [0, -1, 0])),
  };
  const currents = Float64Array.of(1, 0, 2, 0, 0, 3, 4, 0);

  it("is that of resistors in series", () => {
    const out = new Float64Array(4);
    electrolyteProfile(column, 0.2).potentials(currents, out);
    // A particle's current passes all slabs between it and the separator.
    const nodes = 100;
    const shares = solidShares(column, nodes);
    heights.forEach((own, k) => {
      let sum = 0;
      for (let j = 0; j < nodes; j++) {
        const above = heights.reduce(
          (total, z, i) => total + (z < (j + 0.5) / nodes ? currents[2 * i] + currents[2 * i + 1] : 0),
          0,
        );
        const kappa = (0.2 * (1 - shares[j])) / (1 + shares[j]);
        if ((j + 0.5) / nodes > own) sum += (above * (depth / nodes)) / (kappa * 20e-6);
      }
      expect(Math.abs(out[k] / sum - 1)).toBeLessThan(1e-10);
    });
  });

  it("has no room among particles that overlap", () => {
    const crowded = { ...column, radius: new Float64Array(4).fill(12e-6) };
    expect(() => electrolyteProfile(crowded, 0.2)).toThrow(/particles that fill 1\.\d+ of the electrode between .* um/);
  });

  it("answers currents that follow it as the whole system does", () => {
    // Between nodes, where two elements' ends answer together.
    const centre = column.centre.map((z, i) => z + (i % 3 === 1 ? 0.37e-6 : 0));
    const profile = electrolyteProfile({ ...column, centre }, 0.2);
    const blocks = Float64Array.from({ length: 16 }, (_, e) => [3, 0.5, 0.4, 2][e % 4] * 1e-2 * (1 + (e >> 2)));
    profile.take(blocks);
    const [answer, by] = [new Float64Array(4), new Float64Array(4)];
    profile.answer(currents, answer);
    // I − G P φ_e are the currents that make φ_e.
    const made = currents.map((current, a) => {
      const [k, e] = [a >> 1, 4 * (a >> 1) + 2 * (a & 1)];
      return current - (blocks[e] + blocks[e + 1]) * answer[k];
    });
    profile.potentials(made, by);
    for (let k = 0; k < 4; k++) expect(Math.abs(by[k] / answer[k] - 1)).toBeLessThan(1e-12);
  });
});

describe("a network with an ohmic electrolyte", () => {
  it("keeps its balances, and works harder what lies nearer the separator", () => {
    const packing = columnOf([0.5, 0.5, 0.5]);
    const current = 9 * 3 * 2 * Math.PI * 5e-6;
    const steps = [{ verb: "charge" as const, control: { current }, until: { time: 300 } }];
    const all = framesOf(
      networkSpec(packing, {
        electrolyteConductivity: 0.05,
        conductivity: [1, 1],
        protocol: { repeat: 1, steps },
        currentScale: current,
      }),
    );
    for (const { balances } of all) {
      expect(balances.lithium).toBeLessThan(1e-10);
      expect(balances.charge).toBeLessThan(1e-9);
    }
    const { meanStoichiometry: s } = all[all.length - 1].particles;
    expect(s[0] - s[1]).toBeGreaterThan(0.005);
    expect(s[1] - s[2]).toBeGreaterThan(0.005);
  });
});

describe("three disks one behind another", () => {
  it("part by the electrolyte as where it is resolved", () => {
    const column = { rows: 3, conductivity: 0.05, charges: 1 };
    const [resolved, reduced] = (["fem", "network"] as const).map((fidelity) => endsOf(fidelity, column)[0]);
    expect(spread(resolved)).toBeGreaterThan(0.02);
    expect(Math.abs(spread(reduced) / spread(resolved) - 1)).toBeLessThan(0.25);
    resolved.stoichiometry.forEach((s, k) => {
      expect(Math.abs(reduced.stoichiometry[k] - s)).toBeLessThan(5e-3);
    });
  });
});

describe("ways lost with damage", () => {
  const packing = rowOf(2, [0.9, 0.5, 0.1]);
  const { graph, points } = networkParts(networkSpec(packing));

  it("keep what the mean damage of their ends leaves", () => {
    const damage = Float64Array.from(points.particle, (k, p) =>
      k === 0 ? 1 : k === 1 ? 0.5 : 0.1 * (p % points.each),
    );
    const left = weakened(graph, points, damage, 0.8);
    const ofPatch = [1, 1, 0.5, 0.5, 0.15, 0.15];
    left.forEach((g, e) => {
      const ends = [graph.from[e], graph.to[e]].filter((a) => a !== graph.collector);
      const mean = ends.reduce((sum, a) => sum + ofPatch[a], 0) / ends.length;
      expect(Math.abs(g / graph.conductance[e] - (1 - 0.8 * mean))).toBeLessThan(1e-12);
    });
  });

  it("leave the network's balances, and go on from a checkpoint in the same bits, with an ohmic electrolyte", () => {
    const current = 9 * 3 * 2 * Math.PI * 5e-6;
    const steps = [
      { verb: "charge" as const, control: { current }, until: { time: 300 } },
      { verb: "discharge" as const, control: { current: -current / 3 }, until: { time: 300 } },
    ];
    const electrolyteConductivity = 0.2;
    const protocol = { repeat: 2, steps };
    const spec = networkSpec(packing, { contactLoss: 0.9, electrolyteConductivity, protocol, currentScale: current });
    const whole = network(spec);
    let checkpoint: ReturnType<typeof whole.checkpoint> | undefined;
    const rest = [];
    for (let next = whole.advance(); "verb" in next; next = whole.advance()) {
      expect(next.balances.charge).toBeLessThan(1e-9);
      if (checkpoint !== undefined) rest.push(next);
      else if (next.ended !== null && next.verb === "discharge") checkpoint = structuredClone(whole.checkpoint());
    }
    expect(Math.max(...rest[rest.length - 1].particles.damage)).toBeGreaterThan(0.01);
    const resumed = network(spec, checkpoint);
    const again = [];
    for (let next = resumed.advance(); "verb" in next; next = resumed.advance()) again.push(next);
    expect(again).toEqual(rest);
    const kept = framesOf({ ...spec, contactLoss: 0 });
    expect(kept[kept.length - 1].voltage).not.toBe(rest[rest.length - 1].voltage);
  });
});
