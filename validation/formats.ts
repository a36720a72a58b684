import { pythonWith } from "./imaging/written/python.js";
import { roundTrip } from "./imaging/written/round-trip.js";
import { independentWriters } from "./imaging/written/writers.js";
import type { ValidationCase, Verdict } from "./validation-case.js";

/** Files a format. */
const count = 500;

/** Files that other programs write are read bit by bit, or refused for a reason that is known beforehand. */
export const formats: ValidationCase = {
  name: "formats",
  title: "Picture files by numpy, h5py, zarr and tifffile: read equal in every voxel, or refused for the right reason",
  slow: true,
  run: async ({ report }) => {
    const verdicts: Verdict[] = [];
    for (const writer of independentWriters) {
      const python = pythonWith(writer.modules);
      if (python === null) {
        const value = `no Python with ${writer.modules.join(", ")}`;
        verdicts.push({
          name: writer.name,
          value,
          band: "0 faults",
          holds: false,
          details: "SYNCHRODE_PYTHON names one",
        });
        continue;
      }
      report(`${writer.name}: ${count} files`);
      const { equal, refused, faults } = await roundTrip(python, writer, count, 1);
      const reasons = [...refused].map(([reason, times]) => `${times} ${reason}`).join(", ");
      const total = [...refused.values()].reduce((sum, times) => sum + times, 0);
      const details = [`${equal} equal, ${total} refused (${reasons}) of ${count}`, ...faults.slice(0, 5)].join("; ");
      verdicts.push({
        name: `${writer.name}: faults`,
        value: faults.length,
        band: "0",
        holds: faults.length === 0,
        details,
      });
    }
    return verdicts;
  },
};
