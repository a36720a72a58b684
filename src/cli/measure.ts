import { mkdirSync } from "node:fs";
import { Command, Option } from "commander";
import { matterMap } from "../imaging/attribute/matter-map.js";
import { measure, type Register } from "../imaging/attribute/measure.js";
import { specimenOf } from "../imaging/attribute/specimen.js";
import { closeParticles } from "../imaging/segmentation/close-particles.js";
import { compactLabels } from "../imaging/segmentation/label-import.js";
import { readPicture, readVolume } from "../imaging/volume/files.js";
import { columnOf } from "../network/particle-table.js";
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
import { writeReport, writeSummary, writeTables } from "./imaging-result.js";
import type { Terminal } from "./terminal.js";

interface Options extends Pick<SegmentOptions, MatterOption> {
  readonly closing: string;
  readonly voxelSize?: string;
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
    .option("--out <folder>", "folder for the results", "measured")
    .option("--json", "print the summary as JSON")
    .addHelpText(
      "after",
      '\nExample:\n  synchrode measure cathode.tif segmented/labels.tif --voxel-size "398 nm" --out measured',
    )
    .action((path: string, labelPath: string, options: Options) => run(path, labelPath, options, terminal));
}

async function run(path: string, labelPath: string, options: Options, terminal: Terminal): Promise<void> {
  const size = options.voxelSize === undefined ? undefined : voxelSizeOption(options.voxelSize);
  const volume = await asInput(() => readVolume(path, size));
  const picture = await asInput(() => readPicture(labelPath));
  if (picture.shape.some((count, axis) => count !== volume.shape[axis])) {
    const [found, due] = [picture.shape.join(" × "), volume.shape.join(" × ")];
    throw new CommandFailed(
      2,
      `Reading ${labelPath}: found ${found} voxels; the volume has ${due}. Both are one picture.`,
    );
  }
  const labels = await asInput(() => compactLabels(picture.data));
  const map = await asInput(() => matterMap(volume, matterSettings(options)));
  const rim = micrometres(options.rim, "--rim");
  const closing = micrometres(options.closing, "--closing");
  if (closing > 0) closeParticles(labels, map.matter, volume.shape, volume.voxelSize, closing);
  terminal.err("attributes …");
  const { particles, contacts } = measure(specimenOf(volume, labels, map), { register: options.register, rim });
  mkdirSync(options.out, { recursive: true });
  writeTables(options.out, particles, contacts);
  const summary = {
    source: [...volume.provenance, ...picture.provenance],
    voxelSize: volume.voxelSize,
    shape: volume.shape,
    particles: labels.count,
    interiorParticles: columnOf(particles, "Touches edge").filter((touches) => touches === 0).length,
    contacts: contacts.rows,
    settings: {
      register: options.register,
      rim,
      ...matterWords(matterSettings(options)),
      threshold: map.threshold,
      closing,
    },
  };
  writeSummary(options.out, summary);
  await writeReport(options.out, volume, labels.data, particles, summary.settings);
  if (options.json) terminal.out(JSON.stringify(summary, null, 2));
  else terminal.out(`${options.out}: ${summary.particles} particles, ${summary.contacts} contacts`);
}
