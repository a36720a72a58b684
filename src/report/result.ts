import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import {
  type Coordinates,
  coordinatesOf,
  type SectionKind,
  type StressState,
  sections,
} from "../fem/coordinates/coordinates.js";
import { olderNames } from "../table/damage-name.js";
import { readNumberColumns } from "../table/number-columns.js";
import { resultJson, resultText } from "./result-file.js";
import { numbers, parseTable, type Table } from "./table.js";

/** How the sections of a reported geometry are held; results of versions without a choice are in plane strain. */
export function coordinatesOfReport({ kind, stressState }: ReportedScenario["geometry"]): Coordinates {
  return coordinatesOf(sections[kind].revolved ? null : (stressState ?? "plane-strain"));
}

/** What the report reads of a resolved scenario; the rest of it is only listed. SI units. */
export interface ReportedScenario {
  readonly title: string;
  readonly seed: number;
  readonly geometry: {
    readonly kind: SectionKind;
    /** Absent from results of versions that knew plane strain only; null for spheres. */
    readonly stressState?: StressState | null;
    readonly width: number;
    readonly height: number;
    readonly collector: string;
    readonly particles: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
  };
  readonly nominalCoverage: readonly number[];
  readonly activeMaterial: { readonly initialStoichiometry: number; readonly set: string };
  readonly binder: {
    readonly highConductivity: number;
    readonly lowConductivity: number;
    readonly contactLoss?: number;
  };
  readonly feedback: { readonly kind: string };
  readonly protocol: {
    readonly tau: number;
    readonly repeat: number;
    readonly steps: readonly { readonly verb: string }[];
  };
  readonly solver: { readonly mesh: { readonly interfaceSize: number }; readonly time: { readonly tolerance: number } };
  readonly outputs?: { readonly particleRows?: "all" | "ends" };
  /** Absent or null for a resolved mesh. */
  readonly network?: {
    readonly dimension: 2 | 3;
    readonly periodic: boolean;
    readonly solidFraction: number;
    readonly resolution: { readonly directions: number; readonly points: number; readonly radial: object };
  } | null;
}

/** The columns of `particle_timeseries.csv` that are drawn; a row a particle and step. */
export interface ParticleSeries {
  /** s */
  readonly time: Float64Array;
  readonly particle: Float64Array;
  readonly stoichiometry: Float64Array;
  readonly damage: Float64Array;
}

/** A results folder, read. */
export interface Result {
  /** As given. */
  readonly folder: string;
  /** Last part of the folder's path. */
  readonly name: string;
  readonly scenario: ReportedScenario;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** null while the run is unfinished. */
  readonly summary: Readonly<Record<string, unknown>> | null;
  readonly series: Table;
  readonly particleSeries: ParticleSeries;
  readonly particles: Table;
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

/** Reads a results folder; throws an error that names the file that is missing or broken. */
export async function readResult(folder: string): Promise<Result> {
  const table = async (file: string) => parseTable(await resultText(join(folder, file)));
  const optional = (file: string) => readFile(join(folder, file), "utf8").catch(() => null);
  const manifest = await resultJson<Record<string, unknown>>(join(folder, "manifest.json"));
  const scenario = manifest.scenario as ReportedScenario | undefined;
  if (scenario === undefined)
    throw new Error(`Reading results: manifest.json in ${folder} has no key "scenario"; run the scenario again.`);
  const particles = await table("particles.csv");
  return {
    folder,
    name: basename(resolve(folder)),
    scenario: scenario.network ? withParticles(scenario, particles) : scenario,
    manifest,
    summary: existsSync(join(folder, "summary.json"))
      ? await resultJson<Record<string, unknown>>(join(folder, "summary.json"))
      : null,
    series: await table("timeseries.csv"),
    particleSeries: readParticleSeries(folder),
    particles,
    fields: parseCollection(await optional("fields/fields.pvd"), join(folder, "fields")),
  };
}

/** Networks keep their particles in the table alone. */
function withParticles(scenario: ReportedScenario, table: Table): ReportedScenario {
  const [x, y, radius] = ["x [um]", "y [um]", "Particle radius [um]"].map((name) => numbers(table, name));
  const particles = Array.from(radius, (r, k) => ({ x: x[k] * 1e-6, y: y[k] * 1e-6, radius: r * 1e-6 }));
  const nominalCoverage = [...numbers(table, "Nominal coverage")];
  return { ...scenario, geometry: { ...scenario.geometry, particles }, nominalCoverage };
}

function readParticleSeries(folder: string): ParticleSeries {
  const file = join(folder, "particle_timeseries.csv");
  if (!existsSync(file)) throw noFile("particle_timeseries.csv", folder);
  const names = ["Time [s]", "Particle", "Mean stoichiometry", "Interface damage"] as const;
  const columns = readNumberColumns(file, names, olderNames);
  return {
    time: columns["Time [s]"],
    particle: columns.Particle,
    stoichiometry: columns["Mean stoichiometry"],
    damage: columns["Interface damage"],
  };
}

function noFile(file: string, folder: string, cause?: unknown): Error {
  const found = `Reading results: found no ${file} in ${folder}; give folders that "synchrode run" wrote.`;
  return new Error(found, { cause });
}

/** The files and times of a ParaView collection. */
function parseCollection(text: string | null, folder: string): FieldEntry[] {
  const sets = [...(text ?? "").matchAll(/<DataSet\b([^>]*)>/g)].map(([, attributes]) => attributes);
  const attribute = (from: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(from)?.[1] ?? "";
  return sets.map((set) => {
    const file = attribute(set, "file");
    const named = /cycle-(\d+)-(charge|discharge)\.vtu$/.exec(file);
    return {
      path: join(folder, file),
      time: Number(attribute(set, "timestep")),
      cycle: named ? Number(named[1]) : null,
      end: named ? (named[2] as "charge" | "discharge") : null,
    };
  });
}
