import { mutatedFormats } from "./imaging/mutated/formats.js";
import { tallyOf } from "./imaging/mutated/process.js";
import type { ValidationCase } from "./validation-case.js";
import { between, noFaults, onEach } from "./verdicts.js";

/** Damaged pictures end in voxels or in one refusal; none hangs, takes the machine's memory or ends the process. */
export const malformed: ValidationCase = {
  name: "malformed",
  title: "Picture files damaged at random: each is read or refused, in 5 s and 600 MB",
  slow: true,
  run: onEach(mutatedFormats, async ({ name, count }, report) => {
    const { read, refused, faults, slowest, memory } = await tallyOf(name, count, (done) => {
      if (done % 1000 === 0) report(`${name}: ${done} of ${count}`);
    });
    const told = faults.slice(0, 5).map(({ number, message }) => `${number}: ${message}`);
    return [
      noFaults(name, faults.length, [`${read} read, ${refused} refused of ${count}`, ...told].join("; ")),
      between(`${name}: slowest file [s]`, slowest, 0, 5),
      between(`${name}: most memory of a process [MB]`, memory / 1e6, 0, 600),
    ];
  }),
};
