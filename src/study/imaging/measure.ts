import { join } from "node:path";
import { inFolder } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { type MeasureSettings, measureSteps, type Register } from "../../imaging/attribute/measure.js";
import { type Radial, radialSteps, usualRadial } from "../../imaging/attribute/radial-columns.js";
import type { MatterSettings } from "../../imaging/matter/matter-map.js";
import type { StoredSpecimen } from "../../imaging/matter/specimen.js";
import { storedMatter } from "../../imaging/matter/stored-matter.js";
import { closeStoredParticles } from "../../imaging/segmentation/close-particles.js";
import { compactStored, type ImportedLabels, renumbered } from "../../imaging/segmentation/label-import.js";
import { stage } from "../../imaging/steps/steps.js";
import { readPicture } from "../../imaging/volume/files.js";
import type { Reading } from "../../imaging/volume/format.js";
import { readStored, type StoredFile } from "../../imaging/volume/stored-picture.js";
import type { Shape, VoxelSize } from "../../imaging/volume/volume.js";
import { type CalibrationSummary, interiorCount, writeParticleFolder } from "../../result/particle-folder.js";
import { phantomFiles } from "../../result/result-files.js";
import { type ReadCalibration, readCalibration } from "../../scenario/imaging/calibration-file.js";
import { columnOf, type ParticleTable, particleTable } from "../../table/particle-table.js";
import { asInput, InputRefused } from "../input-refused.js";
import { askedOfLabels, cardFileOf, checkSameVoxels, type PictureAsked, storedDataset } from "./dataset.js";
import { type ImagingWatch, type ImagingWork, imagingWork } from "./imaging-work.js";
import { type KeptResults, keptResults } from "./kept-results.js";
import { matterWords } from "./matter-words.js";
import { phantomErrors, truthOf } from "./phantom-truth.js";
import type { RoomAsked } from "./room.js";

/** Labelled particles that are to be measured. */
export interface Measuring {
  readonly picture: PictureAsked;
  /** Its particles, one whole number each, 0 elsewhere. */
  readonly labels: { readonly path: string; readonly which: Partial<Reading> };
  /** Grey levels of the same voxels, where the picture holds phases. */
  readonly grey?: string | undefined;
  /** File that says what grey levels mean. */
  readonly calibration?: string | undefined;
  /** Folder of a phantom whose truth the measurement is held against. */
  readonly truth?: string | undefined;
  readonly settings: MeasuringSettings;
  readonly room: RoomAsked;
  /** For the results. */
  readonly folder: string;
  /** Writes the page about the folder. */
  readonly page?: (folder: string) => Promise<void>;
}

/** How labelled particles are measured. */
export interface MeasuringSettings {
  readonly register: Register;
  /** µm below the outside of a particle from which cracks count. */
  readonly rim: number;
  /** µm; cracks narrower than twice this are given to their particle. */
  readonly closing: number;
  readonly matter: MatterSettings;
  /** µm; grey levels nearer to a pore, crack or binder do not count. Three voxels unless it is given. */
  readonly margin?: number | undefined;
}

/** The stages, in their order. */
export function measureStages({ closing }: Pick<MeasuringSettings, "closing">): readonly string[] {
  const cracks = closing > 0 ? ["cracks of each particle"] : [];
  return ["reading", "numbering", "active material", ...cracks, "attributes", "from the surface inward", "report"];
}

/**
 * Measures labelled particles into a folder.
 * @returns what `summary.json` says
 * @throws InputRefused, InputFault, OutputRefused; StoppedKeeping after the signal; MachineFailure
 */
export async function measure(asked: Measuring, watch: ImagingWatch) {
  const { room, folder } = asked;
  return inFolder(folder, folderKinds.measure, { inputs: inputsOf(asked) }, (own) => {
    const kept = keptResults(own, folderKinds.measure);
    return imagingWork(room, own, watch, (work) => measured(asked, work, kept)).catch(kept.failed);
  });
}

/** Every file and folder that is read. */
function inputsOf({ picture: { path, card }, labels, grey, calibration, truth }: Measuring): readonly string[] {
  const given = [grey, calibration].filter((each) => each !== undefined);
  const drawn = truth === undefined ? [] : [phantomFiles.truth, phantomFiles.labels].map((name) => join(truth, name));
  return [path, labels.path, ...cardFileOf(path, card), ...given, ...drawn];
}

/** What is read and prepared before anything is measured. */
async function prepared(asked: Measuring, work: ImagingWork) {
  const { scratch, slab, steps } = work;
  const { labels: labelled, settings, picture: volume } = asked;
  const calibration = asked.calibration === undefined ? null : readCalibration(asked.calibration);
  const dataset = await storedDataset(volume, work, () => voxelSizeIn(labelled.path, labelled.which));
  const { shape, voxelSize, data, provenance } = dataset.picture;
  const drawn = await fitting(labelled.path, shape, labelled.which, work, askedOfLabels);
  const truth = asked.truth === undefined ? null : await truthOf(asked.truth, shape);
  const labels = await steps(stage("numbering", compactStored(drawn.data, scratch, slab)));
  work.tables(shape, data.type, labels.count);
  const map = await steps(stage("active material", storedMatter(dataset.picture, settings.matter, scratch, slab)));
  const { closing } = settings;
  if (closing > 0)
    await steps(stage("cracks of each particle", closeStoredParticles(labels, map.matter, voxelSize, closing, slab)));
  const given = asked.grey === undefined ? null : (await fitting(asked.grey, shape, {}, work)).data;
  const grey = given ?? (map.phases === null ? data : null);
  if (calibration !== null && grey === null)
    throw new InputRefused(
      `Reading ${volume.path}: found phases; a calibration needs grey levels: give them with --grey.`,
    );
  const specimen = { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey };
  const source = [...provenance, ...drawn.provenance, ...numberNote(labels)];
  const shown = { ...dataset, picture: { ...dataset.picture, data: grey ?? data } };
  return { calibration, truth, labels, threshold: map.threshold, specimen, source, shown };
}

async function measured(asked: Measuring, work: ImagingWork, kept: KeptResults) {
  const { settings, grey, folder, page } = asked;
  const { calibration, truth, labels, threshold, specimen, source, shown } = await prepared(asked, work);
  const { shape, voxelSize } = specimen;
  const margin = settings.margin ?? usualRadial(specimen).margin;
  const { particles, contacts, radial } = await columnsOf(specimen, { ...settings, margin }, calibration, labels, work);
  const { register, rim, matter, closing } = settings;
  const own = {
    status: "done" as const,
    ...{ source, voxelSize, shape, particles: labels.count, interiorParticles: interiorCount(particles) },
    contacts: contacts.rows,
    ...(calibration !== null && { calibration: calibrationWords(calibration, particles, margin) }),
    ...(truth !== null && { errors: phantomErrors(truth, labels.data.slices(0, shape[0]), particles) }),
    settings: {
      register,
      rim,
      ...matterWords(matter),
      threshold,
      closing,
      margin,
      ...(grey !== undefined && { grey }),
    },
  };
  return work.stage("report", async () => {
    const found = { ...shown, labels: labels.data, particles, contacts, radial };
    const summary = writeParticleFolder(kept.folder(), found, own);
    await page?.(folder);
    return summary;
  });
}

/** The tables; inward columns where there are grey levels, or cracks and voids. */
async function columnsOf(
  specimen: StoredSpecimen,
  settings: MeasureSettings & { readonly margin: number },
  calibration: ReadCalibration | null,
  labels: ImportedLabels,
  { steps, scratch, slab }: ImagingWork,
): Promise<{ particles: ParticleTable; contacts: ParticleTable; radial: Radial | null }> {
  const { particles, contacts } = await steps(stage("attributes", measureSteps(specimen, settings, scratch, slab)));
  const shells = { ...usualRadial(specimen), margin: settings.margin };
  const inward = radialSteps(specimen, shells, calibration?.calibration ?? null, slab);
  const due = specimen.grey !== null || hasVoids(particles);
  const radial = due ? await steps(stage("from the surface inward", inward)) : null;
  const all = radial === null ? particles : joined(particles, radial.columns);
  return { particles: renumbered(labels) ? named(all, labels) : all, contacts, radial };
}

/** How large a voxel is by a file of labels, which Avizo and ImageJ write. */
async function voxelSizeIn(path: string, which: Partial<Reading>): Promise<VoxelSize | null> {
  return (await asInput(() => askedOfLabels(() => readPicture(path, which)))).voxelSize;
}

/** A picture of the same voxels as the volume. @throws InputRefused */
async function fitting(
  path: string,
  shape: Shape,
  which: Partial<Reading>,
  { reading, scratch }: ImagingWork,
  asked: typeof askedOfLabels = (work) => work(),
): Promise<StoredFile> {
  const picture = await asInput(() =>
    asked(() => readStored(path, (pages) => ({ ...which, pages: reading(pages).pages }), scratch)),
  );
  checkSameVoxels(path, picture.shape, shape, "the volume has");
  return picture;
}

/** Whether any particle holds a crack or a void. */
function hasVoids(particles: ParticleTable): boolean {
  return ["Crack share", "Native void fraction"].some((name) =>
    particles.columns.get(name)?.some((share) => share > 0),
  );
}

function joined(particles: ParticleTable, columns: Readonly<Record<string, Float64Array>>): ParticleTable {
  return particleTable({ ...Object.fromEntries(particles.columns), ...columns });
}

/** The table with the number that each particle had in the file of labels, behind its own. */
function named(particles: ParticleTable, { names }: ImportedLabels): ParticleTable {
  const { Particle, ...others } = Object.fromEntries(particles.columns);
  return particleTable({ Particle: Particle as Float64Array, Label: names, ...others });
}

/** How the numbers of a file of labels become those of the tables. */
function numberNote(labels: ImportedLabels): readonly string[] {
  const { names, count } = labels;
  if (!renumbered(labels)) return [];
  return [
    `labels ${names[0]} to ${names[count - 1]} are particles 1 to ${count}, in ascending order: column Label of particles.csv`,
  ];
}

/** What `summary.json` says of a calibration. */
function calibrationWords(
  { calibration, file, material, source }: ReadCalibration,
  table: ParticleTable,
  margin: number,
): CalibrationSummary {
  const { points, slope, intercept, residual, perPercentVoid } = calibration;
  const beyond = columnOf(table, "Beyond calibration").filter((value) => value === 1).length;
  return { file, material, source, points, slope, intercept, residual, perPercentVoid, beyond, margin };
}
