import { Command, Option } from "commander";
import { jsonText } from "../folder/json-file.js";
import type { Register } from "../imaging/attribute/measure.js";
import { measure, measureStages } from "../study/imaging/measure.js";
import { micrometres } from "./given-value.js";
import { filterHelp, thresholdHelp } from "./grey-options.js";
import { type MatterOption, matterSettings, type SegmentOptions } from "./imaging-options.js";
import { pageOf } from "./page.js";
import { type LabelledOptions, labelledAsked, withLabelledOptions } from "./picture-options.js";
import { type RoomOptions, roomAsked, withRoomOptions } from "./room-options.js";
import type { Terminal } from "./terminal.js";
import { watched } from "./watched.js";

interface Options extends Pick<SegmentOptions, MatterOption>, RoomOptions, LabelledOptions {
  readonly closing: string;
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
  return withRoomOptions(withLabelledOptions(new Command("measure")))
    .description("measure labelled particles: size, form, damage, contacts, coverage, surroundings")
    .argument("<volume>", "tomogram of phases or grey levels")
    .argument(
      "<labels>",
      "its particles, one whole number each, 0 elsewhere (StarDist, Cellpose, Dragonfly, Avizo, segment)",
    )
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
  const { grey, calibration, truth, out, json } = options;
  const settings = measuringSettings(options);
  const asked = {
    ...labelledAsked(path, labelPath, options),
    ...{ grey, calibration, truth, settings },
    room: roomAsked(options),
    folder: out,
    page: pageOf,
  };
  const again = () => "Nothing is kept of a table that is not whole: run the same command again.";
  const found = await watched(measureStages(settings), terminal, (watch) => measure(asked, watch), again);
  terminal.out(json ? jsonText(found) : `${out}: ${found.particles} particles, ${found.contacts} contacts`);
}

/** The words of the command line as settings. @throws CommandFailed with status 2 */
function measuringSettings(options: Options) {
  return {
    register: options.register,
    rim: micrometres(options.rim, "--rim"),
    closing: micrometres(options.closing, "--closing"),
    matter: matterSettings(options),
    ...(options.margin !== undefined && { margin: micrometres(options.margin, "--margin") }),
  };
}
