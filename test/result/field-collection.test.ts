import { describe, expect, it } from "vitest";
import { collectionText, fieldFileName, halfCycleOf, readCollection } from "../../src/result/field-collection.js";

describe("a collection of field files", () => {
  const entries = [
    { time: 0.1, file: fieldFileName({ cycle: 1, verb: "charge" }, 2) },
    { time: 12.5, file: fieldFileName({ cycle: 12, verb: "discharge" }) },
  ];

  it("reads back as it was written", () => {
    expect(readCollection(collectionText(entries))).toEqual(entries);
    expect(collectionText(entries)).toContain('<DataSet timestep="0.1" file="cycle-0001-charge-quarter-2.vtu"/>');
    expect(readCollection("no collection")).toEqual([]);
  });

  it("names the half-cycles that end with a file, and no quarter", () => {
    expect(entries.map(({ file }) => halfCycleOf(file))).toEqual([null, { cycle: 12, end: "discharge" }]);
  });
});
