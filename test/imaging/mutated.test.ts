import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { mutatedFormats } from "../../validation/imaging/mutated/formats.js";
import { mutated } from "../../validation/imaging/mutated/mutation.js";
import { outcomeOf } from "../../validation/imaging/mutated/outcome.js";
import { tallyOf } from "../../validation/imaging/mutated/process.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a process of its own", () => {
  it("reads damaged HDF5 files in less than 600 MB, library and all", async () => {
    const { read, refused, faults, memory } = await tallyOf("HDF5", 40, () => {});
    expect(faults).toEqual([]);
    expect(read + refused).toBe(40);
    expect(memory / 1e6).toBeLessThan(600);
  });
});

for (const format of mutatedFormats) {
  const seeds = await format.seeds();

  describe(`damaged ${format.name}`, () => {
    it("sound files are read", async () => {
      for (const seed of seeds) expect(await outcomeOf(seed, folder)).toEqual({ ended: "read" });
    });

    it(`a tenth of the ${format.count} damaged files of the validation: voxels or one refusal`, async () => {
      const ends = { read: 0, refused: 0 };
      const faults: string[] = [];
      for (let number = 0; number < format.count / 10; number++) {
        const outcome = await outcomeOf(mutated(format, seeds, number), folder);
        if (outcome.ended === "fault") faults.push(`${number}: ${outcome.message}`);
        else ends[outcome.ended]++;
      }
      expect(faults).toEqual([]);
      expect(Math.min(ends.read, ends.refused)).toBeGreaterThan(format.count / 200);
    });
  });
}
