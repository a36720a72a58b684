import { rankTrend } from "../src/inference/trend.js";
import { disksAtRandom } from "./disks.js";
import { type Changes, type SimulatedRun, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase, ValidationContext, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** Disks that both models run. */
interface Subject {
  readonly name: string;
  /** Of the disks in plane strain, the stress state that the network reduces. */
  readonly changes: Changes;
  /** A resolved mesh that makes the run affordable. */
  readonly mesh: Changes;
}

const coarse = { mesh: { interfaceSize: "0.4 um", growth: 0.2, largestSize: "1.2 um" } };

const subjects: readonly Subject[] = [
  { name: "3 disks", changes: {}, mesh: {} },
  {
    name: "9 disks",
    changes: {
      geometry: { lattice: { columns: 9, rows: 1, radius: "5 um", clearance: "6 um" } },
      coverage: { fractions: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1] },
    },
    mesh: { solver: coarse },
  },
  {
    name: "20 disks",
    changes: {
      geometry: { lattice: { columns: 20, rows: 1, radius: "5 um", clearance: "6 um" } },
      coverage: {
        fractions: Array.from({ length: 20 }, (_, k) => Number((0.1 + (0.8 * ((7 * k) % 20)) / 19).toFixed(1))),
      },
    },
    mesh: { solver: coarse },
  },
  {
    name: "20 disks at random",
    changes: {
      geometry: disksAtRandom({ particles: 20, solidFraction: 0.5, clearance: 0.5e-6, deviation: 0.5e-6, seed: 1 })
        .geometry,
      coverage: {
        pattern: "arc",
        facing: "collector",
        fractions: Array.from({ length: 20 }, (_, k) => Number((0.1 + (0.8 * ((7 * k) % 20)) / 19).toFixed(1))),
      },
      // Electrons pass from particle to particle here, and narrow gaps pull harder.
      binder: { low: { conductivity: "1e-2 S/m" } },
      feedback: { kind: "film", resistance: "0.1 ohm m^2" },
    },
    mesh: { solver: coarse },
  },
];

/** How far the network is from the finite-element model. */
export interface Agreement {
  /** V, at the ends of the first ten charges and of all. */
  readonly earlyVoltage: number;
  readonly voltage: number;
  /** Largest over particles and ends of charge. */
  readonly stoichiometry: number;
  /** Over particles at the end. */
  readonly damage: number;
  /** Spearman's ρ of the damages at the end of the first charge. */
  readonly firstRank: number;
  /** S_c of the last charge over the first, resolved and network. */
  readonly closing: readonly [number, number];
}

export function agreement(resolved: SimulatedRun, network: SimulatedRun): Agreement {
  const pairs = resolved.ends.map((end, k) => [end, network.ends[k]] as const);
  const largest = (values: readonly number[]): number => Math.max(...values);
  const voltages = pairs.map(([a, b]) => Math.abs(a.voltage - b.voltage));
  const apart = (column: "stoichiometry" | "damage", [a, b]: (typeof pairs)[number]): number =>
    largest(a[column].map((value, k) => Math.abs(value - b[column][k])));
  const [first, last] = [pairs[0], pairs[pairs.length - 1]];
  const closing = [resolved, network].map(
    ({ measured: { spread } }) => (spread.lithiumLast ?? Number.NaN) / (spread.lithiumFirst ?? Number.NaN),
  );
  return {
    earlyVoltage: largest(voltages.slice(0, 10)),
    voltage: largest(voltages),
    stoichiometry: largest(pairs.map((pair) => apart("stoichiometry", pair))),
    damage: apart("damage", last),
    firstRank: rankTrend(first[0].damage, first[1].damage).rho ?? Number.NaN,
    closing: [closing[0], closing[1]],
  };
}

/** The network against the finite-element model, same geometry, laws and protocol. */
export const networkAgreement: ValidationCase = {
  name: "network-agreement",
  title:
    "the network model against the finite-element model on 3, 9 and 20 disks in a row and 20 at random, in plane strain",
  slow: true,
  run: async (context) => subjects.flatMap((subject) => compared(subject, context)),
};

function compared({ name, changes, mesh }: Subject, { report }: ValidationContext): Verdict[] {
  report(`  ${name}: resolved`);
  const resolved = simulatedRun(variant("plane-strain", { ...changes, ...mesh }));
  report(`  ${name}: network`);
  const network = simulatedRun(variant("plane-strain", { ...changes, fidelity: "network" }));
  const found = agreement(resolved, network);
  report(`    ${JSON.stringify(found)}`);
  return [
    atMost(`${name}: voltage in the first ten charges, V`, found.earlyVoltage, 0.01),
    atMost(`${name}: voltage, V`, found.voltage, 0.01),
    atMost(`${name}: mean stoichiometry`, found.stoichiometry, 0.02),
    atMost(`${name}: damage at the end`, found.damage, 0.05),
    atMost(`${name}: 1 − rank correlation of the first charge's damage`, 1 - found.firstRank, 0),
  ];
}
