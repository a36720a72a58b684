import { join } from "node:path";
import { FARADAY } from "../fem/law/faraday.js";
import type { Frame, Simulation } from "../fem/model/frame.js";
import { writeAtomically } from "../folder/atomic-file.js";
import { neighbourhood, surroundingsColumns } from "../network/neighbours/attributes.js";
import type { NetworkChoice, Scenario } from "../scenario/scenario.js";
import { type ParticleColumn, particleTable, writeParticleTable } from "../table/particle-table.js";
import { type KeptPart, readCheckpoint, type SavedPlace } from "./checkpoint.js";
import { coulombPerMilliampereHour, type Scales } from "./clock.js";
import { checkFields } from "./field-files.js";
import { checkKept, type GrowingCsv, growingCsv } from "./growing-csv.js";
import { particleRowsDue, particleTimeseriesColumns, particleTimeseriesRows } from "./particle-timeseries.js";
import type { Row } from "./row.js";
import { timeseriesColumns, timeseriesRow } from "./timeseries.js";

export const checkpointFile = "checkpoint.bin";

/**
 * Where a run in a folder can go on: its checkpoint, after the files that belong to it were found as they were.
 * @returns undefined when there is none
 * @throws SyntaxError when the checkpoint is damaged, or does not belong to the files; MachineFailure
 */
export function readPlace(folder: string): SavedPlace | undefined {
  const place = readCheckpoint(join(folder, checkpointFile));
  if (place === undefined) return undefined;
  for (const name of seriesFiles)
    if (!place.kept[name]?.bytes)
      throw new SyntaxError(`Reading a checkpoint: found no length of ${name}; start the run anew without --resume.`);
  for (const [name, kept] of Object.entries(place.kept)) checkKept(join(folder, name), kept);
  checkFields(folder, place.fields);
  return place;
}

/** The growing files. */
const seriesFiles = ["timeseries.csv", "particle_timeseries.csv"] as const;

/** The two time series of a run while it grows. */
export interface Series {
  append(frame: Frame, scales: Scales): void;
  /** Brings all rows to the disk; what is in them by file name. */
  flush(): Record<string, KeptPart>;
  close(): void;
}

/** Opens the time series of a folder, anew or cut back to where a run goes on. */
export function openSeries(folder: string, scenario: Scenario, kept: SavedPlace["kept"] = {}): Series {
  const open = (name: (typeof seriesFiles)[number], columns: readonly string[]): GrowingCsv =>
    growingCsv(join(folder, name), columns, kept[name]);
  const whole = open("timeseries.csv", timeseriesColumns);
  const byParticle = open("particle_timeseries.csv", particleTimeseriesColumns);
  const due = particleRowsDue(scenario);
  return {
    append(frame, scales) {
      whole.append(timeseriesRow(frame, scales));
      if (due(frame)) for (const row of particleTimeseriesRows(frame, scales)) byParticle.append(row);
    },
    flush: () => ({ "timeseries.csv": whole.flush(), "particle_timeseries.csv": byParticle.flush() }),
    close() {
      try {
        whole.close();
      } finally {
        byParticle.close();
      }
    },
  };
}

/** `particles.csv`: the state after the last step, with the charge that passed through each particle in both directions. */
export function writeParticles(
  folder: string,
  scenario: Scenario,
  simulation: Pick<Simulation, "coverage">,
  rows: readonly Row[],
): void {
  const { particles } = scenario.geometry;
  const last = [...rows].reverse().find(({ damage }) => damage.length > 0);
  const each = (value: (k: number) => number) => particles.map((_, k) => value(k));
  const passed = chargePassed(scenario, rows);
  const columns: Record<ParticleColumn, readonly number[]> = {
    Particle: each((k) => k + 1),
    "x [um]": each((k) => particles[k].x * 1e6),
    "y [um]": each((k) => particles[k].y * 1e6),
    "z [um]": each((k) => (particles[k].z ?? 0) * 1e6),
    "Particle radius [um]": each((k) => particles[k].radius * 1e6),
    "Nominal coverage": scenario.nominalCoverage,
    Coverage: each((k) => simulation.coverage[k]),
    "Interface damage": each((k) => last?.damage[k] ?? 0),
    "Largest interface damage": each((k) => last?.largestDamage[k] ?? 0),
    "Mean stoichiometry": each((k) => last?.stoichiometry[k] ?? scenario.activeMaterial.initialStoichiometry),
    "Charge passed [mAh/cm3]": passed,
  };
  const around = scenario.network ? networkColumns(scenario.network) : {};
  writeAtomically(join(folder, "particles.csv"), writeParticleTable(particleTable({ ...columns, ...around })));
}

/** Where each particle's patch of well-conducting carbon/binder lies (unit vector to its middle), and what surrounds it. */
function networkColumns({ packing }: NetworkChoice): Record<string, Float64Array> {
  const towards = (axis: number) => packing.radius.map((_, k) => packing.patch[3 * k + axis]);
  return {
    "Patch direction x": towards(0),
    "Patch direction y": towards(1),
    "Patch direction z": towards(2),
    ...surroundingsColumns(neighbourhood(packing).particle),
  };
}

/** By particle, mAh per cm³ of particle: the sum of |Δs| over the steps that have rows, times F c_max. */
function chargePassed(scenario: Scenario, rows: readonly Row[]): number[] {
  const { maximumConcentration, initialStoichiometry } = scenario.activeMaterial;
  const scale = (FARADAY * maximumConcentration) / coulombPerMilliampereHour;
  return scenario.geometry.particles.map((_, k) => {
    let [moved, before] = [0, initialStoichiometry];
    for (const { stoichiometry } of rows) {
      if (stoichiometry.length === 0) continue;
      moved += Math.abs(stoichiometry[k] - before);
      before = stoichiometry[k];
    }
    return moved * scale;
  });
}
