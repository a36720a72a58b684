import { describe, expect, it } from "vitest";
import { inOrder, placedByName, placedByPlace, stridesOf } from "../../src/imaging/volume/axes.js";
import { edge } from "../../src/imaging/volume/length-unit.js";

const named = (names: string, lengths: readonly number[]) =>
  [...names].map((name, k) => ({ name, length: lengths[k] as number }));

describe("axes of a file", () => {
  it("are found by their names, in any order", () => {
    const placed = placedByName("f", named("xzy", [4, 2, 3]));
    expect(placed.shape).toEqual([2, 3, 4]);
    const data = Uint8Array.from({ length: 24 }, (_, k) => k);
    const put = inOrder(data, placed, stridesOf([4, 2, 3]));
    for (let z = 0; z < 2; z++) {
      for (let y = 0; y < 3; y++)
        for (let x = 0; x < 4; x++) expect(put[(z * 3 + y) * 4 + x]).toBe((x * 2 + z) * 3 + y);
    }
  });

  it("lie as they are where their order is the usual one", () => {
    const data = new Float32Array(24);
    expect(inOrder(data, placedByName("f", named("zyx", [2, 3, 4])), stridesOf([2, 3, 4]))).toBe(data);
    expect(inOrder(data, placedByPlace("f", [1, 2, 3, 4]), stridesOf([1, 2, 3, 4]))).toBe(data);
  });

  it("of several channels and times take the chosen ones, counted from 1", () => {
    const axes = named("tczyx", [2, 3, 1, 1, 2]);
    expect(() => placedByName("f", axes)).toThrow(/3 channels.*--channel 1 to --channel 3/);
    expect(() => placedByName("f", axes, { channel: 2 })).toThrow(/2 times.*--time/);
    expect(() => placedByName("f", axes, { channel: 4, time: 1 })).toThrow(/--channel 4 is not/);
    expect(() => placedByName("f", axes, { channel: 0, time: 1 })).toThrow(/--channel 0 is not/);
    expect(() => placedByName("f", named("zyx", [1, 1, 2]), { channel: 2 })).toThrow(/1 channel;/);
    const placed = placedByName("f", axes, { channel: 3, time: 2 });
    expect([
      ...inOrder(
        Uint8Array.from({ length: 12 }, (_, k) => k),
        placed,
        stridesOf([2, 3, 1, 1, 2]),
      ),
    ]).toEqual([10, 11]);
    expect(placed.note).toBe("channel 3 of 3, time 2 of 2");
  });

  it("that no volume has, or that stand twice, are refused", () => {
    expect(() => placedByName("f", named("qzyx", [2, 1, 1, 1]))).toThrow(/q is none/);
    expect(placedByName("f", named("qyx", [1, 3, 2])).shape).toEqual([1, 3, 2]);
    expect(() => placedByName("f", named("yyx", [2, 1, 1]))).toThrow(/stands once/);
    expect(() => placedByName("f", named("zx", [2, 1]))).toThrow(/x and y/);
  });

  it("without names count by their place; one of length 1 behind them is a channel", () => {
    expect(placedByPlace("f", [3, 4]).shape).toEqual([1, 3, 4]);
    expect(placedByPlace("f", [1, 1, 2, 3, 4]).shape).toEqual([2, 3, 4]);
    expect(placedByPlace("f", [5, 3, 4, 1]).shape).toEqual([5, 3, 4]);
    expect(placedByPlace("f", [3, 4, 1])).toMatchObject({
      shape: [1, 3, 4],
      note: expect.stringContaining("one slice"),
    });
    expect(() => placedByPlace("f", [2, 2, 3, 4])).toThrow(/4 axes/);
    expect(() => placedByPlace("f", [7])).toThrow(/1 axis/);
    expect(() => placedByPlace("f", [])).toThrow(/single number/);
  });
});

describe("units of length", () => {
  it("are those of NGFF and OME, symbols by their case", () => {
    for (const [unit, micrometres] of [
      ["micrometer", 1],
      ["Nanometers", 1e-3],
      ["pm", 1e-6],
      ["angstrom", 1e-4],
      ["Å", 1e-4],
      ["inch", 25_400],
      ["Mm", 1e12],
      ["mm", 1e3],
      ["yard", 914_400],
    ] as const)
      expect(edge(2, unit)).toBe(Number((2 * micrometres).toPrecision(12)));
    for (const none of ["pixel", "", "furlong", "__proto__"]) expect(edge(1, none)).toBeNull();
  });
});
