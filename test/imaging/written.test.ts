import { describe, expect, it } from "vitest";
import { pythonWith } from "../../validation/imaging/written/python.js";
import { roundTrip } from "../../validation/imaging/written/round-trip.js";
import { independentWriters } from "../../validation/imaging/written/writers.js";

/** Files a format; the validation `formats` reads 500. */
const count = 25;

for (const writer of independentWriters) {
  const python = pythonWith(writer.modules);
  describe.skipIf(python === null)(`${writer.name} (needs Python with ${writer.modules.join(", ")})`, () => {
    it(`${count} files of random shapes, types and layouts: equal in every voxel or refused for the right reason`, async () => {
      const { equal, faults } = await roundTrip(python as string, writer, count, 2);
      expect(faults).toEqual([]);
      expect(equal).toBeGreaterThan(count / 3);
    });
  });
}
