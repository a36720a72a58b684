import { type EndOfCharge, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost, onEach } from "./verdicts.js";

const conductivities = [0.3, 0.1] as const;
const coarse = { mesh: { interfaceSize: "0.4 um", growth: 0.2, largestSize: "1.2 um" } };

/** Equal disks one behind another, carbon/binder that conducts well: only the electrolyte tells them apart. */
export interface Column {
  readonly rows: number;
  /** S/m */
  readonly conductivity: number;
  readonly charges: number;
}

export function endsOf(fidelity: "fem" | "network", { rows, conductivity, charges }: Column): readonly EndOfCharge[] {
  const scenario = variant("plane-strain", {
    fidelity,
    geometry: { lattice: { columns: 1, rows, radius: "5 um", clearance: "6 um" } },
    coverage: { fractions: Array.from({ length: rows }, () => 0.5) },
    binder: { low: { conductivity: "1 S/m" } },
    electrolyte: { kind: "ohmic", conductivity: `${conductivity} S/m` },
    protocol: {
      repeat: charges,
      steps: [
        { charge: { rate: "5C", until: { throughput: 0.5, voltage: "5 V" } } },
        { discharge: { rate: "2C", until: { throughput: 0.5, voltage: "3 V" } } },
      ],
    },
    ...(fidelity === "fem" && { solver: coarse }),
  });
  return simulatedRun(scenario).ends;
}

export const spread = ({ stoichiometry }: EndOfCharge): number =>
  Math.max(...stoichiometry) - Math.min(...stoichiometry);

/** The profile of the electrolyte against the electrolyte resolved between the disks. */
export const networkElectrolyte: ValidationCase = {
  name: "network-electrolyte",
  title: "six disks one behind another: the electrolyte by depth against the electrolyte resolved",
  slow: true,
  run: onEach(conductivities, (conductivity, report) => {
    const [resolved, reduced] = (["fem", "network"] as const).map((fidelity) =>
      endsOf(fidelity, { rows: 6, conductivity, charges: 2 }),
    );
    resolved.forEach((end, cycle) => {
      const other = reduced[cycle];
      report(
        `  ${conductivity} S/m, charge ${cycle + 1}: spread of s ${spread(end).toFixed(4)} resolved, ` +
          `${spread(other).toFixed(4)} by depth; ${end.voltage.toFixed(4)} and ${other.voltage.toFixed(4)} V`,
      );
    });
    const apart = resolved.flatMap((end, cycle) =>
      end.stoichiometry.map((s, k) => Math.abs(s - reduced[cycle].stoichiometry[k])),
    );
    const whole = Math.abs(spread(reduced[0]) / spread(resolved[0]) - 1);
    const off = `${conductivity} S/m: stoichiometry of a particle at the ends of two charges, off by`;
    return [
      atMost(off, Math.max(...apart), 0.01),
      atMost(`${conductivity} S/m: its range at the end of the first charge, off by a share of`, whole, 0.2),
    ];
  }),
};
