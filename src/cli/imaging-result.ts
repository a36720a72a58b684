import { join } from "node:path";
import { writeAtomically } from "../folder/atomic-file.js";
import { makeFolder } from "../folder/make-folder.js";
import type { Radial } from "../imaging/attribute/radial-columns.js";
import { cardWords } from "../imaging/dataset-card.js";
import { chosenSlices, outlinedSlice } from "../imaging/outlined-slice.js";
import type { VoxelStore } from "../imaging/volume/store.js";
import type { StoredPicture } from "../imaging/volume/stored-picture.js";
import { usualAxes } from "../imaging/volume/volume.js";
import { type ParticleFindings, particleFindings, wholeRows } from "../inference/measured/findings.js";
import { type RadialSummary, radialSummaries } from "../inference/measured/radial-summary.js";
import { disk } from "../scenario/disk.js";
import { readText } from "../scenario/document.js";
import { version } from "../scenario/version.js";
import { particleParquet } from "../table/particle-parquet.js";
import { columnOf, type ParticleTable, particleTableText } from "../table/particle-table.js";
import type { Dataset } from "./dataset.js";

/** What `segment` and `measure` have found, on its way to files. */
export interface ImagingResult extends Pick<Dataset, "card" | "cardFile"> {
  /** What is drawn under the outlines. */
  readonly picture: StoredPicture;
  readonly labels: VoxelStore;
  readonly particles: ParticleTable;
  readonly contacts: ParticleTable;
  readonly radial: Radial | null;
}

/** Keys that every `summary.json` of particles has besides a command's own. */
export interface ParticleSummary {
  readonly version: string;
  readonly card: Dataset["card"];
  readonly findings: ParticleFindings;
  readonly radial: readonly RadialSummary[];
}

/**
 * Writes the tables, the card, the slices with outlines, `summary.json` and `report.html`; what is found in the table is
 * found here, so that the page only shows it.
 * @param folder without earlier results
 * @param own keys of the command's summary
 */
export async function writeResult<S extends object>(
  folder: string,
  result: ImagingResult,
  own: S,
): Promise<S & ParticleSummary> {
  const { particles, radial, card, cardFile } = result;
  const whole = new Set(columnOf(wholeRows(particles), "Particle"));
  const summary = {
    ...own,
    version: version(),
    card,
    findings: particleFindings(particles),
    radial:
      radial === null ? [] : [radial.byFraction, radial.byDepth].flatMap((table) => radialSummaries(table, whole)),
  };
  writeTables(folder, result, provenanceOf(card, own));
  if (cardFile !== null) writeAtomically(join(folder, "card.yaml"), readText(disk, cardFile));
  writeSlices(folder, result);
  writeAtomically(join(folder, "summary.json"), summaryText(summary));
  const { buildParticleReport } = await import("../report/particles/particle-report.js");
  await buildParticleReport(folder, join(folder, "report.html"));
  return summary;
}

/** JSON with typed arrays as lists. */
export function summaryText(summary: object): string {
  const typed = (_: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value);
  return `${JSON.stringify(summary, typed, 2)}\n`;
}

function writeTables(
  folder: string,
  { particles, contacts, radial }: ImagingResult,
  provenance: Record<string, string>,
) {
  const write = (name: string, table: ParticleTable) => writeAtomically(join(folder, name), particleTableText(table));
  write("particles.csv", particles);
  writeAtomically(join(folder, "particles.parquet"), particleParquet(particles, provenance));
  write("contacts.csv", contacts);
  if (radial === null) return;
  write("radial-fraction.csv", radial.byFraction);
  write("radial-depth.csv", radial.byDepth);
}

/** For the metadata of the table: the program, the picture, the settings, the card. */
function provenanceOf(card: Dataset["card"], own: object): Record<string, string> {
  const { source, settings } = own as { source?: unknown; settings?: unknown };
  return {
    "synchrode.version": version(),
    "synchrode.source": JSON.stringify(source ?? null),
    "synchrode.settings": JSON.stringify(settings ?? null),
    ...(card === null ? {} : { "synchrode.card": JSON.stringify(Object.fromEntries(cardWords(card))) }),
  };
}

/** `slices/0012.png` by the number of the slice. */
function writeSlices(folder: string, { picture, labels }: ImagingResult): void {
  makeFolder(join(folder, "slices"));
  const shape = [1, picture.shape[1], picture.shape[2]] as const;
  for (const z of chosenSlices(picture.shape)) {
    const slice = { ...picture, data: picture.data.slices(z, 1), shape, axes: usualAxes };
    const png = outlinedSlice(slice, labels.slices(z, 1), 0);
    writeAtomically(join(folder, "slices", `${String(z).padStart(4, "0")}.png`), png);
  }
}
