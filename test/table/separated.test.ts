import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRow } from "../../src/table/csv-row.js";
import { columnCells, columnNumbers, readSeparated } from "../../src/table/separated.js";

const numbers = (source: string | Uint8Array, name: string, allow?: "clock") => [
  ...columnNumbers(readSeparated(source), name, allow),
];

describe("separators", () => {
  it.each([
    ["commas", "s,U [V]\n0,4.30\n1,3.40\n"],
    ["semicolons and decimal commas", "s;U [V]\n0;4,30\n1;3,40\n"],
    ["semicolons and decimal points", "s;U [V]\n0;4.30\n1;3.40\n"],
    ["tabs and decimal commas", "s\tU [V]\n0\t4,30\n1\t3,40\n"],
    ["semicolons within a name between commas", "s;t,U [V]\n0,4.30\n1,3.40\n"],
    ["a last separator in every row", "s,U [V]\n0,4.30,\n1,3.40,\n"],
    ["old line ends", "s,U [V]\r0,4.30\r1,3.40\r"],
    [
      "comments, blank lines, empty rows and spaces",
      "# by hand\n\n s , U [V] \r\n0, 4.30\r\n,\r\n# end\r\n1, 3.40\r\n\r\n",
    ],
    ["a line that says what separates", "sep=;\ns;U [V]\n0;4,30\n1;3,40\n"],
    ["quotes", '"s","U [V]"\n"0","4.30"\n"1","3.40"\n'],
    ["typographic minus", "s,U [V]\n0,4.30\n1,3.40\n"],
    ["decimal exponents of Fortran", "s U\n0 4.30D0\n1 0.34d+1\n", "U"],
    ["one column with decimal commas", "U [V]\n4,30\n3,40\n"],
    ["white space and decimal commas", "s   U\n0   4,30\n 1  3,40\n", "U"],
    ["white space around quoted words", '"s of it"  "U [V]"\n0 4.30\n1 3.40\n'],
  ])("%s", (_, text, name = "U [V]") => {
    expect(numbers(text, name)).toEqual([4.3, 3.4]);
  });

  it("are one for the whole file: a column of several words, and names between commas", () => {
    expect(readSeparated("Mean stoichiometry\n0.5\n0.6\n").names).toEqual(["Mean stoichiometry"]);
    expect(readSeparated("Sample name;c,d\nA;1\n").names).toEqual(["Sample name", "c,d"]);
  });

  it("takes names that are given for a file without any", () => {
    const table = readSeparated("# sto,ocp\n0.2,4.4\n# more\n0.3,4.2\n", ["s", "U"]);
    expect([...columnNumbers(table, "U")]).toEqual([4.4, 4.2]);
    expect(table.line).toEqual([2, 4]);
  });
});

describe("texts of every encoding", () => {
  const text = "d [µm];T [°C]\n1,5;20\n";
  const utf16 = (little: boolean, mark: boolean) => {
    const units = [...(mark ? "\uFEFF" : ""), ...text].map((sign) => sign.charCodeAt(0));
    return Uint8Array.from(units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])));
  };
  it.each([
    ["UTF-8", new TextEncoder().encode(text)],
    ["UTF-8 with its mark", new TextEncoder().encode(`\uFEFF${text}`)],
    ["UTF-16, little end first", utf16(true, true)],
    ["UTF-16, big end first", utf16(false, true)],
    ["UTF-16, little end first, without its mark", utf16(true, false)],
    ["UTF-16, big end first, without its mark", utf16(false, false)],
    ["Latin-1", Uint8Array.from(text, (sign) => sign.charCodeAt(0))],
  ])("%s", (_, bytes) => {
    expect(readSeparated(bytes).names).toEqual(["d [µm]", "T [°C]"]);
    expect(numbers(bytes, "d [µm]")).toEqual([1.5]);
  });

  it("refuses bytes that are no text", () => {
    expect(() => readSeparated(Uint8Array.from([97, 0, 0, 0, 98, 44, 10]))).toThrow("a binary file");
  });
});

describe("cells", () => {
  const cell = (text: string, allow?: "clock") => numbers(`t;a\n1;${text}\n`, "a", allow)[0];
  it.each([
    ["", Number.NaN],
    ["NaN", Number.NaN],
    ["N/A", Number.NaN],
    ["inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["True", 1],
    ["FALSE", 0],
    ["−1.5", -1.5],
    ["+.5e-3", 5e-4],
    ["5,", 5],
  ])("reads %j", (text, value) => expect(cell(text)).toBe(value));

  it.each(["0x10", "1.2.3", "1,234,567", "4.30V", "1 234", "12:30", "2026-01-02", "1e999", "--1", "1e", "e5"])(
    "refuses %j with its place",
    (text) => {
      expect(() => cell(text)).toThrow(`line 2: found ${JSON.stringify(text)} in row 1 of column "a"`);
    },
  );

  it("reads clocks as seconds where a time is wanted, and nowhere else", () => {
    expect(["01:30:00", "100:00:00.5", "1d 02:00:00"].map((text) => cell(text, "clock"))).toEqual([
      5400, 360000.5, 93600,
    ]);
    expect(() => cell("01:30:00")).toThrow("only in a column of time");
    expect(() => cell("12:30", "clock")).toThrow("or a time such as 01:30:00");
  });

  it("refuses a table that writes both decimal signs", () => {
    expect(() => numbers("s;U\n0.5;4,30\n", "U")).toThrow('found "4,30" in row 1');
    expect(() => numbers("s;U\n0.5;4,30\n", "s")).toThrow("one decimal sign in the whole table");
    expect(() => numbers('s,U\n0,"4,30"\n', "U")).toThrow("a decimal comma only where semicolons");
  });
});

describe("headers and rows", () => {
  it.each([
    ["ragged rows, with the line", "a,b\n1,2\n\n1,2,3\n", "line 4: found 3 cells between commas; allowed: 2"],
    ["rows cut short", "a,b\n1\n", "line 2: found 1 cells between commas"],
    ["decimal commas between commas", "s,U\n0,4,30\n1,3,40\n", "let semicolons or tabs separate the cells"],
    ["a name that comes twice", "x,U,U\n1,2,3\n", 'line 1: found two columns called "U"'],
    ["a name that comes twice but for spaces", "x,U, U\n1,2,3\n", 'two columns called "U"'],
    ["no header", "0.5,4.30\n0.6,4.20\n", "numbers only in the first row"],
    ["nothing", "# only a comment\n", "no header"],
    ["nameless columns only", ",\n1,2\n", "no named column"],
    ["a quote that is not closed", 'a,b\n1,2\n"3,4\n5,6\n', "line 3: found a quote that is not closed"],
    ["a quote within a cell", 'a,b\n1,2"x"\n', "line 2: found broken quotes"],
  ])("refuses %s", (_, text, message) => expect(() => readSeparated(text)).toThrow(message));

  it("gives nameless columns to nobody", () => {
    expect(readSeparated(",x\n0,1\n1,2\n").names).toEqual(["x"]);
    expect(readSeparated("Unnamed: 0,x\n0,1\n1,2\n").names).toEqual(["x"]);
    expect(numbers(",x\n0,1\n1,2\n", "x")).toEqual([1, 2]);
  });

  it("takes the names of an object's own parts for names", () => {
    const table = readSeparated("__proto__,constructor\n1,2\n");
    expect([...columnNumbers(table, "__proto__")]).toEqual([1]);
    expect([...columnNumbers(table, "constructor")]).toEqual([2]);
    expect(() => columnCells(table, "toString")).toThrow('no column "toString"');
  });
});

describe("what is written", () => {
  it("reads back as any text, whatever it begins with", () => {
    const signs = fc.constantFrom("=", "+", "-", "@", "'", '"', ",", ";", "#", "\t", "\r", "\n", "1", "a", " ", "＝");
    const cell = fc.string({ unit: signs, maxLength: 4 });
    const cells = fc
      .array(cell, { minLength: 2, maxLength: 2 })
      .filter((row) => row.some((each) => each.trim() !== ""));
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 5 }), (rows) => {
        const table = readSeparated(["one,two\n", ...rows.map(csvRow)].join(""));
        expect(rows.map((_, row) => ["one", "two"].map((name) => columnCells(table, name)[row]))).toEqual(
          rows.map((row) => row.map((each) => each.replace(/\r\n?/g, "\n"))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("is no formula to a spreadsheet, and numbers stay", () => {
    expect(csvRow(["=cmd|' /C calc'!A0", "+x", "-x", "@x", "a"])).toBe("'=cmd|' /C calc'!A0,'+x,'-x,'@x,a\n");
    expect(csvRow([-1, "-1.5", "+2e-3", -0, "a=b"])).toBe("-1,-1.5,+2e-3,-0,a=b\n");
  });
});
