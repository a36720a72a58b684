import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf, particleTable, readParticleTable, writeParticleTable } from "../../src/table/particle-table.js";

describe("the particle table", () => {
  it("reads back what it wrote, to the bit", () => {
    const numbers = fc.array(fc.double(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const table = particleTable({ Anything: a, "x [um]": b });
        const back = readParticleTable(writeParticleTable(table));
        expect(back.names).toEqual(["Anything", "x [um]"]);
        for (const name of back.names) expect(columnOf(back, name)).toEqual(columnOf(table, name));
      }),
    );
  });

  it("takes columns of its own, empty cells and truth values", () => {
    const table = readParticleTable("\uFEFFParticle,Touches edge,Sphericity\r\n1,true,0.9\r\n2,false,\r\n");
    expect([...columnOf(table, "Touches edge")]).toEqual([1, 0]);
    expect([...columnOf(table, "Sphericity")]).toEqual([0.9, Number.NaN]);
  });

  it("refuses what is no table", () => {
    expect(() => readParticleTable("")).toThrow("no header");
    expect(() => readParticleTable("a,a\n1,2\n")).toThrow('two columns called "a"');
    expect(() => readParticleTable("a,b\n1\n")).toThrow("line 2: found 1 cells between commas");
    expect(() => particleTable({ a: [1], b: [1, 2] })).toThrow("column b has 2 rows");
    expect(() => columnOf(particleTable({ a: [1] }), "b")).toThrow("there are: a");
  });
});
