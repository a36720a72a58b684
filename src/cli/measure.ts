import { Command, Option } from "commander";
import { matterMap } from "../imaging/attribute/matter-map.js";
import { measure, type Register } from "../imaging/attribute/measure.js";
import { radialFindings, usualRadial } from "../imaging/attribute/radial-columns.js";
import { type Specimen, specimenOf } from "../imaging/attribute/specimen.js";
import { closeParticles } from "../imaging/segmentation/close-particles.js";
import { compactLabels } from "../imaging/segmentation/label-import.js";
import { readPicture } from "../imaging/volume/files.js";
import { inMemory } from "../imaging/volume/store.js";
import { storedVolume } from "../imaging/volume/stored-picture.js";
import type { Picture, Shape } from "../imaging/volume/volume.js";
import { columnOf, type ParticleTable, particleTable } from "../network/particle-table.js";
import { type ReadCalibration, readCalibration } from "../scenario/imaging/calibration-file.js";
import { readDataset } from "./dataset.js";
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
import { summaryText, writeResult } from "./imaging-result.js";
import { phantomErrors, truthOf } from "./phantom-truth.js";
import type { Terminal } from "./terminal.js";

interface Options extends Pick<SegmentOptions, MatterOption> {
  readonly closing: string;
  readonly voxelSize?: string;
  readonly card?: string;
  readonly grey?: string;
  readonly calibration?: string;
  readonly margin?: string;
  readonly truth?: string;
  readonly dataset?: string;
  readonly labelsDataset?: string;
  readonly register: Register;
  readonly rim: string;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode measure`: labelled particles to a particle table. */
export function measureCommand(terminal: Terminal): Command {
  return new Command("measure")
    .description("measure labelled particles: size, form, damage, contacts, coverage, surroundings")
    .argument("<volume>", "tomogram of phases or grey levels")
    .argument(
      "<labels>",
      "its particles, one whole number each, 0 elsewhere (StarDist, Cellpose, Dragonfly, Avizo, segment)",
    )
    .option("--voxel-size <lengths>", 'edge of a voxel, such as "398 nm", or three for z, y, x')
    .option("--dataset <name>", "which array of an HDF5, NPZ, OME-Zarr or AmiraMesh file")
    .option("--labels-dataset <name>", "the same of the labels")
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
  const size = options.voxelSize === undefined ? undefined : voxelSizeOption(options.voxelSize);
  const calibration = options.calibration === undefined ? null : readCalibration(options.calibration);
  const dataset = await readDataset(path, size, options.card);
  const { volume } = dataset;
  const picture = await fitting(labelPath, volume.shape);
  const truth = options.truth === undefined ? null : await truthOf(options.truth, volume.shape);
  const labels = await asInput(() => compactLabels(picture.data));
  const map = await asInput(() => matterMap(volume, matterSettings(options)));
  const rim = micrometres(options.rim, "--rim");
  const closing = micrometres(options.closing, "--closing");
  if (closing > 0) closeParticles(labels, map.matter, volume.shape, volume.voxelSize, closing);
  terminal.err("attributes …");
  const plain = specimenOf(volume, labels, map);
  const grey = options.grey === undefined ? plain.grey : (await fitting(options.grey, volume.shape)).data;
  const specimen = { ...plain, grey };
  if (calibration !== null && grey === null)
    throw new CommandFailed(
      2,
      `Reading ${path}: found phases; a calibration needs grey levels: give them with --grey.`,
    );
  const measured = measure(specimen, { register: options.register, rim });
  terminal.err("from the surface inward …");
  const { radial, margin } = radialOf(specimen, options, calibration);
  const particles = joined(measured.particles, radial.columns);
  terminal.err("what the table says …");
  const drawn = storedVolume({ ...volume, data: grey ?? volume.data });
  const outlined = inMemory(labels.data, volume.shape);
  const result = { ...dataset, picture: drawn, labels: outlined, particles, contacts: measured.contacts, radial };
  const summary = await writeResult(options.out, result, {
    source: [...volume.provenance, ...picture.provenance],
    voxelSize: volume.voxelSize,
    shape: volume.shape,
    particles: labels.count,
    interiorParticles: columnOf(particles, "Touches edge").filter((touches) => touches === 0).length,
    contacts: measured.contacts.rows,
    ...(calibration !== null && { calibration: calibrationWords(calibration, particles, margin) }),
    ...(truth !== null && { errors: phantomErrors(truth, labels.data, particles) }),
    settings: {
      register: options.register,
      rim,
      ...matterWords(matterSettings(options)),
      threshold: map.threshold,
      closing,
      margin,
      ...(options.grey !== undefined && { grey: options.grey }),
    },
  });
  if (options.json) terminal.out(summaryText(summary).trimEnd());
  else terminal.out(`${options.out}: ${summary.particles} particles, ${summary.contacts} contacts`);
}

/** A picture of the same voxels as the volume. @throws CommandFailed with status 2 */
async function fitting(path: string, shape: Shape): Promise<Picture> {
  const picture = await asInput(() => readPicture(path));
  if (picture.shape.every((count, axis) => count === shape[axis])) return picture;
  const [found, due] = [picture.shape.join(" × "), shape.join(" × ")];
  throw new CommandFailed(2, `Reading ${path}: found ${found} voxels; the volume has ${due}. Both are one picture.`);
}

function radialOf(specimen: Specimen, options: Options, calibration: ReadCalibration | null) {
  const usual = usualRadial(specimen);
  const margin = options.margin === undefined ? usual.margin : micrometres(options.margin, "--margin");
  return { radial: radialFindings(specimen, { ...usual, margin }, calibration?.calibration ?? null), margin };
}

function joined(particles: ParticleTable, columns: Readonly<Record<string, Float64Array>>): ParticleTable {
  return particleTable({ ...Object.fromEntries(particles.columns), ...columns });
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
