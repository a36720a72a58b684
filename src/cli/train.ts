import { Command } from "commander";
import { jsonText } from "../folder/json-file.js";
import { usualTraining } from "../inference/unet/train.js";
import { trainNetwork } from "../study/imaging/train.js";
import { countOption } from "./given-value.js";
import { type LabelledOptions, labelledAsked, withLabelledOptions } from "./picture-options.js";
import { stoppable, tellingUntil } from "./stoppable.js";
import type { Terminal } from "./terminal.js";

interface Options extends LabelledOptions {
  readonly batches: string;
  readonly seed: string;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode train`: labelled slices to a network that finds particles in others of their kind. */
export function trainCommand(terminal: Terminal): Command {
  return withLabelledOptions(new Command("train"))
    .description("train a small U-Net on labelled slices and on painted ones, for segment --model")
    .argument("<volume>", "grey slice or stack of slices")
    .argument("<labels>", "its particles, whole numbers above 0, cracks and voids included; 0 elsewhere")
    .option("--batches <count>", "batches of four pieces of 64 × 64 pixels", String(usualTraining.batches))
    .option("--seed <number>", "the same seed gives the same network", String(usualTraining.seed))
    .option("--out <file>", "file for the network", "model.json")
    .option("--json", "print what was trained as JSON")
    .addHelpText(
      "after",
      [
        "\nExample:",
        "  synchrode phantom --out phantom",
        "  synchrode train phantom/cathode.tif phantom/labels.tif --batches 20 --out model.json",
        "  synchrode segment phantom/cathode.tif --model model.json --out segmented",
      ].join("\n"),
    )
    .action((path: string, labelPath: string, options: Options) => run(path, labelPath, options, terminal));
}

async function run(path: string, labelPath: string, options: Options, terminal: Terminal): Promise<void> {
  const { batches, seed, out, json } = options;
  const asked = {
    ...labelledAsked(path, labelPath, options),
    settings: { ...usualTraining, batches: countOption(batches, "--batches"), seed: countOption(seed, "--seed") },
    out,
  };
  const trained = await stoppable(terminal, (signal) => {
    const tell = tellingUntil(signal, terminal.err);
    return trainNetwork(asked, (share, loss) =>
      tell(`training ${Math.round(100 * share)} %, cross entropy ${loss.toFixed(3)}`),
    );
  });
  const words = `${out}: trained on ${trained.slices} slices at ${trained.pixel.toPrecision(3)} µm a pixel`;
  terminal.out(json ? jsonText(trained) : words);
}
