import { cycleRow, type RowHistory, type RowOfDisks } from "./row-of-disks.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** How a row is resolved. */
export type Resolution = Pick<RowOfDisks, "cycles" | "interfaceSize" | "step">;

/** All relative to what sets the particles of the row .9/.5/.1 apart, over all quarters of all half-cycles. */
export interface SymmetryErrors {
  /** Largest spread of s (of damage) among equally covered particles over the largest among unequal ones. */
  readonly equal: number;
  readonly equalDamage: number;
  /** Largest departure of the permuted row's curves from the permuted curves. */
  readonly permuted: number;
  readonly permutedDamage: number;
  /** The same for the row mirrored left to right, and for the one turned upside down. */
  readonly mirrored: number;
  readonly overturned: number;
  /** V, largest difference between a pair and the pair with its mirror image in a box twice as wide. */
  readonly copies: number;
}

export function symmetryErrors(resolution: Resolution, report: (message: string) => void = () => {}): SymmetryErrors {
  const run = (coverage: readonly number[], collector: RowOfDisks["collector"] = "bottom"): RowHistory => {
    report(`coverage ${coverage.join("/")}, collector at the ${collector}`);
    return cycleRow({ ...resolution, coverage, collector });
  };
  const base = run([0.9, 0.5, 0.1]);
  const spread = largestSpread(base.stoichiometry);
  const damage = largestSpread(base.damage);
  const equal = run([0.5, 0.5, 0.5]);
  const order = [2, 0, 1];
  const permuted = run([0.1, 0.9, 0.5]);
  const mirrored = run([0.1, 0.5, 0.9]);
  const overturned = run([0.9, 0.5, 0.1], "top");
  const pair = run([0.9, 0.1]);
  const doubled = run([0.9, 0.1, 0.1, 0.9]);
  return {
    equal: largestSpread(equal.stoichiometry) / spread,
    equalDamage: largestSpread(equal.damage) / damage,
    permuted: departure(base.stoichiometry, permuted.stoichiometry, order) / spread,
    permutedDamage: departure(base.damage, permuted.damage, order) / damage,
    mirrored: departure(base.stoichiometry, mirrored.stoichiometry, [2, 1, 0]) / spread,
    overturned: departure(base.stoichiometry, overturned.stoichiometry, [0, 1, 2]) / spread,
    copies: pair.voltage.reduce((worst, v, k) => Math.max(worst, Math.abs(v - doubled.voltage[k])), 0),
  };
}

function largestSpread(curves: readonly Float64Array[]): number {
  return Math.max(...curves.map((row) => Math.max(...row) - Math.min(...row)));
}

/** Largest difference when particle k of the other row is particle `order[k]` of the first. */
function departure(first: readonly Float64Array[], other: readonly Float64Array[], order: readonly number[]): number {
  return Math.max(...first.flatMap((row, t) => order.map((from, k) => Math.abs(row[from] - other[t][k]))));
}

/**
 * What the curves of a permuted row may depart by. Cells are alike, but what carries the current from the sides is
 * not: a particle is fed through its neighbour's carbon/binder, so it matters which neighbour that is.
 */
export const neighbours = 0.25;

/** The bands, for any resolution. */
export function symmetryVerdicts(name: string, found: SymmetryErrors): Verdict[] {
  return [
    atMost(`${name}: spread of s under equal coverage, over that under unequal`, found.equal, 1e-9),
    atMost(`${name}: spread of damage under equal coverage`, found.equalDamage, 1e-9),
    atMost(`${name}: row mirrored`, found.mirrored, 1e-9),
    atMost(`${name}: row overturned`, found.overturned, 1e-9),
    atMost(`${name}: pair and its mirror image, voltage [V]`, found.copies, 1e-9),
    atMost(`${name}: coverage permuted, s`, found.permuted, neighbours),
    atMost(`${name}: coverage permuted, damage`, found.permutedDamage, neighbours),
  ];
}

/** Symmetries of the whole model. */
export const symmetry: ValidationCase = {
  name: "symmetry",
  title: "equal, permuted, mirrored and repeated particles through the whole model",
  slow: true,
  run: async ({ report }) => {
    const coarse = symmetryErrors({ cycles: 3, interfaceSize: 0.5e-6, step: 10 }, report);
    const fine = symmetryErrors({ cycles: 3, interfaceSize: 0.25e-6, step: 5 }, report);
    return [
      ...symmetryVerdicts("0.5 µm", coarse),
      ...symmetryVerdicts("0.25 µm", fine),
      atMost("coverage permuted: departure on one mesh less that on the other", fine.permuted - coarse.permuted, 0.02),
    ];
  },
};
