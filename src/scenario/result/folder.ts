import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FARADAY } from "../../fem/law/faraday.js";
import type { Frame, Simulation } from "../../fem/model/frame.js";
import { neighbourhood, surroundingsColumns } from "../../network/neighbours/attributes.js";
import { type ParticleColumn, particleTable, writeParticleTable } from "../../table/particle-table.js";
import type { NetworkChoice, Scenario } from "../scenario.js";
import { writeAtomically } from "./atomic-file.js";
import { readCheckpoint, type SavedPlace } from "./checkpoint.js";
import { coulombPerMilliampereHour, type Scales } from "./clock.js";
import { type GrowingCsv, growingCsv } from "./growing-csv.js";
import { readManifest } from "./manifest.js";
import { particleRowsDue, particleTimeseriesColumns, particleTimeseriesRows } from "./particle-timeseries.js";
import type { Row } from "./record.js";
import { timeseriesColumns, timeseriesRow } from "./timeseries.js";

export const checkpointFile = "checkpoint.bin";

/** What a folder is before a run begins in it. */
export type Found =
  | { readonly kind: "empty" }
  /** Results of this program; `place` is where a run in it could go on. */
  | { readonly kind: "results"; readonly place: SavedPlace | undefined }
  | { readonly kind: "foreign"; readonly entry: string };

/** @throws SyntaxError when its checkpoint is damaged. */
export function inspectFolder(folder: string): Found {
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  if (entries.length === 0) return { kind: "empty" };
  if (readManifest(folder) === undefined) return { kind: "foreign", entry: entries[0]! };
  return { kind: "results", place: readCheckpoint(join(folder, checkpointFile)) };
}

/** Takes away what an earlier run left in a results folder. */
export function clearResults(folder: string): void {
  for (const entry of [
    checkpointFile,
    "timeseries.csv",
    "particle_timeseries.csv",
    "particles.csv",
    "summary.json",
    "report.html",
    "fields",
  ]) {
    rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

/** The two time series of a run while it grows. */
export interface Series {
  append(frame: Frame, scales: Scales): void;
  /** Brings all rows to the disk; bytes by file name. */
  flush(): Record<string, number>;
  close(): void;
}

/** Opens the time series of a folder, anew or cut back to where a run goes on. */
export function openSeries(folder: string, scenario: Scenario, lengths: Readonly<Record<string, number>> = {}): Series {
  mkdirSync(folder, { recursive: true });
  const open = (name: string, columns: readonly string[]): GrowingCsv =>
    growingCsv(join(folder, name), columns, lengths[name] ?? 0);
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
      whole.close();
      byParticle.close();
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
    "x [um]": each((k) => particles[k]!.x * 1e6),
    "y [um]": each((k) => particles[k]!.y * 1e6),
    "z [um]": each((k) => (particles[k]!.z ?? 0) * 1e6),
    "Particle radius [um]": each((k) => particles[k]!.radius * 1e6),
    "Nominal coverage": scenario.nominalCoverage,
    Coverage: each((k) => simulation.coverage[k]!),
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
  const towards = (axis: number) => packing.radius.map((_, k) => packing.patch[3 * k + axis]!);
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
      moved += Math.abs(stoichiometry[k]! - before);
      before = stoichiometry[k]!;
    }
    return moved * scale;
  });
}
