import { describe, expect, it } from "vitest";
import { readNumberColumns } from "../../src/table/number-columns.js";
import { readParticleTable } from "../../src/table/particle-table.js";
import { columnNumbers, readSeparated } from "../../src/table/separated.js";
import { scratchFolder } from "../scratch-folder.js";

describe("numbers of a large table", () => {
  const scratch = scratchFolder();
  const read = (text: string, names: string[], older = {}) =>
    readNumberColumns(scratch.written("large.csv", text), names, older);

  it("are chosen by name, the older one where a file has it", () => {
    const { a, now } = read("old,b,a\n1,2,3\n\n4,,-0.5\n", ["a", "now"], { now: "old" });
    expect([[...a], [...now]]).toEqual([
      [3, -0.5],
      [1, 4],
    ]);
    expect([...read("a,b\n1,\n", ["b"]).b]).toEqual([Number.NaN]);
  });

  it.each([
    ["a,b\n1,2\n1,x\n", 'line 3: found "x" in column "b"'],
    ["a,b\n1,2\n1\n", "line 3: found 1 cells"],
    ["a,c\n1,2\n", "no column b; there are: a, c"],
  ])("refuse %j", (text, message) => expect(() => read(text, ["a", "b"])).toThrow(message));
});

it("tabs and semicolons are tried before commas, which may be decimal signs", () => {
  const table = readSeparated("a,1;b,1\n0,5;3,2\n");
  expect([table.names, [...columnNumbers(table, "b,1")]]).toEqual([["a,1", "b,1"], [3.2]]);
});

it("the cell of a share outside 0 … 1 is quoted with its own row", () => {
  expect(() => readParticleTable("x [um],Coverage\n1,0.2\n2,1.5\n")).toThrow("line 3: found 1.5 in row 2");
});
