import { describe, expect, it } from "vitest";
import { crowding, pullStrength, tractionFactor } from "../../src/network/model/neighbour-law.js";
import { type Facing, openings } from "../../src/network/model/openings.js";
import { sightOf } from "../../src/network/neighbours/sight.js";
import { lognormalRadiiOf, takeRadii } from "../../src/network/packing/radius-distribution.js";
import { packAtRandom } from "../../src/network/packing/random-packing.js";
import { scattered } from "../../src/network/packing/start.js";
import type { Packing } from "../../src/space/packing.js";

/** Spheres on a line across the depth, in a box of that width. */
function line(places: readonly number[], radii: readonly number[], width: number): Packing {
  return {
    dimension: 3,
    box: [width, 100, 100],
    periodic: false,
    centre: Float64Array.from(places.flatMap((x) => [x, 50, 50])),
    radius: Float64Array.from(radii),
  };
}

const facingOf = (packing: Packing): Facing[][] => openings(packing, sightOf(packing));

/** Force of a gap over the lone traction and the strain, in m². */
function pullOf({ gap, ratio, opened }: Facing, own: number): number {
  const other = own / ratio;
  const strength = pullStrength(3, { gap, ratio }) * own ** 2 + pullStrength(3, { gap, ratio: 1 / ratio }) * other ** 2;
  return (strength / 2) * opened;
}

describe("gaps between particles that shrink alike", () => {
  it("stay as they are where nothing holds a pair apart", () => {
    const [[first], [second]] = facingOf(line([48, 50.5], [1, 1.2], 100));
    expect(Math.abs(first.opened)).toBeLessThan(1e-9);
    expect(second.opened).toBe(first.opened);
    expect(first.ratio).toBe(1 / 1.2);
    expect(Math.abs(first.gap / (0.3 / 1.1) - 1)).toBeLessThan(1e-12);
  });

  it("open in full in an even row between walls", () => {
    for (const facing of facingOf(line([1.25, 3.75, 6.25], [1, 1, 1], 7.5))) {
      expect(facing).toHaveLength(2);
      for (const { opened } of facing) expect(Math.abs(opened - 1)).toBeLessThan(1e-9);
    }
  });

  it("open where they are wide, with one force all along an uneven row", () => {
    const radii = [1, 1.3, 0.8];
    const facing = facingOf(line([1.1, 3.5, 6.4], radii, 7.6));
    const opened = new Map(facing[1].map((one) => [one.particle, one]));
    expect(opened.get(0)!.gap).toBeLessThan(opened.get(2)!.gap);
    expect(opened.get(0)!.opened).toBeLessThan(opened.get(2)!.opened);
    const [left, right] = [pullOf(opened.get(0)!, radii[1]), pullOf(opened.get(2)!, radii[1])];
    expect(Math.abs(left / right - 1)).toBeLessThan(1e-8);
    // In all they open by as much as the particles shrink between the walls.
    const image = (k: number): Facing => facing[k].find(({ particle }) => particle === k)!;
    const total =
      image(0).opened * radii[0] +
      opened.get(0)!.opened * (radii[0] + radii[1]) +
      opened.get(2)!.opened * (radii[1] + radii[2]) +
      image(2).opened * radii[2];
    expect(Math.abs(total / (2 * (1 + 1.3 + 0.8)) - 1)).toBeLessThan(1e-9);
  });

  it("are not seen past a particle between", () => {
    const facing = facingOf(line([40, 42.2, 44.4], [1, 1, 1], 100));
    expect(facing.map((list) => list.map(({ particle }) => particle))).toEqual([[1], [0, 2], [1]]);
  });

  it("turn with the packing", () => {
    const packing = line([46, 48.3, 51], [1, 1.1, 0.9], 100);
    const turned = { ...packing, centre: packing.centre.map((_, i) => packing.centre[i - (i % 3) + [1, 0, 2][i % 3]]) };
    const gaps = (facing: Facing[][]): number[] => facing.flat().map(({ gap }) => gap);
    const [before, after] = [facingOf(packing), facingOf(turned)];
    expect(gaps(after)).toEqual(gaps(before));
    expect(after[0][0].way).toEqual([0, 1, 0]);
  });

  it("balance around every particle of a random packing, also through periodic sides", () => {
    const packed = packAtRandom({
      dimension: 2,
      solidFraction: 0.5,
      radius: takeRadii(lognormalRadiiOf(1, 0.15), 80, 3),
      periodic: true,
      seed: 3,
      start: scattered,
      clearance: 0.1,
    });
    if (!packed.ok) throw new Error(packed.reason);
    const facing = facingOf(packed.packing);
    const openedAll = facing.flat().map(({ opened }) => opened);
    expect(Math.min(...openedAll)).toBeLessThan(0.3);
    expect(Math.max(...openedAll)).toBeGreaterThan(1.2);
    // Not all neighbours in sight are faced: a plane graph has at most 3n edges.
    expect(facing.flat().length).toBeLessThan(2 * 3 * 80);
  });
});

describe("traction among neighbours", () => {
  it("is a lone particle's where there are none or their gaps stay", () => {
    expect(tractionFactor(3, [], [])).toEqual({ whole: 1, crowd: 0, film: 0 });
    expect(tractionFactor(2, [{ gap: 0.2, ratio: 1, opened: 0 }], [1])).toEqual({ whole: 1, crowd: 0, film: 0 });
  });

  it("rises ahead, falls across, and fades with the gap", () => {
    for (const dimension of [2, 3] as const) {
      const pull = { gap: 0.3, ratio: 1, opened: 1 };
      expect(tractionFactor(dimension, [pull], [1]).whole).toBeGreaterThan(2);
      expect(tractionFactor(dimension, [pull], [0]).whole).toBeLessThan(1.2);
      expect(crowding(dimension, { gap: 30, ratio: 1 }, 1)).toBeLessThan(0.05);
      expect(tractionFactor(dimension, [{ ...pull, opened: -1 }], [1]).crowd).toBe(0);
    }
  });

  it("counts as a film's where the carbon/binder is thin", () => {
    const share = (gap: number): number => {
      const { crowd, film } = tractionFactor(3, [{ gap, ratio: 1, opened: 1 }], [1]);
      return film / crowd;
    };
    expect(share(0.1)).toBeGreaterThan(0.98);
    expect(share(0.8)).toBe(0.5);
    expect(share(4)).toBeLessThan(0.06);
  });
});
