import { describe, expect, it } from "vitest";
import { likeColumns } from "../../../src/inference/compare/like-columns.js";
import { particleTable } from "../../../src/table/particle-table.js";

const table = (name: string, ...columns: string[]) => ({
  name,
  table: particleTable(Object.fromEntries(columns.map((column) => [column, [0.1, 0.2, 0.3]]))),
});
const run = table("run", "Interface damage", "Coverage");
const cracked = table("cracked", "Crack share");
const seen = table("seen", "Crack share", "Detachment");
const names = (tables: readonly ReturnType<typeof table>[], asked = "Damage", ranks = false) =>
  likeColumns(tables, asked, ranks).columns.map(({ name }) => name);

describe("like stands beside like", () => {
  it("for damage", () => {
    expect(names([cracked, seen])).toEqual(["Crack share", "Crack share"]);
    expect(names([run, run])).toEqual(["Interface damage", "Interface damage"]);
    expect(names([run, seen])).toEqual(["Interface damage", "Detachment"]);
    expect(names([run, seen], "Interface damage")).toEqual(["Interface damage", "Detachment"]);
    expect(names([run, seen], "detachment")).toEqual(["Interface damage", "Detachment"]);
    expect(names([table("both", "Interface damage", "Crack share"), seen])).toEqual(["Crack share", "Crack share"]);
  });

  it("and says so where two names do", () => {
    expect(likeColumns([run, seen], "Damage", false).notes).toEqual([
      expect.stringMatching(
        /^Different quantities stand .* run: Interface damage, the state .* seen: Detachment, the share/,
      ),
    ]);
    expect(likeColumns([cracked, seen], "Damage", false).notes).toEqual([
      expect.stringMatching(/^Crack share, the volume/),
    ]);
  });

  it.each([["Damage"], ["Interface damage"], ["Crack share"]])("and nothing else, for %s", (asked) => {
    expect(() => names([run, cracked], asked)).toThrow(
      /different quantities\. run: Interface damage, the state.* cracked: Crack share, the volume.*--ranks/,
    );
    expect(names([run, cracked], asked, true)).toEqual(["Interface damage", "Crack share"]);
  });

  it("for any other column, by its own name", () => {
    expect(names([run, table("other", "coverage")], "Coverage")).toEqual(["Coverage", "coverage"]);
  });

  it("in the unit of the first table, or not at all", () => {
    const tables = [table("a", "Opening [nm]"), table("b", "Opening [um]")];
    const { columns } = likeColumns(tables, "Opening", false);
    expect(columns.map(({ factor }) => factor)).toEqual([1, 1000]);
    expect(() => likeColumns([table("a", "Peak [V]"), table("b", "Peak [um]")], "Peak", false)).toThrow(
      "Peak [um] of b with the unit um, and Peak [V] of a with the unit V",
    );
    expect(() => likeColumns([table("a", "Peak [V]"), table("b", "Peak")], "Peak", false)).toThrow("no unit");
  });
});
