import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { matterMap } from "../imaging/attribute/matter-map.js";
import { measure } from "../imaging/attribute/measure.js";
import { specimenOf } from "../imaging/attribute/specimen.js";
import { phaseInterfaces, phaseShares } from "../imaging/segmentation/phases.js";
import { type Segmentation, type SegmentSettings, segment, usualSegment } from "../imaging/segmentation/segment.js";
import { writeTiff } from "../imaging/volume/tiff-writer.js";
import type { Volume } from "../imaging/volume/volume.js";
import { columnOf, type ParticleTable } from "../network/particle-table.js";
import { readDataset } from "./dataset.js";
import { filterHelp, thresholdHelp } from "./grey-options.js";
import { asInput, matterWords, type SegmentOptions, segmentSettings, voxelSizeOption } from "./imaging-options.js";
import { summaryText, writeResult } from "./imaging-result.js";
import type { Terminal } from "./terminal.js";
import { particlesOfViews, type ViewOptions, withViewOptions, writeViews } from "./view-options.js";

interface Options extends SegmentOptions, ViewOptions {
  readonly voxelSize?: string;
  readonly card?: string;
  readonly dataset?: string;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode segment`: a tomogram to labelled particles. */
export function segmentCommand(terminal: Terminal): Command {
  return withViewOptions(new Command("segment"))
    .description("find the particles in a tomogram of phases or grey levels, and measure them")
    .argument("<volume>", "TIFF, NPY, NPZ, NRRD, raw with sidecar, HDF5, OME-Zarr, or a folder of slices")
    .option("--voxel-size <lengths>", 'edge of a voxel, such as "398 nm", or three for z, y, x')
    .option("--card <file>", "dataset card (default: NAME.card.yaml or card.yaml beside the volume)")
    .option("--dataset <name>", "which array of an HDF5, NPZ or OME-Zarr file")
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
    .option("--chunk <voxels>", "edge of the parts that are cut at once, to save memory (default: the whole)")
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
  const reading = options.dataset === undefined ? {} : { dataset: options.dataset };
  const dataset = await readDataset(path, size, options.card, reading);
  const { volume } = dataset;
  if (options.reslice !== undefined) {
    const written = await asInput(() => writeViews(volume, options.reslice!, options.out));
    return terminal.out(options.json ? JSON.stringify({ views: written }) : written.join("\n"));
  }
  const viewed = await asInput(() => particlesOfViews(volume, options, settings));
  const found =
    viewed === null
      ? await asInput(() => segment(volume, settings, (stage) => terminal.err(`${stage} …`)))
      : { ...viewed, map: await asInput(() => matterMap(volume, settings)) };
  terminal.err("attributes …");
  const { labels, map } = found;
  const { particles, contacts } = measure(specimenOf(volume, labels, map));
  mkdirSync(options.out, { recursive: true });
  writeTiff(join(options.out, "labels.tif"), { ...volume, data: narrow(labels.data, labels.count) });
  const result = { ...dataset, labels: labels.data, particles, contacts, radial: null };
  const summary = await writeResult(options.out, result, summaryOf(volume, found, settings, particles));
  if (options.json) terminal.out(summaryText(summary).trimEnd());
  else
    terminal.out(
      `${options.out}: ${summary.particles} particles, ${summary.interiorParticles} of them away from the edges`,
    );
}

/** Labels in 16 bits where they fit. */
function narrow(labels: Int32Array, count: number): Uint16Array | Int32Array {
  return count < 65_536 ? Uint16Array.from(labels) : labels;
}

function summaryOf(
  volume: Volume,
  { labels, map, settings }: Pick<Segmentation, "labels" | "map"> & { readonly settings: object },
  wanted: SegmentSettings,
  table: ParticleTable,
) {
  const phases = map.phases;
  return {
    source: volume.provenance,
    voxelSize: volume.voxelSize,
    shape: volume.shape,
    phases: phases === null ? [] : phaseShares(volume.data, phases),
    interfaces: phases === null ? [] : phaseInterfaces(volume, phases),
    particles: labels.count,
    interiorParticles: columnOf(table, "Touches edge").filter((touches) => touches === 0).length,
    settings: { ...matterWords(wanted), ...settings },
  };
}
