import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { SectionKind, StressState } from "../fem/coordinates/coordinates.js";
import { fileBytesIfThere } from "../folder/read-file.js";
import type { RunRecord } from "../inference/run-record.js";
import { columnNumbers, type SeparatedTable } from "../table/separated.js";
import { collectionFile, halfCycleOf, readCollection } from "./field-collection.js";
import type { Manifest, RecordedScenario } from "./manifest.js";
import { readSteps } from "./read-steps.js";
import { runRecord } from "./record.js";
import { runFiles } from "./result-files.js";
import { naming, resultJson, resultTable } from "./result-text.js";
import type { Steps } from "./steps.js";
import type { Summary } from "./summary.js";

/** What pages read of a resolved scenario; the rest of it is only listed. SI units; what older versions did not write may be absent. */
export interface ReadScenario
  extends Pick<RecordedScenario, "title" | "seed" | "nominalCoverage">,
    Partial<Pick<RecordedScenario, "outputs">> {
  readonly geometry: Pick<RecordedScenario["geometry"], "width" | "height" | "collector"> & {
    readonly kind: SectionKind;
    /** Absent from results of versions that knew plane strain only; null for spheres. */
    readonly stressState?: StressState | null;
    readonly particles: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
  };
  readonly activeMaterial: Pick<RecordedScenario["activeMaterial"], "initialStoichiometry" | "set">;
  readonly binder: Pick<RecordedScenario["binder"], "highConductivity" | "lowConductivity"> &
    Partial<Pick<RecordedScenario["binder"], "contactLoss">>;
  readonly feedback: { readonly kind: string };
  readonly protocol: Pick<RecordedScenario["protocol"], "tau" | "repeat" | "steps">;
  readonly solver: {
    readonly mesh: Pick<RecordedScenario["solver"]["mesh"], "interfaceSize">;
    readonly time: Pick<RecordedScenario["solver"]["time"], "tolerance">;
  };
  /** Absent or null for a resolved mesh. */
  readonly network?: RecordedScenario["network"];
}

/** A run's results folder, read. */
export interface RunFolder {
  /** As given. */
  readonly folder: string;
  /** Last part of the folder's path. */
  readonly name: string;
  readonly scenario: ReadScenario;
  readonly manifest: Partial<Manifest>;
  /** null while the run is unfinished. */
  readonly summary: Partial<Summary> | null;
  readonly steps: Steps;
  readonly particles: SeparatedTable;
  readonly fields: readonly FieldEntry[];
}

export interface FieldEntry {
  readonly path: string;
  /** s */
  readonly time: number;
  /** null where the name says neither. */
  readonly cycle: number | null;
  readonly end: "charge" | "discharge" | null;
}

/**
 * Reads a results folder, whoever wrote it.
 * @throws Error, RangeError that names the file that is missing or broken, or does not fit the others; MachineFailure for what passes
 */
export function readRunFolder(folder: string): RunFolder {
  const at = (file: string) => join(folder, file);
  const manifest = resultJson<Partial<Manifest>>(at(runFiles.manifest));
  const scenario = manifest.scenario as ReadScenario | undefined;
  if (scenario === undefined)
    throw new Error(`Reading results: manifest.json in ${folder} has no key "scenario"; run the scenario again.`);
  const particles = resultTable(at(runFiles.particles));
  const summary = at(runFiles.summary);
  return {
    folder,
    name: basename(resolve(folder)),
    scenario: scenario.network ? withParticles(scenario, particles, at(runFiles.particles)) : scenario,
    manifest,
    summary: existsSync(summary) ? resultJson<Partial<Summary>>(summary) : null,
    steps: readSteps(folder, particles.rows),
    particles,
    fields: fieldEntries(at(runFiles.fields)),
  };
}

/** What the measures of synchronisation need of a results folder. @throws TableFault */
export function recordedRun({ steps, scenario, particles, folder }: RunFolder): RunRecord {
  const coverage = naming(join(folder, runFiles.particles), () => columnNumbers(particles, "Coverage"));
  return runRecord(steps, scenario, [...coverage]);
}

/** Networks keep their particles in the table alone. */
function withParticles(scenario: ReadScenario, table: SeparatedTable, path: string): ReadScenario {
  const column = (name: string) => naming(path, () => columnNumbers(table, name));
  const [x, y, radius] = ["x [um]", "y [um]", "Particle radius [um]"].map(column);
  const particles = Array.from(radius, (r, k) => ({ x: x[k] * 1e-6, y: y[k] * 1e-6, radius: r * 1e-6 }));
  const nominalCoverage = [...column("Nominal coverage")];
  return { ...scenario, geometry: { ...scenario.geometry, particles }, nominalCoverage };
}

/** None where there is no collection. */
function fieldEntries(folder: string): FieldEntry[] {
  const bytes = fileBytesIfThere(join(folder, collectionFile));
  return readCollection(bytes?.toString("utf8") ?? "").map(({ file, time }) => {
    const half = halfCycleOf(file);
    return { path: join(folder, file), time, cycle: half?.cycle ?? null, end: half?.end ?? null };
  });
}
