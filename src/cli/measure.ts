import { join } from "node:path";
import { Command, Option } from "commander";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { measureSteps, type Register } from "../imaging/attribute/measure.js";
import { radialSteps, usualRadial } from "../imaging/attribute/radial-columns.js";
import { storedMatter } from "../imaging/matter/stored-matter.js";
import { closeStoredParticles } from "../imaging/segmentation/close-particles.js";
import { compactStored, type ImportedLabels, renumbered } from "../imaging/segmentation/label-import.js";
import { stage } from "../imaging/steps/steps.js";
import { readPicture } from "../imaging/volume/files.js";
import type { Reading } from "../imaging/volume/format.js";
import { readStored, type StoredFile } from "../imaging/volume/stored-picture.js";
import type { Shape, VoxelSize } from "../imaging/volume/volume.js";
import { type ReadCalibration, readCalibration } from "../scenario/imaging/calibration-file.js";
import { columnOf, type ParticleTable, particleTable } from "../table/particle-table.js";
import { cardFileOf, storedDataset } from "./dataset.js";
import { CommandFailed } from "./failure.js";
import { micrometres } from "./given-value.js";
import { filterHelp, thresholdHelp } from "./grey-options.js";
import {
  asInput,
  type MatterOption,
  matterSettings,
  matterWords,
  type SegmentOptions,
  voxelSizeOption,
} from "./imaging-options.js";
import { type RoomOptions, withRoomOptions } from "./imaging-room.js";
import { type ImagingWork, imagingWork } from "./imaging-work.js";
import { type KeptResults, keptResults } from "./kept-results.js";
import { written } from "./particle-page.js";
import { phantomErrors, truthOf } from "./phantom-truth.js";
import {
  askedOfLabels,
  type LabelOptions,
  labelReading,
  type PictureOptions,
  pictureReading,
  withLabelOptions,
  withPictureOptions,
} from "./picture-options.js";
import type { Terminal } from "./terminal.js";

interface Options extends Pick<SegmentOptions, MatterOption>, RoomOptions, PictureOptions, LabelOptions {
  readonly closing: string;
  readonly voxelSize?: string;
  readonly card?: string;
  readonly grey?: string;
  readonly calibration?: string;
  readonly margin?: string;
  readonly truth?: string;
  readonly register: Register;
  readonly rim: string;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode measure`: labelled particles to a particle table. */
export function measureCommand(terminal: Terminal): Command {
  return withRoomOptions(withLabelOptions(withPictureOptions(new Command("measure"))))
    .description("measure labelled particles: size, form, damage, contacts, coverage, surroundings")
    .argument("<volume>", "tomogram of phases or grey levels")
    .argument(
      "<labels>",
      "its particles, one whole number each, 0 elsewhere (StarDist, Cellpose, Dragonfly, Avizo, segment)",
    )
    .option("--voxel-size <lengths>", 'edge of a voxel, such as "398 nm", or three for z, y, x')
    .option("--card <file>", "dataset card (default: NAME.card.yaml or card.yaml beside the volume)")
    .option("--grey <file>", "grey levels of the same voxels, when the volume holds phases")
    .option("--calibration <file>", "what grey levels mean: stoichiometry of each particle, from its surface inward")
    .option(
      "--margin <length>",
      "grey levels nearer than this to a pore, crack or binder do not count (default: 3 voxels)",
    )
    .option("--active <value>", "value of the active material in a picture of phases", "1")
    .option("--binder <value>", "value of the carbon/binder, or none", "2")
    .option("--threshold <grey>", thresholdHelp)
    .option("--filter <names>", filterHelp)
    .option("--closing <length>", "give each particle the cracks narrower than twice this", "0 um")
    .addOption(
      new Option("--register <name>", "definitions: ours, as the published code computes them, or both")
        .choices(["physical", "paper", "both"])
        .default("physical"),
    )
    .option("--rim <length>", "count cracks only deeper than this below the outside of a particle", "0 um")
    .option("--truth <folder>", "folder of synchrode phantom: say how far each attribute is from the truth")
    .option("--out <folder>", "folder for the results", "measured")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", example)
    .action((path: string, labelPath: string, options: Options) => run(path, labelPath, options, terminal));
}

const example = [
  "\nExample (the first two lines make the input):",
  "  synchrode phantom --out phantom",
  "  synchrode segment phantom/phases.tif --closing 1um --out segmented",
  "  synchrode measure phantom/phases.tif segmented/labels.tif --closing 1um --grey phantom/cathode.tif --calibration phantom/calibration.yaml --truth phantom --out measured",
].join("\n");

async function run(path: string, labelPath: string, options: Options, terminal: Terminal): Promise<void> {
  const summary = await inFolder(
    options.out,
    folderKinds.measure,
    { inputs: inputsOf(path, labelPath, options) },
    (out) => {
      const kept = keptResults(out, folderKinds.measure);
      return imagingWork(options, stagesOf(options), terminal, (work) =>
        measured(path, labelPath, options, work, kept),
      ).catch((error) =>
        kept.failed(error, "Nothing is kept of a table that is not whole: run the same command again."),
      );
    },
  );
  if (options.json) terminal.out(jsonText(summary));
  else terminal.out(`${options.out}: ${summary.particles} particles, ${summary.contacts} contacts`);
}

/** Every file and folder that is read. */
function inputsOf(path: string, labelPath: string, { card, grey, calibration, truth }: Options): readonly string[] {
  const given = [grey, calibration].filter((each) => each !== undefined);
  const drawn = truth === undefined ? [] : ["truth.csv", "labels.tif"].map((name) => join(truth, name));
  return [path, labelPath, ...cardFileOf(path, card), ...given, ...drawn];
}

async function measured(path: string, labelPath: string, options: Options, work: ImagingWork, kept: KeptResults) {
  const { scratch, slab, steps } = work;
  const size = options.voxelSize === undefined ? undefined : voxelSizeOption(options.voxelSize);
  const settings = measureSettings(options);
  const calibration = options.calibration === undefined ? null : readCalibration(options.calibration);
  const ofLabels = labelReading(options);
  const sizeOfLabels = () => voxelSizeIn(labelPath, ofLabels);
  const dataset = await storedDataset(path, size, options.card, pictureReading(options), work, sizeOfLabels);
  const { shape, voxelSize, provenance, data } = dataset.picture;
  const drawn = await fitting(labelPath, shape, ofLabels, work, askedOfLabels);
  const truth = options.truth === undefined ? null : await truthOf(options.truth, shape);
  const labels = await steps(stage("numbering", compactStored(drawn.data, scratch, slab)));
  work.tables(shape, data.type, labels.count);
  const map = await steps(stage("active material", storedMatter(dataset.picture, settings.matter, scratch, slab)));
  const { closing } = settings;
  if (closing > 0)
    await steps(stage("cracks of each particle", closeStoredParticles(labels, map.matter, voxelSize, closing, slab)));
  const given = options.grey === undefined ? null : (await fitting(options.grey, shape, {}, work)).data;
  const grey = given ?? (map.phases === null ? data : null);
  if (calibration !== null && grey === null)
    throw new CommandFailed(
      2,
      `Reading ${path}: found phases; a calibration needs grey levels: give them with --grey.`,
    );
  const specimen = { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey };
  const found = await steps(stage("attributes", measureSteps(specimen, settings, scratch, slab)));
  const shells = { ...usualRadial(specimen), ...settings.margin };
  const inward = stage(
    "from the surface inward",
    radialSteps(specimen, shells, calibration?.calibration ?? null, slab),
  );
  const radial = grey !== null || hasVoids(found.particles) ? await steps(inward) : null;
  const measuredColumns = radial === null ? found.particles : joined(found.particles, radial.columns);
  const particles = renumbered(labels) ? named(measuredColumns, labels) : measuredColumns;
  const picture = { ...dataset.picture, data: grey ?? data };
  const result = { ...dataset, picture, labels: labels.data, particles, contacts: found.contacts, radial };
  return work.stage("report", () =>
    written(kept.folder(), result, {
      status: "done" as const,
      source: [...provenance, ...drawn.provenance, ...numberNote(labels)],
      voxelSize,
      shape,
      particles: labels.count,
      interiorParticles: columnOf(particles, "Touches edge").filter((touches) => touches === 0).length,
      contacts: found.contacts.rows,
      ...(calibration !== null && { calibration: calibrationWords(calibration, particles, shells.margin) }),
      ...(truth !== null && { errors: phantomErrors(truth, labels.data.slices(0, shape[0]), particles) }),
      settings: {
        register: settings.register,
        rim: settings.rim,
        ...matterWords(settings.matter),
        threshold: map.threshold,
        closing,
        margin: shells.margin,
        ...(options.grey !== undefined && { grey: options.grey }),
      },
    }),
  );
}

/** The words of the command line as settings. @throws CommandFailed with status 2 */
function measureSettings(options: Options) {
  return {
    register: options.register,
    rim: micrometres(options.rim, "--rim"),
    closing: micrometres(options.closing, "--closing"),
    matter: matterSettings(options),
    margin: options.margin === undefined ? {} : { margin: micrometres(options.margin, "--margin") },
  };
}

function stagesOf({ closing }: Options): readonly string[] {
  const cracks = Number.parseFloat(closing) > 0 ? ["cracks of each particle"] : [];
  return ["reading", "numbering", "active material", ...cracks, "attributes", "from the surface inward", "report"];
}

/** How large a voxel is by a file of labels, which Avizo and ImageJ write. */
async function voxelSizeIn(path: string, which: Partial<Reading>): Promise<VoxelSize | null> {
  return (await asInput(() => askedOfLabels(() => readPicture(path, which)))).voxelSize;
}

/** A picture of the same voxels as the volume. @throws CommandFailed with status 2 */
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
  if (picture.shape.every((count, axis) => count === shape[axis])) return picture;
  const [found, due] = [picture.shape.join(" × "), shape.join(" × ")];
  throw new CommandFailed(2, `Reading ${path}: found ${found} voxels; the volume has ${due}. Both are one picture.`);
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
) {
  const { points, slope, intercept, residual, perPercentVoid } = calibration;
  const beyond = columnOf(table, "Beyond calibration").filter((value) => value === 1).length;
  return { file, material, source, points, slope, intercept, residual, perPercentVoid, beyond, margin };
}
