import type { CycleRecord, RunRecord } from "../../src/inference/run-record.js";

/** Scalar prototype, thresholded fatigue (docs: R-B): cycle, S_c, S_D, mean D, with the feedback on and off. */
export const anchors = {
  on: [
    [1, 0.162, 0.011, 0.009, 3.99],
    [2, 0.142, 0.023, 0.024, 4.0],
    [5, 0.119, 0.052, 0.066, 4.03],
    [10, 0.082, 0.083, 0.129, 4.08],
    [15, 0.055, 0.098, 0.186, 4.12],
    [20, 0.036, 0.103, 0.237, 4.15],
    [30, 0.015, 0.097, 0.324, 4.2],
    [40, 0.006, 0.085, 0.397, 4.24],
  ],
  off: [
    [1, 0.164, 0.011, 0.009, 3.99],
    [2, 0.152, 0.024, 0.024, 3.99],
    [5, 0.152, 0.056, 0.066, 3.99],
    [10, 0.152, 0.103, 0.13, 3.99],
    [15, 0.152, 0.14, 0.188, 3.99],
    [20, 0.152, 0.17, 0.242, 3.99],
    [30, 0.152, 0.213, 0.336, 3.99],
    [40, 0.152, 0.239, 0.417, 3.99],
  ],
} as const;

/** First charge of the same: t/τ, D of the three, s of the three. */
export const firstCharge = [
  [0, 0, 0, 0, 0.9, 0.9, 0.9],
  [0.1, 0, 0, 0, 0.829, 0.836, 0.845],
  [0.2, 0, 0, 0, 0.76, 0.771, 0.789],
  [0.3, 0, 0, 0, 0.692, 0.706, 0.732],
  [0.367, 0.001, 0.0003, 0, 0.648, 0.662, 0.694],
  [0.433, 0.005, 0.0028, 0.0003, 0.605, 0.62, 0.655],
  [0.467, 0.0086, 0.0054, 0.0011, 0.584, 0.598, 0.634],
  [0.5, 0.0135, 0.0094, 0.0028, 0.5593, 0.5853, 0.6104],
] as const;

const [s0, tau, moved] = [0.9, 720, 0.315];

/** Three particles whose spreads are those of the prototype, spread evenly about the mean. */
export function prototypeRun(feedback: "on" | "off" = "on", cycles = 40): RunRecord {
  return {
    cycles: Array.from({ length: cycles }, (_, k) => recordOf(feedback, k + 1)),
    firstCharge: {
      time: firstCharge.map(([t]) => t * tau),
      damage: firstCharge.map((row) => row.slice(1, 4)),
      meanStoichiometry: firstCharge.map((row) => row.slice(4, 7)),
    },
    initialStoichiometry: s0,
    coverage: [0.886, 0.514, 0.114],
  };
}

function recordOf(feedback: "on" | "off", cycle: number): CycleRecord {
  const [lithium, damage, meanDamage, voltage] = [1, 2, 3, 4].map((column) => at(feedback, cycle, column)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    cycle,
    meanStoichiometry: [-0.5, 0, 0.5].map((share) => s0 - moved + share * lithium * moved),
    startStoichiometry: [s0, s0, s0],
    damage: [0.5, 0, -0.5].map((share) => meanDamage + share * damage),
    voltage,
    time: (2 * cycle - 1) * 0.5 * tau,
    cutOff: false,
    throughput: 437,
  };
}

function at(feedback: "on" | "off", cycle: number, column: number): number {
  const table: readonly (readonly number[])[] = anchors[feedback];
  const k = table.findIndex(([c]) => c >= cycle);
  const [b, a] = [table[k], table[Math.max(0, k - 1)]];
  const share = b[0] === a[0] ? 0 : (cycle - a[0]) / (b[0] - a[0]);
  return a[column] + share * (b[column] - a[column]);
}
