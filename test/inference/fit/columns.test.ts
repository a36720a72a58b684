import { expect, it } from "vitest";
import { disk } from "../../../src/scenario/disk.js";
import type { Reading } from "../../../src/scenario/reading.js";
import { readColumns } from "../../../src/study/fit/columns.js";
import type { SourceFile } from "../../../src/study/fit/schema.js";
import { scratchFolder } from "../../scratch-folder.js";

const scratch = scratchFolder();

const wanted = {
  time: { dimension: "time" },
  voltage: { dimension: "voltage" },
  share: { dimension: null, optional: true },
} as const;

/** Columns of a file with this text, or what is wrong with it. */
function read(text: string | Buffer, columns: SourceFile["columns"], where: SourceFile["where"] = {}) {
  const file = scratch.written("data.txt", text as string);
  const reading: Reading = {
    source: disk,
    located: { value: {}, places: new Map() },
    file: "fit.yaml",
    faults: [],
    files: [],
  };
  const found = readColumns({ file, columns, where, use: "fit" }, wanted, [], reading);
  const faults = reading.faults.map((fault) => `${fault.key}: found ${fault.found}; allowed: ${fault.allowed}`);
  return found ? Object.fromEntries(Object.entries(found.of).map(([role, of]) => [role, [...of]])) : faults.join("\n");
}

it("takes clocks, decimal commas, shares in % and units of every column", () => {
  const text = "Test time;U [mV];Capacity [%]\n00:00:30;4300,5;10\n01:00:00;3400;90\n";
  const columns = {
    time: { column: "Test time", unit: "s", reversed: false },
    voltage: "U [mV]",
    share: "Capacity [%]",
  };
  expect(read(text, columns)).toEqual({
    time: [30, 3600],
    voltage: [4.3005, 3.4],
    share: [0.1, 0.9],
  });
});

it("takes a clock for seconds whatever the unit of its column", () => {
  expect(read("t [h],U [V]\n00:00:30,4\n01:00:00,3\n", { time: "t [h]", voltage: "U [V]" })).toEqual({
    time: [30, 3600],
    voltage: [4, 3],
  });
});

it.each([
  [
    "a cell of words among those chosen",
    "t [s],U [V]\n0,4.3\n1,n.a.\n2,4.1\n",
    'found "n.a." in row 2 of column "U [V]"',
  ],
  ["an infinite cell", "t [s],U [V]\n0,4.3\n1,inf\n", 'found "inf" in row 2'],
  ["NaN", "t [s],U [V]\n0,4.3\n1,NaN\n", 'found "NaN" in row 2'],
  ["two columns of one name", "t [s],U [V],U [V]\n0,4,3\n1,4,3\n", 'two columns called "U [V]"'],
  ["ragged rows", "t [s],U [V]\n0,4,3\n1,4\n", "line 2): found 3 cells"],
])("refuses %s", (_, text, message) => {
  const said = read(text, { time: "t [s]", voltage: "U [V]" });
  expect(String(said).replace(/found (.*) \((.*), (line \d+)\)/, "$3): found $1")).toContain(message);
});

it("refuses the unit of something else for a plain number", () => {
  const columns = { time: "t [s]", voltage: "U [V]", share: "q [mAh]" };
  expect(read("t [s],U [V],q [mAh]\n0,4.3,1\n1,4.2,2\n", columns)).toContain('the unit mAh of "q [mAh]"');
});

it("leaves out rows that are not chosen, whatever they hold", () => {
  const text = "t [s],U [V],step\n0,4.3,1\n1,4.2,1\n2,rest,2\n";
  expect(read(text, { time: "t [s]", voltage: "U [V]" }, { step: { to: 1 } })).toEqual({
    time: [0, 1],
    voltage: [4.3, 4.2],
  });
});
