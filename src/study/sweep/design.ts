import { note, type Reading } from "../../scenario/reading.js";
import type { Axis } from "./axis.js";
import { latinHypercube } from "./latin-hypercube.js";
import type { Level } from "./level.js";
import type { Design, SweepFile } from "./schema.js";
import { digitalShift, mostSobolDimensions, sobolPoints } from "./sobol.js";

/** Runs of one sweep, replicates included. */
const mostRuns = 100_000;

type Spread = (axes: readonly Axis[], file: SweepFile) => readonly (readonly Level[])[];

const spreads: Readonly<Record<Design, Spread>> = {
  grid: (axes) =>
    axes.reduce<readonly (readonly Level[])[]>(
      (points, { levels }) => points.flatMap((point) => levels!.map((level) => [...point, level])),
      [[]],
    ),
  list: (axes) => axes[0].levels!.map((_, k) => axes.map(({ levels }) => levels![k])),
  "latin-hypercube": (axes, { samples, seed }) =>
    latinHypercube(samples!, axes.length, seed ?? 1).map((point) => axes.map(({ at }, k) => at(point[k]))),
  sobol: (axes, { samples, seed }) =>
    sobolPoints(samples!, axes.length, digitalShift(axes.length, seed ?? 1)).map((point) =>
      axes.map(({ at }, k) => at(point[k])),
    ),
};

/** The points of a design, a level of each axis; none when something about it is wrong, which is noted. */
export function designPoints(file: SweepFile, axes: readonly Axis[], reading: Reading): readonly (readonly Level[])[] {
  const before = reading.faults.length;
  if (file.design === "grid" || file.design === "list") checkLevels(file, axes, reading);
  else checkSamples(file, axes, reading);
  if (reading.faults.length > before) return [];
  const count = file.replicates * (file.design === "grid" ? product(axes) : (file.samples ?? axes[0].levels!.length));
  if (count > mostRuns) {
    note(reading, ["axes"], { found: `${count} runs`, allowed: `at most ${mostRuns} runs` });
    return [];
  }
  return spreads[file.design](axes, file);
}

function product(axes: readonly Axis[]): number {
  return axes.reduce((count, { levels }) => count * levels!.length, 1);
}

function checkLevels(file: SweepFile, axes: readonly Axis[], reading: Reading): void {
  for (const { key, levels } of axes)
    if (levels === null) note(reading, ["axes", key], { allowed: `steps, in a design of kind ${file.design}` });
  if (file.samples !== undefined)
    note(reading, ["samples"], { allowed: `no samples in a design of kind ${file.design}: its levels say how many` });
  if (file.design !== "list") return;
  const count = axes[0].levels?.length;
  for (const { key, levels } of axes.slice(1))
    if (levels && levels.length !== count)
      note(reading, ["axes", key], { found: `${levels.length} values`, allowed: `${count}, as the first axis has` });
}

function checkSamples(file: SweepFile, axes: readonly Axis[], reading: Reading): void {
  if (file.samples === undefined) note(reading, ["samples"], { allowed: "how many samples are drawn" });
  if (file.design === "sobol" && axes.length > mostSobolDimensions)
    note(reading, ["axes"], {
      found: `${axes.length} axes`,
      allowed: `at most ${mostSobolDimensions} in a Sobol design`,
    });
}
