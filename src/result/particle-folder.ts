import { existsSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { writeAtomically } from "../folder/atomic-file.js";
import { writeJson } from "../folder/json-file.js";
import { makeFolder } from "../folder/make-folder.js";
import { fileBytes, namesIn } from "../folder/read-file.js";
import type { Radial } from "../imaging/attribute/radial-columns.js";
import { cardWords, type DatasetCard } from "../imaging/dataset-card.js";
import { chosenSlices, outlinedSlice } from "../imaging/outlined-slice.js";
import type { TruthErrors } from "../imaging/phantom/truth-errors.js";
import type { VoxelStore } from "../imaging/volume/store.js";
import type { StoredPicture } from "../imaging/volume/stored-picture.js";
import { type Shape, usualAxes, type VoxelSize } from "../imaging/volume/volume.js";
import { type ParticleFindings, particleFindings, wholeRows } from "../inference/measured/findings.js";
import { type RadialSummary, radialSummaries } from "../inference/measured/radial-summary.js";
import { disk } from "../scenario/disk.js";
import { readText } from "../scenario/document.js";
import { version } from "../scenario/version.js";
import { drawnLines } from "../table/drawn-lines.js";
import { particleParquet } from "../table/particle-parquet.js";
import { columnOf, type ParticleTable, particleTableText, readParticleTable } from "../table/particle-table.js";
import { particleFiles } from "./result-files.js";
import { inert, resultBytes, resultJson, resultText } from "./result-text.js";

/** `slices/0012.png` by the number of the slice. */
const sliceFile = (slice: number) => `${String(slice).padStart(4, "0")}.png`;

/** The headline of `summary.json`. */
export interface ParticlesFound {
  readonly status: "done";
  readonly source: readonly string[];
  /** µm, z, y, x */
  readonly voxelSize: VoxelSize;
  readonly shape: Shape;
  readonly particles: number;
  /** Those that the edge of the picture does not cut. */
  readonly interiorParticles: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What a command says of its own work in `summary.json`; numbers that are not known are null there. */
export interface OwnSummary extends ParticlesFound {
  readonly calibration?: CalibrationSummary;
  readonly errors?: TruthErrors;
}

/** `summary.json`. */
export interface ParticleSummary extends OwnSummary {
  readonly version: string;
  readonly card: DatasetCard | null;
  readonly findings: ParticleFindings;
  readonly radial: readonly RadialSummary[];
}

/** Particles that the edge of the picture does not cut. */
export function interiorCount(particles: ParticleTable): number {
  return columnOf(particles, "Touches edge").filter((touches) => touches === 0).length;
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

/** What `segment` and `measure` have found, on its way to files. */
export interface FoundParticles {
  readonly card: DatasetCard | null;
  /** Path of the card. */
  readonly cardFile: string | null;
  /** What is drawn under the outlines. */
  readonly picture: StoredPicture;
  readonly labels: VoxelStore;
  readonly particles: ParticleTable;
  readonly contacts: ParticleTable;
  readonly radial: Radial | null;
}

/**
 * Writes the tables, the card, the slices with outlines and `summary.json`; what is found in the table is found here, so that a
 * page only shows it.
 * @param folder without earlier results
 * @param own keys of the command's summary
 * @throws MachineFailure
 */
export function writeParticleFolder<Own extends OwnSummary>(
  folder: string,
  found: FoundParticles,
  own: Own,
): Own & ParticleSummary {
  const { particles, radial, card, cardFile } = found;
  const whole = new Set(columnOf(wholeRows(particles), "Particle"));
  const summary = {
    ...own,
    version: version(),
    card,
    findings: particleFindings(particles),
    radial:
      radial === null ? [] : [radial.byFraction, radial.byDepth].flatMap((table) => radialSummaries(table, whole)),
  };
  writeTables(folder, found, provenanceOf(card, own));
  if (cardFile !== null) writeAtomically(join(folder, particleFiles.card), readText(disk, cardFile));
  writeSlices(folder, found);
  writeJson(join(folder, particleFiles.summary), summary);
  return summary;
}

function writeTables(
  folder: string,
  { particles, contacts, radial }: FoundParticles,
  provenance: Readonly<Record<string, string>>,
): void {
  const write = (name: string, table: ParticleTable) => writeAtomically(join(folder, name), particleTableText(table));
  write(particleFiles.particles, particles);
  writeAtomically(join(folder, particleFiles.parquet), particleParquet(particles, provenance));
  write(particleFiles.contacts, contacts);
  if (radial === null) return;
  write(particleFiles.byFraction, radial.byFraction);
  write(particleFiles.byDepth, radial.byDepth);
}

/** For the metadata of the table: the program, the picture, the settings, the card. */
function provenanceOf(card: DatasetCard | null, { source, settings }: OwnSummary): Record<string, string> {
  return {
    "synchrode.version": version(),
    "synchrode.source": JSON.stringify(source),
    "synchrode.settings": JSON.stringify(settings),
    ...(card === null ? {} : { "synchrode.card": JSON.stringify(Object.fromEntries(cardWords(card))) }),
  };
}

function writeSlices(folder: string, { picture, labels }: FoundParticles): void {
  const slices = join(folder, particleFiles.slices);
  makeFolder(slices);
  const shape = [1, picture.shape[1], picture.shape[2]] as const;
  for (const z of chosenSlices(picture.shape)) {
    const slice = { ...picture, data: picture.data.slices(z, 1), shape, axes: usualAxes };
    writeAtomically(join(slices, sliceFile(z)), outlinedSlice(slice, labels.slices(z, 1), 0));
  }
}

/** A slice with outlines. */
export interface OutlinedPicture {
  /** Number of the slice. */
  readonly slice: number;
  readonly png: Uint8Array;
}

/** The folder of `segment` or `measure`, read. */
export interface ParticleFolder {
  readonly name: string;
  readonly summary: ParticleSummary;
  readonly particles: ParticleTable;
  /** Sentence for a table of which a page shows some rows only. */
  readonly drawn?: string | undefined;
  readonly pictures: readonly OutlinedPicture[];
}

/** Bytes of a table that is read whole: some hundred thousand particles. Of a longer one so many rows are shown. */
const [longestTable, mostRows] = [1 << 27, 20_000];

/** @throws Error when a file is missing or broken; MachineFailure for what passes */
export function readParticleFolder(folder: string): ParticleFolder {
  const table = join(folder, particleFiles.particles);
  const long = existsSync(table) && statSync(table).size > longestTable ? drawnLines(table, mostRows) : null;
  return {
    name: basename(resolve(folder)),
    summary: resultJson<ParticleSummary>(join(folder, particleFiles.summary)),
    particles: readParticleTable(long === null ? resultText(table) : inert(long.text)),
    drawn: long === null ? undefined : `Figures show ${long.drawn} of ${long.rows} particles, drawn at random.`,
    pictures: readSlices(join(folder, particleFiles.slices)),
  };
}

/** In their order; none where there is no folder of them. */
function readSlices(folder: string): OutlinedPicture[] {
  const names = existsSync(folder) ? resultBytes(folder, () => namesIn(folder)) : [];
  const pngs = names.filter((file) => /^\d+\.png$/.test(file)).sort();
  return pngs.map((file) => {
    const path = join(folder, file);
    return { slice: Number.parseInt(file, 10), png: resultBytes(path, () => fileBytes(path)) };
  });
}
