import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type ChoiceOf, family } from "../../src/schema/family.js";
import { kindOf } from "../../src/schema/kind.js";
import { dimensionOf, list, means, notNegative, number, positive } from "../../src/schema/leaf.js";
import { optionalFamily } from "../../src/schema/optional-family.js";

type Spring = (opening: number) => number;

const spring = kindOf<Spring, [area: number]>("spring");

const linear = spring({
  kind: "linear",
  keys: { stiffness: means("force an opening", positive("stiffness").prefault("2 kPa/m")) },
  law:
    ({ stiffness }, area) =>
    (opening) =>
      stiffness * area * opening,
});

const slack = spring({ kind: "slack", keys: {}, law: () => () => 0 });

const measured = spring({
  kind: "measured",
  keys: { openings: list(number(0, 1), "openings"), forces: list(number(0, 1), "forces") },
  settle: ({ openings, forces }) => ({ points: openings.map((opening, k) => [opening, forces[k] ?? -1] as const) }),
  faults: ({ points }) =>
    points.some(([, force]) => force < 0) ? [{ found: "too few forces", allowed: "as many as openings" }] : [],
  law:
    ({ points }) =>
    (opening) =>
      points.find(([at]) => at >= opening)?.[1] ?? 0,
});

const springs = family([slack, linear, measured]);

describe("a family of kinds", () => {
  it("reads a kind with its defaults, in SI units, and makes its law with what is given besides", () => {
    const choice = springs.settled(springs.schema.parse({ kind: "linear" }));
    expect(choice).toEqual({ kind: "linear", stiffness: 2000 });
    expect(springs.law(choice, 3)(0.5)).toBe(3000);
    expect(springs.law({ kind: "slack" }, 3)(0.5)).toBe(0);
  });

  it("settles on what the kind makes of the values, and refuses what does not go together", () => {
    const said = springs.schema.parse({ kind: "measured", openings: [0.1, 0.2], forces: [0.3, 0.4] });
    const choice: ChoiceOf<typeof springs> = springs.settled(said);
    expect(choice).toEqual({
      kind: "measured",
      points: [
        [0.1, 0.3],
        [0.2, 0.4],
      ],
    });
    expect(springs.law(choice, 1)(0.15)).toBe(0.4);
    expect(springs.faults(choice, 1)).toEqual([]);
    const short = springs.settled({ kind: "measured", openings: [0.1, 0.2], forces: [0.1] });
    expect(springs.faults(short, 1)).toEqual([{ found: "too few forces", allowed: "as many as openings" }]);
    expect(() => springs.law(short, 1)).toThrow(
      new RangeError("measured spring: found too few forces; allowed: as many as openings."),
    );
  });

  it("refuses keys of another kind, and kinds that are none of the list", () => {
    expect(springs.schema.safeParse({ kind: "slack", stiffness: "1 Pa/m" }).success).toBe(false);
    expect(springs.schema.safeParse({ kind: "stiff" }).success).toBe(false);
    expect(() => springs.law({ kind: "stiff" } as never, 1)).toThrow(
      "found the kind stiff; allowed: slack | linear | measured.",
    );
  });

  it("holds values in SI units to the ranges of their keys", () => {
    expect(() => springs.law({ kind: "linear", stiffness: 0 }, 1)).toThrow(
      new RangeError("linear spring: found stiffness 0 Pa/m; allowed: above 0 Pa/m."),
    );
    expect(() => springs.law({ kind: "linear", stiffness: Number.NaN }, 1)).toThrow(RangeError);
  });
});

describe("a family that a scenario may do without", () => {
  const some = optionalFamily([linear, measured], "of a spring", { soft: { stiffness: 1 } });
  const alone = optionalFamily([linear], "of a spring");
  const read = (said: unknown) => some.settled(some.schema.parse(said));

  it("takes none, a name, and a mapping that need not name the first kind", () => {
    expect(read("none")).toBeNull();
    expect(read("soft")).toEqual({ stiffness: 1 });
    expect(read({ stiffness: "3 Pa/m" })).toEqual({ stiffness: 3 });
    expect(read({ kind: "linear", stiffness: "3 Pa/m" })).toEqual({ kind: "linear", stiffness: 3 });
    expect(read({ kind: "measured", openings: [0.1], forces: [0.3] })).toEqual({
      kind: "measured",
      points: [[0.1, 0.3]],
    });
    expect(alone.settled(alone.schema.parse({ stiffness: "3 Pa/m" }))).toEqual({ stiffness: 3 });
  });

  it("makes the law of the first kind where none is named", () => {
    expect(some.law({ stiffness: 2 }, 3)(1)).toBe(6);
    expect(some.law({ kind: "measured", points: [[1, 0.5]] }, 3)(1)).toBe(0.5);
    expect(some.faults({ kind: "measured", points: [[1, -1]] }, 3)).toHaveLength(1);
  });

  it("refuses other words, keys of another kind, and the key kind where there is but one", () => {
    expect(some.schema.safeParse("hard").error?.issues[0]?.message).toBe("none | soft | a mapping of a spring");
    expect(some.schema.safeParse({ openings: [0.1], forces: [0.3] }).success).toBe(false);
    expect(some.schema.safeParse({ kind: "slack" }).success).toBe(false);
    expect(alone.schema.safeParse({ kind: "linear" }).success).toBe(false);
  });
});

describe("a leaf", () => {
  it("knows its dimension also with a default, left out or with words", () => {
    const leaf = notNegative("areaResistance");
    expect(dimensionOf(leaf)).toBe("areaResistance");
    expect(dimensionOf(means("film", leaf.prefault("0 ohm m^2")))).toBe("areaResistance");
    expect(dimensionOf(leaf.optional())).toBe("areaResistance");
    expect(dimensionOf(z.number())).toBeUndefined();
  });
});
