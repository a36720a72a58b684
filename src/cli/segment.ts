import { join } from "node:path";
import { Command, Option } from "commander";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { measureSteps, usualMeasure } from "../imaging/attribute/measure.js";
import { storedInterfaces, storedShares } from "../imaging/matter/phases.js";
import { type StoredMatter, storedMatter } from "../imaging/matter/stored-matter.js";
import type { FieldWork } from "../imaging/morphology/field-work.js";
import type { StoredLabels } from "../imaging/segmentation/particles.js";
import { type SegmentSettings, segmentSteps, usualSegment } from "../imaging/segmentation/segment.js";
import { stage } from "../imaging/steps/steps.js";
import { inMemory } from "../imaging/volume/store.js";
import { type StoredPicture, wholeVolume } from "../imaging/volume/stored-picture.js";
import { writeSlices } from "../imaging/volume/tiff-writer.js";
import { voxelCount } from "../imaging/volume/volume.js";
import { columnOf } from "../table/particle-table.js";
import { type BackendRequest, backends } from "./backend.js";
import { cardFileOf, type StoredDataset, storedDataset } from "./dataset.js";
import { CommandFailed } from "./failure.js";
import { openFields } from "./field-backend.js";
import { filterHelp, thresholdHelp } from "./grey-options.js";
import { asInput, matterWords, type SegmentOptions, segmentSettings, voxelSizeOption } from "./imaging-options.js";
import { type RoomOptions, withRoomOptions } from "./imaging-room.js";
import { type ImagingWork, imagingWork } from "./imaging-work.js";
import { type KeptResults, keptResults } from "./kept-results.js";
import { written } from "./particle-page.js";
import { type PictureOptions, pictureReading, withPictureOptions } from "./picture-options.js";
import type { Terminal } from "./terminal.js";
import {
  particlesOfViews,
  usesViews,
  type ViewOptions,
  viewFiles,
  withViewOptions,
  writeViews,
} from "./view-options.js";

interface Options extends SegmentOptions, ViewOptions, RoomOptions, PictureOptions {
  readonly voxelSize?: string;
  readonly card?: string;
  readonly backend: BackendRequest;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode segment`: a tomogram to labelled particles. */
export function segmentCommand(terminal: Terminal): Command {
  return withRoomOptions(withViewOptions(withPictureOptions(new Command("segment"))))
    .description("find the particles in a tomogram of phases or grey levels, and measure them")
    .argument("<volume>", "TIFF, NPY, NPZ, NRRD, AmiraMesh, raw with sidecar, HDF5, OME-Zarr, or a folder of slices")
    .option("--voxel-size <lengths>", 'edge of a voxel, such as "398 nm", or three for z, y, x')
    .option("--card <file>", "dataset card (default: NAME.card.yaml or card.yaml beside the volume)")
    .option("--active <value>", "value of the active material in a picture of phases", String(usualSegment.active))
    .option("--binder <value>", "value of the carbon/binder, or none", String(usualSegment.binder))
    .option("--threshold <grey>", thresholdHelp)
    .option("--filter <names>", filterHelp)
    .option(
      "--closing <length>",
      "bridge cracks narrower than twice this (default: 0; in a single slice from the scale)",
    )
    .option("--smoothing <length>", "smoothing of the distance map (default: from the picture's own scale)")
    .option("--separation <length>", "least distance between the middles of particles (default: from the scale)")
    .option("--depth <length>", "least depth of a neck below the middle of a particle", "0 um")
    .option("--neck-ratio <share>", "join particles whose neck is at least this share of their radius")
    .option("--least-voxels <count>", "drop particles of fewer voxels (default: 27; in a single slice from the scale)")
    .addOption(new Option("--backend <name>", "what computes distances").choices([...backends]).default("auto"))
    .option("--out <folder>", "folder for the results", "segmented")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", example)
    .action((path: string, options: Options) => run(path, options, terminal));
}

const example = [
  "\nExample (the first line makes the input):",
  "  synchrode phantom --out phantom",
  "  synchrode segment phantom/phases.tif --closing 1um --out segmented",
].join("\n");

async function run(path: string, options: Options, terminal: Terminal): Promise<void> {
  const size = options.voxelSize === undefined ? undefined : voxelSizeOption(options.voxelSize);
  const settings = segmentSettings(options);
  if (usesViews(options) && options.chunk !== undefined)
    throw new CommandFailed(2, "--chunk: found it with views, which are cut and fused in memory; leave it out.");
  const inputs = [path, ...cardFileOf(path, options.card), ...viewFiles(options)];
  const summary = await inFolder(options.out, folderKinds.segment, { inputs }, (folder) => {
    const kept = keptResults(folder, folderKinds.segment);
    return imagingWork(options, stagesOf(settings), terminal, async (work) => {
      const dataset = await storedDataset(path, size, options.card, pictureReading(options), work);
      if (options.reslice !== undefined) {
        const written = await asInput(() => writeViews(wholeVolume(dataset.picture), options.reslice!, kept.folder()));
        return { views: written };
      }
      return findAndMeasure(dataset, options, settings, work, kept);
    }).catch((error) => kept.failed(error, goOn(path, options, kept.finished)));
  });
  if (options.json) terminal.out(jsonText(summary));
  else if ("views" in summary) terminal.out(summary.views.join("\n"));
  else
    terminal.out(
      `${options.out}: ${summary.particles} particles, ${summary.interiorParticles} of them away from the edges`,
    );
}

async function findAndMeasure(
  dataset: StoredDataset,
  options: Options,
  settings: SegmentSettings,
  work: ImagingWork,
  kept: KeptResults,
) {
  const { picture } = dataset;
  const { shape, voxelSize } = picture;
  const fields = await openFields(options.backend, voxelCount(shape));
  const { labels, map, used } = await particlesIn(picture, options, settings, work, fields.work).finally(fields.close);
  work.tables(shape, picture.data.type, labels.count);
  const about = {
    source: picture.provenance,
    voxelSize,
    shape,
    particles: labels.count,
    backend: fields.backend(),
    settings: { ...matterWords(settings), ...used },
  };
  await work.steps(writeLabels(kept.folder(), picture, labels));
  kept.finish("labels", about);
  const phases = map.phases === null ? noPhases : await work.steps(countPhases(picture, map.phases, work.slab));
  kept.finish("phases", phases);
  const grey = map.phases === null ? picture.data : null;
  const specimen = { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey };
  const measured = await work.steps(stage("attributes", measureSteps(specimen, usualMeasure, work.scratch, work.slab)));
  const result = { ...dataset, ...measured, labels: labels.data, radial: null };
  const interior = columnOf(measured.particles, "Touches edge").filter((touches) => touches === 0).length;
  const { settings: words, ...rest } = about;
  return work.stage("report", () =>
    written(options.out, result, {
      status: "done" as const,
      ...rest,
      ...phases,
      interiorParticles: interior,
      settings: words,
    }),
  );
}

/** Particles by the necks between them, or by what a network said of views. */
async function particlesIn(
  picture: StoredPicture,
  options: Options,
  settings: SegmentSettings,
  { steps, stage: alone, scratch, slab }: ImagingWork,
  fields: FieldWork,
): Promise<{ labels: StoredLabels; map: StoredMatter; used: object }> {
  if (!usesViews(options)) {
    const { labels, map, settings: used } = await steps(segmentSteps(picture, settings, scratch, slab, fields));
    return { labels, map, used };
  }
  const volume = wholeVolume(picture);
  const viewed = await alone("views", () => particlesOfViews(volume, options, settings));
  const map = await steps(stage("active material", storedMatter(picture, settings, scratch, slab)));
  const { data, count } = viewed!.labels;
  return { labels: { data: inMemory(data, picture.shape), count }, map, used: viewed!.settings };
}

const noPhases = { phases: [], interfaces: [] } as const;

function* countPhases(picture: StoredPicture, values: readonly number[], slab: number) {
  const phases = yield* stage("phases", storedShares(picture.data, values, slab));
  const interfaces = yield* stage("interfaces", storedInterfaces(picture, values, slab));
  return { phases, interfaces };
}

/** Writes `labels.tif`, in 16 bits where they fit. */
function writeLabels(folder: string, { shape, voxelSize }: StoredPicture, { data, count }: StoredLabels) {
  const narrow = count < 65_536;
  const slice = (z: number) => (narrow ? Uint16Array.from(data.slices(z, 1)) : data.slices(z, 1));
  const stack = { shape, voxelSize, type: narrow ? "u16" : "i32" } as const;
  return stage("labels", writeSlices(join(folder, "labels.tif"), stack, slice));
}

function stagesOf({ closing = 0 }: SegmentSettings): readonly string[] {
  const [before, after] = closing > 0 ? [["cracks", "scale"], ["cracks of each particle"]] : [[], []];
  const found = ["reading", "active material", "scale", ...before, "voids", "particles", ...after];
  return [...found, "labels", "phases", "interfaces", "attributes", "report"];
}

/** How to go on after a stop. */
function goOn(path: string, options: Options, finished: readonly string[]): string {
  if (!finished.includes("labels")) return "No particle was found yet: run the same command again.";
  const words = [
    "voxelSize",
    "card",
    "dataset",
    "channel",
    "time",
    "levels",
    "active",
    "binder",
    "threshold",
    "filter",
    "memory",
  ] as const;
  const flags = words.flatMap((word) => {
    const value = options[word];
    return value === undefined ? [] : [`--${word.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} "${value}"`];
  });
  const labels = join(options.out, "labels.tif");
  return `To go on: ${["synchrode measure", path, labels, ...flags, "--out", `${options.out}-measured`].join(" ")}`;
}
