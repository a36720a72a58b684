import { join } from "node:path";
import { Command, Option } from "commander";
import { jsonText } from "../folder/json-file.js";
import { usualSegment } from "../imaging/segmentation/segment.js";
import { type BackendRequest, backends } from "../study/backend.js";
import { reslice, segment, segmentStages } from "../study/imaging/segment.js";
import { CommandFailed } from "./failure.js";
import { filterHelp, thresholdHelp } from "./grey-options.js";
import { type SegmentOptions, segmentSettings } from "./imaging-options.js";
import { pageOf } from "./page.js";
import {
  type PictureOptions,
  pictureAsked,
  type VoxelOptions,
  withPictureOptions,
  withVoxelOptions,
} from "./picture-options.js";
import { type RoomOptions, roomAsked, withRoomOptions } from "./room-options.js";
import type { Terminal } from "./terminal.js";
import { usesViews, type ViewOptions, viewsSeen, withViewOptions } from "./view-options.js";
import { watched } from "./watched.js";

interface Options extends SegmentOptions, ViewOptions, RoomOptions, PictureOptions, VoxelOptions {
  readonly backend: BackendRequest;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode segment`: a tomogram to labelled particles. */
export function segmentCommand(terminal: Terminal): Command {
  return withRoomOptions(withViewOptions(withVoxelOptions(withPictureOptions(new Command("segment")))))
    .description("find the particles in a tomogram of phases or grey levels, and measure them")
    .argument("<volume>", "TIFF, NPY, NPZ, NRRD, AmiraMesh, raw with sidecar, HDF5, OME-Zarr, or a folder of slices")
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
  const settings = segmentSettings(options);
  if (usesViews(options) && options.chunk !== undefined)
    throw new CommandFailed(2, "--chunk: found it with views, which are cut and fused in memory; leave it out.");
  const asked = {
    picture: pictureAsked(path, options),
    settings,
    views: options.reslice === undefined ? viewsSeen(options) : null,
    backend: options.backend,
    room: roomAsked(options),
    folder: options.out,
    page: pageOf,
  };
  const { out, json, reslice: views } = options;
  const stages = segmentStages(settings);
  if (views !== undefined) {
    const names = views.split(",").map((name) => name.trim());
    const written = await watched(stages, terminal, (watch) => reslice(asked, names, watch));
    terminal.out(json ? jsonText({ views: written }) : written.join("\n"));
    return;
  }
  const after = (finished: readonly string[]) => goOn(path, options, finished);
  const found = await watched(stages, terminal, (watch) => segment(asked, watch), after);
  const words = `${out}: ${found.particles} particles, ${found.interiorParticles} of them away from the edges`;
  terminal.out(json ? jsonText(found) : words);
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
