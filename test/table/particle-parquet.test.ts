import { expect, it } from "vitest";
import { particleParquet } from "../../src/table/particle-parquet.js";
import { particleTable } from "../../src/table/particle-table.js";

it("writes a table in the same bytes whichever bit pattern stands for no number", () => {
  const bytesWith = (pattern: bigint) => {
    const column = new Float64Array(BigUint64Array.of(pattern, 0n).buffer);
    return Buffer.from(particleParquet(particleTable({ "Radius [m]": column })));
  };
  expect(bytesWith(0xfff8000000000001n).equals(bytesWith(0x7ff8000000000000n))).toBe(true);
});
