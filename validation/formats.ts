import { pythonWith } from "./imaging/written/python.js";
import { roundTrip } from "./imaging/written/round-trip.js";
import { independentWriters } from "./imaging/written/writers.js";
import type { ValidationCase } from "./validation-case.js";
import { noFaults, onEach } from "./verdicts.js";

/** Files a format. */
const count = 500;

/** Files that other programs write are read bit by bit, or refused for a reason that is known beforehand. */
export const formats: ValidationCase = {
  name: "formats",
  title: "Picture files by numpy, h5py, zarr and tifffile: read equal in every voxel, or refused for the right reason",
  slow: true,
  run: onEach(independentWriters, async (writer, report) => {
    const { name, modules } = writer;
    const python = pythonWith(modules);
    if (python === null) {
      const value = `no Python with ${modules.join(", ")}`;
      return [{ name, value, band: "0 faults", holds: false, details: "SYNCHRODE_PYTHON names one" }];
    }
    report(`${name}: ${count} files`);
    const { equal, refused, faults } = await roundTrip(python, writer, count, 1);
    const reasons = [...refused].map(([reason, times]) => `${times} ${reason}`).join(", ");
    const total = [...refused.values()].reduce((sum, times) => sum + times, 0);
    const details = [`${equal} equal, ${total} refused (${reasons}) of ${count}`, ...faults.slice(0, 5)].join("; ");
    return [noFaults(name, faults.length, details)];
  }),
};
