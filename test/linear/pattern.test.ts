import { describe, expect, it } from "vitest";
import { elementPattern, positionOf, scatterMap, unitePatterns } from "../../src/fem/linear/pattern.js";

const twoTriangles = Int32Array.of(0, 1, 2, 2, 1, 3);

describe("element pattern", () => {
  it("joins the unknowns of a cell, ascending, with every diagonal", () => {
    const pattern = elementPattern(5, twoTriangles, 3);
    expect([...pattern.rowStart]).toEqual([0, 3, 7, 11, 14, 15]);
    expect([...pattern.column]).toEqual([0, 1, 2, 0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 4]);
    expect(pattern.value.length).toBe(15);
  });

  it("leaves out absent unknowns", () => {
    const pattern = elementPattern(3, Int32Array.of(0, -1, 2), 3);
    expect([...pattern.column]).toEqual([0, 2, 1, 0, 2]);
  });

  it("refuses an unknown that is not there", () => {
    expect(() => elementPattern(3, twoTriangles, 3)).toThrow(/cell 1 names unknown 3; allowed are 0 to 2/);
  });

  it("refuses cells that are not whole", () => {
    expect(() => elementPattern(5, twoTriangles, 4)).toThrow(RangeError);
  });
});

describe("scatter map", () => {
  it("puts row a, column b of each element matrix where the pattern holds it", () => {
    const pattern = elementPattern(5, twoTriangles, 3);
    const map = scatterMap(pattern, twoTriangles, 3);
    for (let cell = 0; cell < 2; cell++)
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++) {
          const position = map[(cell * 3 + a) * 3 + b];
          expect(position).toBe(positionOf(pattern, twoTriangles[cell * 3 + a], twoTriangles[cell * 3 + b]));
          expect(pattern.column[position]).toBe(twoTriangles[cell * 3 + b]);
        }
  });

  it("is -1 where a cell has no unknown", () => {
    const cells = Int32Array.of(0, -1, 1);
    const map = scatterMap(elementPattern(2, cells, 3), cells, 3);
    expect([...map]).toEqual([0, -1, 1, -1, -1, -1, 2, -1, 3]);
  });

  it("refuses a pattern that lacks an entry", () => {
    expect(() => scatterMap(elementPattern(4, Int32Array.of(0, 1), 2), twoTriangles, 3)).toThrow(/no entry \(0, 2\)/);
  });
});

describe("united patterns", () => {
  it("hold every entry of each", () => {
    const part = elementPattern(4, Int32Array.of(0, 3), 2);
    const whole = unitePatterns(elementPattern(4, twoTriangles, 3), part);
    for (let row = 0; row < 4; row++)
      for (const column of part.column.subarray(part.rowStart[row], part.rowStart[row + 1]))
        expect(whole.column[positionOf(whole, row, column)]).toBe(column);
    expect(whole.rowStart[4]).toBe(16);
    expect(() => unitePatterns(part, elementPattern(5, twoTriangles, 3))).toThrow(RangeError);
  });
});
