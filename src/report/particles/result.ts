import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { DatasetCard } from "../../imaging/dataset-card.js";
import type { TruthErrors } from "../../imaging/phantom/truth-errors.js";
import type { ParticleFindings } from "../../inference/measured/findings.js";
import type { RadialSummary } from "../../inference/measured/radial-summary.js";
import { drawnLines } from "../../table/drawn-lines.js";
import { type ParticleTable, readParticleTable } from "../../table/particle-table.js";
import { inert, resultJson, resultText } from "../result-file.js";

/** What the page reads of `summary.json`; numbers that are not known are null there. */
export interface ParticleSummary {
  readonly version: string;
  readonly source: readonly string[];
  /** µm, z, y, x */
  readonly voxelSize: readonly [number, number, number];
  readonly shape: readonly [number, number, number];
  readonly particles: number;
  readonly interiorParticles: number;
  readonly card: DatasetCard | null;
  readonly findings: ParticleFindings;
  readonly radial: readonly RadialSummary[];
  readonly calibration?: CalibrationSummary;
  readonly errors?: TruthErrors;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** How grey levels became stoichiometries. */
export interface CalibrationSummary {
  readonly file: string;
  readonly material: string | null;
  readonly source: string | null;
  readonly points: {
    readonly references: readonly {
      readonly name: string;
      readonly greyLevel: number;
      readonly electronDensity: number;
    }[];
    readonly states: readonly { readonly stoichiometry: number; readonly electronDensity: number }[];
  };
  readonly slope: number;
  readonly intercept: number;
  readonly residual: number;
  readonly perPercentVoid: number;
  readonly beyond: number;
  readonly margin: number;
}

/** A slice with outlines. */
export interface OutlinedPicture {
  /** Number of the slice. */
  readonly slice: number;
  readonly png: Uint8Array;
}

/** The folder of `segment` or `measure`, read. */
export interface ParticleResult {
  readonly name: string;
  readonly summary: ParticleSummary;
  readonly particles: ParticleTable;
  /** Sentence for a table of which the page shows some rows only. */
  readonly drawn?: string | undefined;
  readonly pictures: readonly OutlinedPicture[];
}

/** Bytes of a table that is read whole: some hundred thousand particles. Of a longer one so many rows are shown. */
const [longestTable, mostRows] = [1 << 27, 20_000];

/** @throws Error when a file is missing or broken */
export async function readParticleResult(folder: string): Promise<ParticleResult> {
  const table = join(folder, "particles.csv");
  const long = existsSync(table) && statSync(table).size > longestTable ? drawnLines(table, mostRows) : null;
  const slices = existsSync(join(folder, "slices")) ? await readdir(join(folder, "slices")) : [];
  const pngs = slices.filter((file) => /^\d+\.png$/.test(file)).sort();
  return {
    name: basename(resolve(folder)),
    summary: await resultJson<ParticleSummary>(join(folder, "summary.json")),
    particles: readParticleTable(long === null ? await resultText(table) : inert(long.text)),
    drawn: long === null ? undefined : `Figures show ${long.drawn} of ${long.rows} particles, drawn at random.`,
    pictures: await Promise.all(
      pngs.map(async (file) => ({
        slice: Number.parseInt(file, 10),
        png: await readFile(join(folder, "slices", file)),
      })),
    ),
  };
}
